"""The GraphQL schema as one object, and as text."""

from functools import cache

import strawberry
from graphql import GraphQLError
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from api import dates
from api.context import read
from api.curation import Corrections, CorrectionsMade
from api.guards import Guards
from api.mutation import Mutation
from api.nodes import Dataset, Method, Metric, Model, Task
from api.query import Query
from api.subscription import Subscription

# Documents kept parsed and validated: a long one takes a megabyte.
CACHED = 128


@strawberry.type(name="Query", description=Query.__strawberry_definition__.description)  # type: ignore[attr-defined]  # set by strawberry
class _Query(Query, CorrectionsMade): ...


@strawberry.type(name="Mutation", description=Mutation.__strawberry_definition__.description)  # type: ignore[attr-defined]  # set by strawberry
class _Mutation(Mutation, Corrections): ...


class _Quiet(strawberry.Schema):
    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing: api.errors does, and only what is our own fault."""


def _schema(*, in_order: bool) -> strawberry.Schema:
    return _Quiet(
        query=_Query,
        mutation=_Mutation,
        subscription=Subscription,
        types=(Dataset, Method, Metric, Model, Task),
        extensions=[Guards, lambda: ParserCache(maxsize=CACHED), lambda: ValidationCache(maxsize=CACHED)],
        config=StrawberryConfig(default_resolver=read, scalar_map={dates.Date: dates.scalar}, sort_schema=in_order),
    )


# Sorting copies the types, after which strawberry 0.341 knows the members of its unions no more: only the text is sorted.
graphql_schema = _schema(in_order=False)


@cache
def sdl() -> str:
    """Return the schema in GraphQL's schema language, sorted, as schema/schema.graphql holds it."""
    return _schema(in_order=True).as_str() + "\n"
