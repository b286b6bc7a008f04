"""What lives for one operation: the store behind a clock, and rows that remember with whom they were loaded.

A resolver sees one row, but a page has many. So a row is an `Item` of a `Cohort`, and what is asked of one item is loaded
for its whole cohort, once: the number of store calls depends on the query's fields, not on how many rows they meet.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

import strawberry

from api.errors import FORBIDDEN, TIMEOUT, TOO_LONG, UNAUTHENTICATED, Refused
from api.feeds import Feed
from api.ingestion import Ingestion
from api.keys import Caller, Role
from api.limiter import Limiter, Standing, refuse_exceeded
from api.settings import ApiSettings
from graph.store import Store
from schema.nodes import Node

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Context:
    """One operation's access to the world; it lives for one request."""

    behind: Store
    ingestion: Ingestion
    behind_the_scenes: Callable[[Callable[[], None]], object]
    caller: Caller
    limiter: Limiter | None
    settings: ApiSettings
    request_id: str
    feed: Feed
    operation: str | None = None
    deadline: float = field(init=False)
    validated: bool = False
    cost: int | None = None
    kind: str = "unknown"
    standing: Standing | None = None

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Start the clock: the operation has its time from now on."""
        self.deadline = monotonic() + self.settings.query_seconds

    @property
    def store(self) -> Store:
        """The store, as long as there is time left. Raises Refused afterwards."""
        if monotonic() > self.deadline:
            raise Refused(TOO_LONG, TIMEOUT)
        return self.behind

    def charge(self, cost: int) -> None:
        """Count what the operation costs its caller; an event of a subscription is free. Raises Refused beyond the limit."""
        if self.limiter and self.feed.source is None and cost:
            self.standing = self.limiter.charge(self.caller.name, cost)
            refuse_exceeded(self.standing)

    @contextmanager
    def write(self) -> Iterator[Store]:
        """Give the store, and the operation the time that a mutation may take. Raises Refused for who may not write."""
        if self.caller.role < Role.WRITE:
            known = self.caller.role > Role.NOBODY and self.settings.read == "keys"
            raise Refused(
                "Changes need an API key or token that may write: send it as `Authorization: Bearer TOKEN`.",
                FORBIDDEN if known else UNAUTHENTICATED,
            )
        seconds = self.settings.mutation_seconds
        self.deadline = monotonic() + seconds
        with self.behind.limited(seconds):
            yield self.store


Info = strawberry.Info[Context, None]


class Cohort:
    """Rows that were loaded together."""

    __slots__ = ("_loaded", "by_id", "context", "items")

    def __init__(self, context: Context, rows: Iterable[Any]) -> None:
        self.context = context
        self.items = tuple(Item(row, self) for row in rows)
        self.by_id = {item.node.id: item for item in self.items if hasattr(item.node, "id")}
        self._loaded: dict[Hashable, Any] = {}

    def once(self, key: Hashable, load: Callable[["Cohort"], T]) -> T:
        """Return what `load` gives for this cohort, asking it only the first time."""
        if key not in self._loaded:
            self._loaded[key] = load(self)
        loaded: T = self._loaded[key]
        return loaded


@dataclass(slots=True, frozen=True, eq=False)
class Item:
    """A node or relationship, and the cohort that it was loaded with."""

    node: Any
    cohort: Cohort


@dataclass(slots=True, frozen=True, eq=False)
class Answer:
    """A part of an answer of graph.answers; the nodes in it are shown as items of one cohort."""

    part: Any
    cohort: Cohort

    def wrap(self, value: Any) -> Any:
        """Return a field's value as resolvers want to meet it."""
        if isinstance(value, tuple):
            return [self.wrap(each) for each in value]
        if isinstance(value, Node):
            return self.cohort.by_id[value.id]
        return Answer(value, self.cohort) if hasattr(value, "__dataclass_fields__") else value


def read(source: Any, name: str) -> Any:
    """Return the attribute behind a field that has no resolver of its own."""
    if type(source) is Item:
        return getattr(source.node, name)
    if type(source) is Answer:
        return source.wrap(getattr(source.part, name))
    return getattr(source, name)
