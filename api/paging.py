"""Pages of a list: cursors that say behind what to go on, and the connection that shows a page."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import orjson
import strawberry

from api.errors import Refused

T = TypeVar("T")

DEFAULT_FIRST, MAX_FIRST = 20, 100

First = Annotated[
    int | None, strawberry.argument(description=f"How many to return, at most {MAX_FIRST}; {DEFAULT_FIRST} if not given.")
]
After = Annotated[
    str | None, strawberry.argument(description="The `endCursor` of the page before; the list goes on behind it.")
]


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """The Relay type of this name."""

    has_next_page: bool = strawberry.field(description="Whether the list goes on behind this page.")
    has_previous_page: bool = strawberry.field(description="Whether this page was asked for with `after`.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge, null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last edge: the `after` of the next page.")


@strawberry.type(description="One place in a list.")
class Edge(Generic[T]):
    """The Relay type of this name."""

    cursor: str = strawberry.field(description="This place, to go on from.")
    node: T = strawberry.field(description="What stands in this place.")


@strawberry.type(description="One page of a list.")
class Connection(Generic[T]):
    """The Relay type of this name."""

    edges: list[Edge[T]] = strawberry.field(description="The page with its cursors.")
    nodes: list[T] = strawberry.field(description="The page without cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in its list.")
    total_count: int = strawberry.field(description="How long the whole list is; counted only when asked for.")


@dataclass(slots=True, frozen=True, kw_only=True)
class Place:
    """What an edge shows; `via` is the relationship that leads to the node, if one does."""

    cursor: str
    node: Any
    via: Any = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Page:
    """What a connection shows."""

    edges: Sequence[Place]
    has_next_page: bool
    has_previous_page: bool
    count: Callable[[], int]

    @property
    def nodes(self) -> list[Any]:
        """The page without cursors."""
        return [place.node for place in self.edges]

    @property
    def total_count(self) -> int:
        """The length of the list, counted now."""
        return self.count()

    @property
    def page_info(self) -> PageInfo:
        """Where the page stands."""
        return PageInfo(
            has_next_page=self.has_next_page,
            has_previous_page=self.has_previous_page,
            start_cursor=self.edges[0].cursor if self.edges else None,
            end_cursor=self.edges[-1].cursor if self.edges else None,
        )


def size(first: int | None) -> int:
    """Return how long a page shall be. Raises Refused for a length that isn't served."""
    if first is None:
        return DEFAULT_FIRST
    if not 0 <= first <= MAX_FIRST:
        raise Refused(f"`first` is {first}; it may be 0 to {MAX_FIRST}.", argument="first")
    return first


def page_of(places: Sequence[Place], length: int, after: str | None, count: Callable[[], int]) -> Page:
    """Return the page of these places, of which there is one more than its length if the list goes on."""
    return Page(edges=places[:length], has_next_page=len(places) > length, has_previous_page=after is not None, count=count)


def encode(order: str, values: Sequence[object]) -> str:
    """Return the cursor of a place with these values in a list of this order."""
    return base64.urlsafe_b64encode(orjson.dumps([_mark(order), *values])).decode().rstrip("=")


def decode(cursor: str, order: str, types: Sequence[Any]) -> tuple[Any, ...]:
    """Return the values of a cursor. Raises Refused for one that `encode` never made for a list of this order."""
    try:
        values = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        values = None
    fits = isinstance(values, list) and len(values) == len(types) + 1 and values[0] == _mark(order)
    if not fits or not all(_fits(value, type_) for value, type_ in zip(values[1:], types, strict=True)):
        raise Refused(
            "`after` is not a cursor of this list in this order: give the `endCursor` of the page before it.", argument="after"
        )
    return tuple(values[1:])


def _mark(order: str) -> str:
    return hashlib.sha256(order.encode()).hexdigest()[:8]


def _fits(value: object, type_: Any) -> bool:
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) > 2**53):
        return False
    return isinstance(value, type_)
