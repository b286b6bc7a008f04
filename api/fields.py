"""The few sorts of field that the types are made of, each with its description."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar, cast

import strawberry

from api.context import Item
from api.filters import ClaimWhere, ResultWhere
from api.paging import DEFAULT_FIRST, After, First, Page
from api.relations import facts, one, related
from api.where import conditions
from graph.store import Direction
from schema.kinds import ENTITY_KINDS, NodeKind, RelationKind

F = TypeVar("F", bound=Callable[..., Any])

WHERE: Any = strawberry.argument(description="Only those to which all of this applies.")

# A field's GraphQL type is its annotation in the class; what the resolver returns is the `Item` or `Page` behind that.


def shown_as(graphql_type: Any, description: str) -> Callable[[F], F]:
    """Return a decorator that makes a field of a resolver, whose result is shown as this type."""
    return cast(Callable[[F], F], strawberry.field(graphql_type=graphql_type, description=description))


def about(description: str) -> Any:
    """Return a field that shows the attribute of its name."""
    return strawberry.field(description=description)


def plain(value: Callable[[Any], Any], description: str) -> Any:
    """Return a field that shows what a function makes of the row."""

    def resolve(root: Any) -> Any:
        return value(root)

    return strawberry.field(resolver=resolve, description=description)


def to(field: str, description: str) -> Any:
    """Return a field that shows the node whose id the row carries."""

    def resolve(root: Any) -> Item | None:
        return one(root, field)

    return strawberry.field(resolver=resolve, description=description)


def links(*types: RelationKind, back: bool = False, description: str) -> Any:
    """Return a field that pages through what a system or dataset is linked to, or with `back`, what is linked to it."""
    direction, end = (Direction.IN, "head") if back else (Direction.OUT, "tail")

    def resolve(root: Any, first: First = DEFAULT_FIRST, after: After = None) -> Page:
        return related(root, types, direction, first, after, end=end, far=ENTITY_KINDS)

    return strawberry.field(resolver=resolve, description=description)


def beats_field(*, back: bool = False, description: str) -> Any:
    """Return a field that pages through the BEATS of a system."""
    direction = Direction.IN if back else Direction.OUT

    def resolve(root: Any, first: First = DEFAULT_FIRST, after: After = None) -> Page:
        return related(root, (RelationKind.BEATS,), direction, first, after, end=None)

    return strawberry.field(resolver=resolve, description=description)


def results_field(end: str, *, description: str) -> Any:
    """Return a field that pages through the results that name an entity in this place."""

    def resolve(
        root: Any, where: Annotated[ResultWhere | None, WHERE] = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Page:
        return facts(root, NodeKind.RESULT, (end,), conditions(where), first, after)

    return strawberry.field(resolver=resolve, description=description)


def claims_field(*ends: str, description: str) -> Any:
    """Return a field that pages through the claims that name an entity in one of these places."""

    def resolve(
        root: Any, where: Annotated[ClaimWhere | None, WHERE] = None, first: First = DEFAULT_FIRST, after: After = None
    ) -> Page:
        return facts(root, NodeKind.CLAIM, ends, conditions(where), first, after)

    return strawberry.field(resolver=resolve, description=description)
