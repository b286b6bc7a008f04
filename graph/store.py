"""The port: a few verbs in domain words, which both stores fill and every question goes through."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from graph.facts import Facts
from graph.jobs import Job
from graph.request import Request
from schema.decisions import Decision
from schema.kinds import NodeKind, RelationKind
from schema.nodes import EntityNode, Node, Relationship

# What a statement is run within; it is given the statement's text, which never has a value in it.
Around = Callable[[str], AbstractContextManager[object]]

SCHEMA_VERSION = 5


def unobserved(_: str) -> AbstractContextManager[None]:
    """Return the context that does nothing: nobody wants to know of a statement."""
    return nullcontext()


class StoreError(Exception):
    """The store can't do what was asked; the message says why and what to do, and nothing was changed."""


class NoGraph(StoreError):
    """There is no graph in this place, and none was made: whoever only asks has probably mistyped the address."""

    def __init__(self, place: str) -> None:
        super().__init__(f"There is no graph at {place}. `sotagraph ingest PATH --store URI` makes one; is the address right?")


class TooSlow(StoreError):
    """A statement was ended because the time that `Store.limited` gave was over."""


class Direction(StrEnum):
    """Which end of a relationship a node is."""

    OUT = "out"
    IN = "in"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write did: papers written, and papers whose record was there already."""

    written: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A node found by its text. `score` orders hits within one store only."""

    node: Node
    score: float
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One line of the journal: what was written or deleted when (ISO 8601, UTC)."""

    id: int
    at: str
    action: str
    papers: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """How many of each the graph holds."""

    papers: int
    methods: int
    models: int
    datasets: int
    metrics: int
    tasks: int
    results: int
    claims: int
    beats: int


class Store(Protocol):
    """A graph of papers. Reads take many keys and give a mapping; an unknown key is absent, not an error; every list
    has a total order that is the same on every store. Each verb raises StoreError where the store fails."""

    def write(self, facts: Sequence[Facts]) -> Written:
        """Write papers in one transaction and return what changed; a paper that is there with another record is replaced.

        Of one paper given twice the last counts. Derived BEATS of the touched pairs are rebuilt in the same transaction.
        """
        ...

    def delete(self, papers: Sequence[str]) -> tuple[str, ...]:
        """Delete papers with exactly what only they support, in one transaction, and return the ids that were there."""
        ...

    def decide(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        """Log decisions that are not logged yet, make the graph what they say, in one transaction, and return them. One that
        finds nothing to decide on waits for it."""
        ...

    def decisions(self, keys: Sequence[str] | None = None) -> Iterator[Decision]:
        """Yield decisions as they were made, undone ones and undos too: all, or those with one of these ids or keys."""
        ...

    def latest_decisions(self, first: int, *, before: tuple[str, str] | None = None) -> tuple[Decision, ...]:
        """Return the newest decisions, the newest first, or those made before a place in that order: (`at`, `id`)."""
        ...

    def count_decisions(self) -> int:
        """Return how many decisions are logged."""
        ...

    def meanings(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        """Return, by the id of a short form, how many papers define it as which long one: of all, or of those at these ids."""
        ...

    def merged(self, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return, for ids that stand for merged ones, those, in order."""
        ...

    def get(self, ids: Sequence[str]) -> Mapping[str, Node]:
        """Return the nodes with these ids; by the id of an entity that was merged into another, that other."""
        ...

    def find(self, request: Request) -> tuple[Node, ...]:
        """Return a page of nodes; see `Request`. Raises ValueError for a field the kind doesn't have."""
        ...

    def count(self, request: Request) -> int:
        """Return how many nodes hold to the request's conditions, on all pages."""
        ...

    def find_each(self, request: Request, *, ends: Sequence[str], ids: Sequence[str]) -> Mapping[str, tuple[Node, ...]]:
        """Return, for each id, the request's page of those nodes that have the id in one of the fields `ends`."""
        ...

    def count_each(self, request: Request, *, ends: Sequence[str], ids: Sequence[str]) -> Mapping[str, int]:
        """Return, for each id, how many nodes `find_each` gives it on all pages; an id with none is absent."""
        ...

    def named(self, names: Sequence[str], kinds: Sequence[NodeKind] = ()) -> Mapping[str, tuple[EntityNode, ...]]:
        """Return, for each name, the entities called so or with such an alias: own name first, then most papers, then id."""
        ...

    def edges(
        self,
        ids: Sequence[str],
        *,
        types: Sequence[RelationKind] = (),
        direction: Direction = Direction.BOTH,
        far: Sequence[NodeKind] = (),
        first: int | None = None,
        after: tuple[str, ...] | None = None,
    ) -> Mapping[str, tuple[Relationship, ...]]:
        """Return, for each node, its relationships in order of their key, from behind the key `after`, at most `first` each;
        with `far`, only those whose other end is of these kinds."""
        ...

    def count_edges(
        self,
        ids: Sequence[str],
        *,
        types: Sequence[RelationKind] = (),
        direction: Direction = Direction.BOTH,
        far: Sequence[NodeKind] = (),
    ) -> Mapping[str, int]:
        """Return, for each node, how many relationships `edges` gives it; a node with none is absent."""
        ...

    def beats(
        self,
        *,
        winner: str | None = None,
        loser: str | None = None,
        dataset: str | None = None,
        first: int | None = None,
        after: tuple[str, ...] | None = None,
    ) -> tuple[Relationship, ...]:
        """Return the BEATS between these ends, in order of their key, from behind the key `after`."""
        ...

    def search(self, text: str, *, kinds: Sequence[NodeKind] = (), first: int = 20, offset: int = 0) -> tuple[Hit, ...]:
        """Return the papers and entities whose text has every word, the best first. No character of `text` is an operator."""
        ...

    def stats(self) -> Stats:
        """Return how many of each the graph holds."""
        ...

    def records(self, papers: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield extraction records as JSON data in order of paper id: of these papers, or of all."""
        ...

    def dump(self) -> Iterator[dict[str, Any]]:
        """Yield every node and relationship in canonical order; two stores hold the same graph when these are equal."""
        ...

    def batches(self, first: int = 20) -> tuple[Batch, ...]:
        """Return the newest lines of the journal, newest first."""
        ...

    def save_job(self, job: Job) -> None:
        """Keep how far an ingestion has come, in the place of what was kept of it before."""
        ...

    def jobs(self, ids: Sequence[str]) -> Mapping[str, Job]:
        """Return the ingestions with these ids."""
        ...

    def limited(self, seconds: float) -> AbstractContextManager[None]:
        """Return a context in which this thread's statements have these seconds together; one that is not done then is
        ended and raises TooSlow. A context within another has its own time."""
        ...

    def observe(self, around: Around) -> None:
        """Run each statement of a question within `around` from now on."""
        ...

    def close(self) -> None:
        """Release what is open; closing twice is fine."""
        ...
