"""Orders of lists, in the spelling of @neo4j/graphql 7, and what they mean to a store."""

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

import strawberry
from strawberry import UNSET

from api.enums import SortDirection
from graph.request import Sort
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, PaperNode, ResultNode


def by(what: str) -> Any:
    """Return an optional input field that says what it orders by."""
    return strawberry.field(default=UNSET, description=f"By {what}.")


@strawberry.input(one_of=True, description="One thing to order papers by.")
class PaperSort:
    """Fields of schema.nodes.PaperNode."""

    id: SortDirection | None = by("id")
    title: SortDirection | None = by("title, upper and lower case alike")
    year: SortDirection | None = by("year")
    date: SortDirection | None = by("date")
    venue: SortDirection | None = by("venue")
    source: SortDirection | None = by("the collection it came from")


@strawberry.input(one_of=True, description="One thing to order methods, models, datasets, metrics or tasks by.")
class EntitySort:
    """Fields of schema.nodes.EntityNode."""

    id: SortDirection | None = by("id")
    name: SortDirection | None = by("name, upper and lower case alike")
    paper_count: SortDirection | None = by("the number of papers that name it")


@strawberry.input(one_of=True, description="One thing to order results by.")
class ResultSort:
    """Fields of schema.nodes.ResultNode."""

    id: SortDirection | None = by("id")
    paper: SortDirection | None = by("the id of the paper")
    start: SortDirection | None = by("the place in the paper")
    value: SortDirection | None = by("the number as printed")
    canonical: SortDirection | None = by("the number in the metric's unit")
    confidence: SortDirection | None = by("confidence")


@strawberry.input(one_of=True, description="One thing to order claims by.")
class ClaimSort:
    """Fields of schema.nodes.ClaimNode."""

    id: SortDirection | None = by("id")
    paper: SortDirection | None = by("the id of the paper")
    start: SortDirection | None = by("the place in the paper")
    confidence: SortDirection | None = by("confidence")


# Where the API's name for a field is not the node's; `key` is a title or a name as lists are ordered.
_FIELD = {"paper_count": "papers", "title": "key", "name": "key"}
_NODE = {NodeKind.PAPER: PaperNode, NodeKind.RESULT: ResultNode, NodeKind.CLAIM: ClaimNode}


def order(given: Sequence[Any] | None) -> tuple[Sort, ...]:
    """Return what a `sort` argument means, with the id as its last tie-break."""
    sort: dict[str, Sort] = {}
    for item in given or ():
        for field in fields(item):
            direction = getattr(item, field.name)
            if direction is not UNSET and direction is not None:
                name = _FIELD.get(field.name, field.name)
                sort.setdefault(name, Sort(name, descending=direction == SortDirection.DESC))
    last = sort.pop("id", Sort("id"))
    return (*sort.values(), last)


@cache
def types(kind: NodeKind, sort: tuple[Sort, ...]) -> tuple[Any, ...]:
    """Return the types of the values by which nodes of this kind are ordered."""
    hints = get_type_hints(_NODE.get(kind, EntityNode))
    return tuple(hints[item.field] for item in sort)
