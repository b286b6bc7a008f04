"""The shortest ways from one thing of the graph to another, whatever joins them, each step with its sentence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.answers.facts import paper_in
from graph.answers.lookup import SYSTEM_KINDS, entity
from graph.answers.sentences import sentences_of
from graph.store import Direction, Store
from schema.kinds import RelationKind
from schema.nodes import ClaimNode, Node, PaperNode, Relationship, ResultNode

FIRST = 3
_EACH = 500
_RING = 2_000
_STEPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """One relationship with its ends, and a sentence that says so: of a fact, of a link, or of what a BEATS rests on. The
    sentence is None where a paper only names something; `paper` is None where several papers say it."""

    relationship: Relationship
    head: Node
    tail: Node
    paper: PaperNode | None
    quote: str | None

    @property
    def type(self) -> RelationKind:
        """What the relationship says."""
        return self.relationship.type


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Steps that lead from one end to the other; without `beats` their arrows may point either way."""

    steps: tuple[WayStep, ...]


def ways(store: Store, start: str, end: str, *, beats: bool = False, first: int = FIRST) -> tuple[Way, ...]:
    """Return up to `first` shortest ways between two entities, of at most 8 steps; with `beats`, only chains in which each
    system beats the next, on whatever benchmarks.

    Of one thing at most 500 relationships are followed. Raises UnknownName for a name that isn't in the graph.
    """
    kinds = SYSTEM_KINDS if beats else ()
    ends = entity(store, start, kinds), entity(store, end, kinds)
    routes = sorted(islice(_routes(store, ends[0].id, ends[1].id, beats=beats), 100), key=lambda route: [e.key for e in route])
    return tuple(_told(store, route) for route in routes[:first])


class _Side:
    """What one end reaches ring by ring: `came` has, by node and by the node before it, a relationship between the two."""

    def __init__(self, start: str, direction: Direction) -> None:
        self.direction = direction
        self.ring = [start]
        self.came: dict[str, dict[str, Relationship]] = {start: {}}

    def step(self, store: Store, types: Sequence[RelationKind]) -> set[str]:
        """Go one ring on, and return it."""
        reached: dict[str, dict[str, Relationship]] = defaultdict(dict)
        found = store.edges(self.ring[:_RING], types=types, direction=self.direction, first=_EACH)
        for node in sorted(found):
            for edge in found[node]:
                other = edge.tail if edge.head == node else edge.head
                if other not in self.came:
                    reached[other].setdefault(node, edge)
        self.came |= reached
        self.ring = sorted(reached)
        return set(reached)

    def back(self, node: str) -> Iterator[tuple[Relationship, ...]]:
        """Yield the ways from the start to a node."""
        if not self.came[node]:
            yield ()
        for before, edge in self.came[node].items():
            for way in self.back(before):
                yield (*way, edge)


def _routes(store: Store, start: str, end: str, *, beats: bool) -> Iterator[tuple[Relationship, ...]]:
    types = (RelationKind.BEATS,) if beats else ()
    near, far = _Side(start, Direction.OUT if beats else Direction.BOTH), _Side(end, Direction.IN if beats else Direction.BOTH)
    if start == end:
        return
    for _ in range(_STEPS):
        # The side that has reached less goes on, so that what everything is joined to is met and not walked through.
        side, other = (near, far) if len(near.ring) <= len(far.ring) else (far, near)
        met = side.step(store, types) & other.came.keys()
        for node in sorted(met):
            for one in near.back(node):
                for back in far.back(node):
                    yield (*one, *reversed(back))
        if met or not side.ring:
            return


def _told(store: Store, route: Sequence[Relationship]) -> Way:
    ids = {key for edge in route for key in (edge.head, edge.tail, edge.paper) if key}
    nodes = store.get(sorted(ids))
    rests = sentences_of(store, [edge for edge in route if edge.type is RelationKind.BEATS])
    return Way(steps=tuple(_step(edge, nodes, rests.get(edge.key, ())) for edge in route))


def _step(edge: Relationship, nodes: Mapping[str, Node], rests: Sequence[ClaimNode | ResultNode]) -> WayStep:
    facts = [*rests, *(node for end in (edge.head, edge.tail) if isinstance(node := nodes[end], ClaimNode | ResultNode))]
    said = edge.props.get("quote")
    quote = str(said) if said else facts[0].quote if facts else None
    paper = paper_in(nodes, edge.paper) if edge.paper else None
    return WayStep(relationship=edge, head=nodes[edge.head], tail=nodes[edge.tail], paper=paper, quote=quote)
