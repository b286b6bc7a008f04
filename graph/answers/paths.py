"""Chains in which each system beats the next on one benchmark: a picture of what papers say, and no proof for its ends."""

from dataclasses import dataclass

from graph.answers.lookup import SYSTEM_KINDS, entity
from graph.answers.sentences import sentences_of
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Relationship, ResultNode

_EACH = 50
_SEEN = 1_000
_PATHS = 10
DEPTH, MAX_DEPTH = 3, 5

_Benchmark = tuple[str, str]  # dataset, metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One BEATS of a chain, with the claims and results that say so."""

    winner: EntityNode
    loser: EntityNode
    verdict: str
    margin: float | None
    evidence: tuple[ClaimNode | ResultNode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeatPath:
    """A chain of BEATS on one dataset by one metric (None where no paper names one). `label` says what it is worth."""

    dataset: EntityNode
    metric: EntityNode | None
    steps: tuple[Step, ...]
    label: str


def beat_paths(store: Store, start: str, end: str, *, on: str | None = None, depth: int = DEPTH) -> tuple[BeatPath, ...]:
    """Return chains of at most `depth` BEATS from one system to another, the shortest first, at most 10.

    Looks at 1,000 BEATS at most. Raises UnknownName for a name that isn't in the graph.
    """
    first, last = entity(store, start, SYSTEM_KINDS), entity(store, end, SYSTEM_KINDS)
    dataset = entity(store, on, (NodeKind.DATASET,)) if on else None
    chains = _chains(store, first.id, last.id, dataset.id if dataset else None, min(depth, MAX_DEPTH))
    nodes = store.get(sorted({end for chain in chains for edge in chain for end in _ends(edge)}))
    quoted = sentences_of(store, [edge for chain in chains for edge in chain])

    def named(key: str | None) -> EntityNode | None:
        node = nodes.get(key or "")
        return node if isinstance(node, EntityNode) else None

    paths: list[BeatPath] = []
    for chain in chains:
        steps = tuple(
            Step(
                winner=winner,
                loser=loser,
                verdict=str(edge.props["verdict"]),
                margin=_margin(edge),
                evidence=quoted[edge.key],
            )
            for edge in chain
            if (winner := named(edge.head)) and (loser := named(edge.tail))
        )
        if where := named(chain[0].dataset):
            paths.append(BeatPath(dataset=where, metric=named(chain[0].metric), steps=steps, label=_label(len(chain))))
    return tuple(paths)


def _chains(store: Store, start: str, end: str, dataset: str | None, depth: int) -> list[tuple[Relationship, ...]]:
    """Return the chains, found ring by ring; a chain never leaves its benchmark and never meets a system twice."""
    found: list[tuple[Relationship, ...]] = []
    ring: list[tuple[Relationship, ...]] = [()]
    seen = 0
    for _ in range(depth):
        following: list[tuple[Relationship, ...]] = []
        for chain in ring:
            at = chain[-1].tail if chain else start
            on = chain[-1].dataset if chain else dataset
            for edge in store.beats(winner=at, dataset=on, first=_EACH):
                seen += 1
                if seen > _SEEN or len(found) == _PATHS:
                    return found
                if chain and edge.metric != chain[-1].metric:
                    continue
                if edge.tail == start or any(edge.tail == step.tail for step in chain):
                    continue
                longer = (*chain, edge)
                (found if edge.tail == end else following).append(longer)
        ring = following
    return found


def _ends(edge: Relationship) -> tuple[str, ...]:
    return tuple(key for key in (edge.head, edge.tail, edge.dataset, edge.metric) if key)


def _margin(edge: Relationship) -> float | None:
    margin = edge.props.get("margin")
    return margin if isinstance(margin, float | int) else None


def _label(steps: int) -> str:
    if steps == 1:
        return "stated: papers say so of the pair itself"
    return f"a chain of {steps}: papers say so of each step, and nobody of its ends; settings may differ from step to step"
