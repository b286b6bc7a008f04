"""Where papers disagree: A over B here and B over A there, cycles, and one system with two scores on one benchmark.

The first two walk all BEATS, the last all results; what comes first is given before the rest is looked at.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

import networkx as nx

from graph.answers.facts import is_, results
from graph.answers.lookup import entity
from graph.answers.sentences import sentences_of
from graph.request import Condition, Op, Sort, Where
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Relationship, ResultNode

FIRST = 20
_PAGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A disagreement with all its sentences. `kind` is "opposite" (on one dataset), "flip" (on two datasets: no contradiction
    in itself, but no overall order either), "cycle" or "two_scores"."""

    kind: str
    systems: tuple[EntityNode, ...]
    datasets: tuple[EntityNode, ...]
    reason: str
    evidence: tuple[ClaimNode | ResultNode, ...]


_Found = tuple[str, tuple[str, ...], tuple[str, ...], str, Sequence[Relationship], Sequence[ResultNode]]


def contradictions(store: Store, *, on: str | None = None, first: int = FIRST, offset: int = 0) -> tuple[Contradiction, ...]:
    """Return a page of disagreements, on one dataset if named: opposite claims, cycles, two scores, then flips.

    Raises UnknownName for a dataset that isn't in the graph.
    """
    dataset = entity(store, on, (NodeKind.DATASET,)).id if on else None
    found = list(islice(_all(store, dataset), offset, offset + first))
    edges = [edge for each in found for edge in each[4]]
    quoted = sentences_of(store, edges)
    nodes = store.get(sorted({key for each in found for key in (*each[1], *each[2])}))

    def named(keys: Iterable[str]) -> tuple[EntityNode, ...]:
        return tuple(node for key in keys if isinstance(node := nodes.get(key), EntityNode))

    return tuple(
        Contradiction(
            kind=kind,
            systems=named(systems),
            datasets=named(datasets),
            reason=reason,
            evidence=tuple(dict.fromkeys([*(fact for edge in sides for fact in quoted[edge.key]), *scores])),
        )
        for kind, systems, datasets, reason, sides, scores in found
    )


def _all(store: Store, dataset: str | None) -> Iterator[_Found]:
    edges = list(_pages_of_beats(store, dataset))
    yield from _opposites(edges)
    yield from _cycles(edges)
    yield from _two_scores(store, dataset)
    if dataset is None:
        yield from _flips(edges)


def _pages_of_beats(store: Store, dataset: str | None) -> Iterator[Relationship]:
    after = None
    while page := store.beats(dataset=dataset, first=_PAGE, after=after):
        yield from page
        after = page[-1].key


def _opposites(edges: Sequence[Relationship]) -> Iterator[_Found]:
    by_pair = _by_pair(edges)
    for (winner, loser), ways in sorted(by_pair.items()):
        for edge in ways if winner < loser else ():
            for back in by_pair.get((loser, winner), ()):
                if back.dataset == edge.dataset and (back.metric == edge.metric or None in (back.metric, edge.metric)):
                    reason = "on the same dataset, papers see each of the two ahead"
                    yield "opposite", (winner, loser), (edge.dataset or "",), reason, (edge, back), ()


def _flips(edges: Sequence[Relationship]) -> Iterator[_Found]:
    by_pair = _by_pair(edges)
    for (winner, loser), ways in sorted(by_pair.items()):
        for edge in ways if winner < loser else ():
            for back in by_pair.get((loser, winner), ()):
                if back.dataset != edge.dataset:
                    reason = "the first is ahead on the first dataset, the second on the second"
                    yield "flip", (winner, loser), (edge.dataset or "", back.dataset or ""), reason, (edge, back), ()


def _by_pair(edges: Sequence[Relationship]) -> Mapping[tuple[str, str], list[Relationship]]:
    pairs: dict[tuple[str, str], list[Relationship]] = defaultdict(list)
    for edge in edges:
        pairs[(edge.head, edge.tail)].append(edge)
    return pairs


def _cycles(edges: Sequence[Relationship]) -> Iterator[_Found]:
    """Yield one shortest cycle of three or more for each knot of BEATS on one benchmark."""
    benchmarks: dict[tuple[str, str], dict[tuple[str, str], Relationship]] = defaultdict(dict)
    for edge in edges:
        benchmarks[(edge.dataset or "", edge.metric or "")][(edge.head, edge.tail)] = edge
    for (dataset, _), pairs in sorted(benchmarks.items()):
        graph: nx.DiGraph[str] = nx.DiGraph(sorted(pair for pair in pairs if pair[::-1] not in pairs))
        knots = [sorted(knot) for knot in nx.strongly_connected_components(graph) if len(knot) > 2]
        for knot in sorted(knots):
            ring = _shortest_cycle(graph, knot[0])
            steps = [pairs[step] for step in zip(ring, [*ring[1:], ring[0]], strict=True)]
            yield "cycle", tuple(ring), (dataset,), "each is ahead of the next, and the last of the first", steps, ()


def _shortest_cycle(graph: "nx.DiGraph[str]", start: str) -> list[str]:
    backs = (
        nx.shortest_path(graph, following, start) for following in sorted(graph[start]) if nx.has_path(graph, following, start)
    )
    return [start, *min(backs, key=lambda path: (len(path), path))[:-1]]


def _two_scores(store: Store, dataset: str | None) -> Iterator[_Found]:
    for (subject, _), group in groupby(_in_order(store, dataset), key=lambda result: (result.subject, result.benchmark)):
        scores = list(group)
        values = {score.canonical for score in scores}
        if len(values) > 1 and len({score.paper for score in scores}) > 1:
            reason = (
                f"papers print {' and '.join(f'{value:g}' for value in sorted(filter(None, values)))} of it on one benchmark"
            )
            yield "two_scores", (subject or "",), (scores[0].dataset or "",), reason, (), scores


def _in_order(store: Store, dataset: str | None) -> Iterator[ResultNode]:
    where: list[Where] = [Condition("subject", Op.GT, ""), Condition("canonical", Op.GT, float("-inf"))]
    where += [is_("dataset", dataset)] if dataset else [Condition("dataset", Op.GT, "")]
    after = None
    sort = (Sort("subject"), Sort("benchmark"))
    while page := results(store, *where, sort=sort, first=_PAGE, after=after):
        yield from page
        after = (page[-1].subject, page[-1].benchmark, page[-1].id)
