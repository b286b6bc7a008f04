"""Which systems of a dataset nobody beats on both of two metrics at once."""

from dataclasses import dataclass

from graph.answers.facts import ends_of, entity_in, is_, paper_in, results
from graph.answers.lookup import entity
from graph.request import Condition, Op, Sort
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import EntityNode, PaperNode, ResultNode

_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoPoint:
    """A system with its best score by each metric and their papers. `front` says that no other is at least as good by both
    and better by one."""

    system: EntityNode
    a: ResultNode
    b: ResultNode
    paper_a: PaperNode
    paper_b: PaperNode
    front: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pareto:
    """The systems with scores by both metrics on a dataset, the front first; `note` says why there can't be a front."""

    dataset: EntityNode
    metric_a: EntityNode
    metric_b: EntityNode
    points: tuple[ParetoPoint, ...]
    note: str | None


def pareto(store: Store, dataset: str, metric_a: str, metric_b: str) -> Pareto:
    """Return the systems that have scores by both metrics, of the 1,000 best by each; settings and variants are mixed.

    Raises UnknownName for a name that isn't in the graph.
    """
    on = entity(store, dataset, (NodeKind.DATASET,))
    metrics = [entity(store, name, (NodeKind.METRIC,)) for name in (metric_a, metric_b)]
    blind = next((metric for metric in metrics if metric.direction not in ("higher", "lower")), None)
    if blind:
        note = f"whether more {blind.name} is better is not known"
        return Pareto(dataset=on, metric_a=metrics[0], metric_b=metrics[1], points=(), note=note)
    ones, others = (_best(store, on, metric) for metric in metrics)
    both = sorted(ones.keys() & others.keys())
    nodes = dict(store.get(ends_of([*(ones[key] for key in both), *(others[key] for key in both)])))
    values = {key: (_up(ones[key], metrics[0]), _up(others[key], metrics[1])) for key in both}
    points = [
        ParetoPoint(
            system=system,
            a=ones[key],
            b=others[key],
            paper_a=paper_in(nodes, ones[key].paper),
            paper_b=paper_in(nodes, others[key].paper),
            front=not any(_dominates(values[other], values[key]) for other in both),
        )
        for key in both
        if (system := entity_in(nodes, key))
    ]
    points.sort(key=lambda point: (not point.front, [-value for value in values[point.system.id]], point.system.id))
    return Pareto(dataset=on, metric_a=metrics[0], metric_b=metrics[1], points=tuple(points), note=None)


def _best(store: Store, on: EntityNode, metric: EntityNode) -> dict[str, ResultNode]:
    best_last = (Sort("canonical", descending=metric.direction == "higher"),)
    where = (is_("dataset", on.id), is_("metric", metric.id), Condition("canonical", Op.GT, float("-inf")))
    found = results(store, *where, Condition("subject", Op.GT, ""), sort=best_last, first=_MOST)
    return {result.subject: result for result in reversed(found) if result.subject}


def _up(result: ResultNode, metric: EntityNode) -> float:
    """Return the score so that more is better."""
    value = result.canonical or 0.0
    return value if metric.direction == "higher" else -value


def _dominates(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one != other and one[0] >= other[0] and one[1] >= other[1]
