"""The scores of two systems that a verdict may rest on: a few of each, however many papers print some."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.answers.facts import entity_in, in_, is_, results, results_each
from graph.request import AllOf, Along, Condition, Naming, Op, Some, Sort, Where
from graph.store import Store
from schema.kinds import NodeKind, RelationKind
from schema.nodes import EntityNode, Node, ResultNode

_FEW = 5
_PAPERS = 20
_EDGES = 100


def shared_datasets(
    store: Store, one: EntityNode, other: EntityNode, known: Where, first: int, after: str | None
) -> tuple[tuple[str, ...], bool]:
    """Return the ids of datasets on which both have results, at most `first` behind an id, and whether there are more.

    The system that fewer papers name is walked through, and the other only looked up.
    """
    rare, common = sorted((one, other), key=lambda system: system.papers)
    there = Some(
        Along(kinds=(NodeKind.DATASET,), types=(RelationKind.ON,)),
        Some(Naming(kinds=(NodeKind.RESULT,), fields=("dataset",)), AllOf((is_("subject", common.id), known))),
    )
    found: list[str] = []
    last = after or ""
    while len(found) <= first:
        # Each step goes to the next dataset, however many results the last one has.
        behind = Condition("dataset", Op.GT, last)
        page = results(store, is_("subject", rare.id), behind, there, known, sort=(Sort("dataset"),), first=1)
        if not page:
            return tuple(found), False
        last = page[0].dataset or ""
        found.append(last)
    return tuple(found[:first]), True


def scores_of(
    store: Store, pair: tuple[EntityNode, EntityNode], datasets: Sequence[str], known: Where
) -> tuple[ResultNode, ...]:
    """Return results of two systems on some datasets: all of one that has at most 5 on a dataset; of one that has more, its
    best 5 on each benchmark seen, and those in papers that have both systems."""
    found: dict[str, ResultNode] = {}
    crowded: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, dict[str, ResultNode]] = defaultdict(dict)
    for system in pair:
        pages = results_each(store, "dataset", datasets, is_("subject", system.id), known, first=_FEW + 1)
        for dataset, page in pages.items():
            found |= {result.id: result for result in page}
            seen[dataset] |= {result.benchmark or "": result for result in page}
            if len(page) > _FEW:
                crowded[system.id].add(dataset)
    if not crowded:
        return tuple(found.values())
    for result in _together(store, pair, sorted(set().union(*crowded.values())), known):
        found[result.id] = result
        seen[result.dataset or ""][result.benchmark or ""] = result
    metrics = store.get(sorted({result.metric for page in seen.values() for result in page.values() if result.metric}))
    for crowd, places in crowded.items():
        for lower in (False, True):
            keys = [
                key
                for dataset in sorted(places)
                for key, result in sorted(seen[dataset].items())
                if (_direction(metrics, result) == "lower") is lower
            ]
            found |= {result.id: result for result in _best(store, crowd, keys, known, lower=lower)}
    return tuple(found[key] for key in sorted(found))


def _direction(metrics: Mapping[str, Node], result: ResultNode) -> str | None:
    metric = entity_in(metrics, result.metric)
    return metric.direction if metric else None


def _best(store: Store, system: str, benchmarks: Sequence[str], known: Where, *, lower: bool) -> Iterator[ResultNode]:
    numbers = Condition("canonical", Op.GT, float("-inf"))
    order = (Sort("canonical", descending=not lower),)
    pages = results_each(store, "benchmark", benchmarks, is_("subject", system), numbers, known, sort=order, first=_FEW)
    for page in pages.values():
        yield from page


def _together(store: Store, pair: tuple[EntityNode, EntityNode], datasets: Sequence[str], known: Where) -> Iterator[ResultNode]:
    """Yield the results of both systems in papers that compare them: those decide before scores of two papers."""
    one, other = (system.id for system in pair)
    edges = (*store.beats(winner=one, loser=other, first=_EDGES), *store.beats(winner=other, loser=one, first=_EDGES))
    papers: set[str] = set()
    for edge in edges:
        named = edge.props["papers"]
        if edge.dataset in datasets and isinstance(named, tuple | list):
            papers.update(map(str, named[:_PAPERS]))
    pages = results_each(store, "paper", sorted(papers), in_("subject", (one, other)), in_("dataset", datasets), known)
    for page in pages.values():
        yield from page
