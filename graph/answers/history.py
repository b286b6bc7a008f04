"""How the best score of a benchmark rose: a staircase with its papers."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.answers.dates import date_of, stated_before, stated_by
from graph.answers.facts import ends_of, entity_in, is_, paper_in, results_each
from graph.answers.groups import Group
from graph.answers.leaderboard import board
from graph.request import AllOf, Condition, Op, Sort, Where
from graph.store import Store
from schema.nodes import EntityNode, PaperNode, ResultNode

_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SotaPoint:
    """One step: from this paper's date on, nothing known before or on that date was better in its group."""

    date: str
    group: Group
    system: EntityNode | None
    result: ResultNode
    paper: PaperNode


def sota_history(store: Store, dataset: str, metric: str, *, as_of: str | None = None) -> tuple[SotaPoint, ...]:
    """Return the steps of each group of a dataset by a metric, the oldest first; papers without a date are left out.

    Raises UnknownName for a dataset or metric that isn't in the graph.
    """
    found = board(store, dataset, metric=metric, as_of=as_of)
    return tuple(step for group in found.groups for step in reversed(list(_steps(store, group))))


def _steps(store: Store, group: Group) -> Iterator[SotaPoint]:
    """Yield the steps from the top down: the best, then the best that is older than that, and so on."""
    if group.direction == "unknown":
        return
    dated: Where = stated_by(group.as_of or "9999")
    for _ in range(_MOST):
        best = _best(store, group, dated)
        if best is None:
            return
        nodes = dict(store.get(ends_of([best])))
        paper = paper_in(nodes, best.paper)
        date = date_of(paper) or ""
        # Of equal scores the first to come counts: one that is as good and older takes its place.
        older = _best(store, group, AllOf((stated_before(date), is_("canonical", best.canonical))))
        if older is not None:
            dated = stated_before(date)
            continue
        yield SotaPoint(date=date, group=group, system=entity_in(nodes, best.subject), result=best, paper=paper)
        dated = stated_before(date)


def _best(store: Store, group: Group, where: Where) -> ResultNode | None:
    higher = group.direction == "higher"
    numbers = (Condition("canonical", Op.GT, float("-inf")), where)
    sort = (Sort("canonical", descending=higher),)
    pages = results_each(store, "benchmark", group.benchmarks, *numbers, sort=sort, first=1)
    sign = -1 if higher else 1
    best = [result for page in pages.values() for result in page]
    return min(best, key=lambda result: (sign * (result.canonical or 0), result.id), default=None)
