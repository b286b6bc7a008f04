"""The groups of a dataset: which results one ruler measures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.answers.dates import stated_by
from graph.answers.facts import entity_in, is_, results
from graph.request import Condition, Op, Sort, Where
from graph.store import Store
from schema.conditions import typed
from schema.nodes import EntityNode, Node, PaperNode, ResultNode

_MOST = 50

Place = tuple[float | None, str, int, int | None]  # canonical, id, place and rank of the last row seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One result in its group. `rank` is shared by ties, and None where the row can't be ranked; `system` is None for a
    paper's unnamed model. `conflicts` are other values that other papers print of this system in this group. `place` is
    where the list goes on behind the row."""

    rank: int | None
    tied: bool
    system: EntityNode | None
    result: ResultNode
    paper: PaperNode
    conflicts: tuple[ResultNode, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Results of one dataset, variant, metric and parameters, and no known setting in conflict.

    `benchmarks` are the keys of its results (see `conditions.benchmark_key`); `setting` names the typed settings that set it
    apart from its neighbours, `note` says why its rows are not ranked, `metric_basis` is "stated" or "inferred".
    `as_of` is the date that
    rows are known by, `rows` are one page, the best first, then those that can't be ranked; `more` says that others follow.
    """

    dataset: str
    variant: str | None
    metric: EntityNode | None
    metric_basis: str | None
    direction: str
    setting: str | None
    note: str | None
    benchmarks: tuple[str, ...]
    as_of: str | None = None
    rows: tuple[Row, ...] = ()
    more: bool = False


def groups_of(store: Store, dataset: EntityNode, metric: EntityNode | None, as_of: str | None) -> tuple[Group, ...]:
    """Return the groups of a dataset, of one metric if given, as known at a date, in order of variant, metric and setting; of
    at most 50 benchmarks."""
    samples = tuple(_one_of_each(store, dataset.id, metric, stated_by(as_of)))
    nodes = dict(store.get(sorted({sample.metric for sample in samples if sample.metric})))
    piles: dict[tuple[str, str], list[ResultNode]] = defaultdict(list)
    for sample in samples:
        piles[(sample.variant or "", sample.metric or "~")].append(sample)
    return tuple(
        replace(_group(setting, part, nodes), as_of=as_of)
        for _, pile in sorted(piles.items(), key=lambda item: item[0])
        for setting, part in sorted(_split_by_setting(pile).items(), key=lambda item: item[0] or "")
    )


def group_of(sample: ResultNode, nodes: Mapping[str, Node]) -> Group:
    """Return the group of the results that share one result's benchmark."""
    return _group(None, [sample], nodes)


def _one_of_each(store: Store, dataset: str, metric: EntityNode | None, where: Where) -> Iterable[ResultNode]:
    """Yield a result of each benchmark of a dataset; each is one step in an index, however many results share it."""
    by = (is_("metric", metric.id),) if metric else ()
    last = ""
    for _ in range(_MOST):
        behind = Condition("benchmark", Op.GT, last)
        found = results(store, is_("dataset", dataset), behind, *by, where, sort=(Sort("benchmark"),), first=1)
        if not found:
            return
        last = found[0].benchmark or ""
        yield found[0]


def _split_by_setting(samples: Sequence[ResultNode]) -> dict[str | None, list[ResultNode]]:
    """Return the benchmarks by those typed settings of which two values are known; unknown and free text never split."""
    values: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        for name, value in typed(sample.setting).items():
            values[name].add(value)
    conflicting = sorted(name for name, seen in values.items() if len(seen) > 1)
    parts: dict[str | None, list[ResultNode]] = defaultdict(list)
    for sample in samples:
        known = typed(sample.setting)
        parts[", ".join(f"{name}: {known[name]}" for name in conflicting if name in known) or None].append(sample)
    return parts


def _group(setting: str | None, samples: Sequence[ResultNode], nodes: Mapping[str, Node]) -> Group:
    metric = entity_in(dict(nodes), samples[0].metric)
    direction = (metric.direction if metric else None) or "unknown"
    bases = {sample.metric_basis for sample in samples}
    return Group(
        dataset=samples[0].dataset or "",
        variant=samples[0].variant,
        metric=metric,
        metric_basis="stated" if "stated" in bases else "inferred" if "inferred" in bases else None,
        direction=direction,
        setting=setting,
        note=_note(metric, direction),
        benchmarks=tuple(sample.benchmark or "" for sample in samples),
    )


def _note(metric: EntityNode | None, direction: str) -> str | None:
    if metric is None:
        return "not ranked: the abstracts name no metric"
    if direction == "unknown":
        return f"not ranked: whether more {metric.name} is better is not known"
    return None
