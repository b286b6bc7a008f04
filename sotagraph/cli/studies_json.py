"""The answers of studies.py as the JSON that `--json` prints."""

from collections.abc import Sequence
from typing import Any

from graph.answers.contradictions import Contradiction
from graph.answers.gaps import Gap
from graph.answers.groups import Row
from graph.answers.history import SotaPoint
from graph.answers.pareto import Pareto, ParetoPoint
from graph.answers.paths import BeatPath
from graph.answers.structure import Community
from schema.nodes import ClaimNode, ResultNode

Json = dict[str, Any]


def paths(found: Sequence[BeatPath]) -> list[Json]:
    """Return each chain with its steps."""
    return [
        {
            "dataset": path.dataset.name,
            "metric": path.metric.name if path.metric else None,
            "label": path.label,
            "steps": [
                {
                    "winner": step.winner.name,
                    "loser": step.loser.name,
                    "verdict": step.verdict,
                    "margin": step.margin,
                    "evidence": _facts(step.evidence),
                }
                for step in path.steps
            ],
        }
        for path in found
    ]


def history(found: Sequence[SotaPoint]) -> list[Json]:
    """Return each step of the staircases, the oldest of each group first."""
    return [
        {
            "date": point.date,
            "variant": point.group.variant,
            "setting": point.group.setting,
            "system": point.system.name if point.system else "@model",
            "value": point.result.value,
            "unit": point.result.unit,
            "title": point.paper.title,
            **fact_line(point.result),
        }
        for point in found
    ]


def contradictions(found: Sequence[Contradiction]) -> list[Json]:
    """Return each disagreement with the sentences of all sides."""
    return [
        {
            "kind": each.kind,
            "systems": [node.name for node in each.systems],
            "datasets": [node.name for node in each.datasets],
            "reason": each.reason,
            "evidence": _facts(each.evidence),
        }
        for each in found
    ]


def gaps(found: Sequence[Gap]) -> list[Json]:
    """Return each pair that nobody compared."""
    return [
        {
            "variant": gap.group.variant,
            "metric": gap.group.metric.name if gap.group.metric else None,
            "a": _row(gap.a),
            "b": _row(gap.b),
        }
        for gap in found
    ]


def pareto(found: Pareto) -> Json:
    """Return the systems with scores by both metrics."""
    return {
        "dataset": found.dataset.name,
        "metrics": [found.metric_a.name, found.metric_b.name],
        "note": found.note,
        "points": [_point(point) for point in found.points],
    }


def communities(found: Sequence[Community]) -> list[Json]:
    """Return each community, the largest first."""
    return [
        {
            "size": each.size,
            "systems": [node.name for node in each.systems],
            "datasets": [node.name for node in each.datasets],
            "evidence": _facts(each.evidence),
        }
        for each in found
    ]


def _point(point: ParetoPoint) -> Json:
    scores = [{"value": score.value, "unit": score.unit, **fact_line(score)} for score in (point.a, point.b)]
    return {"system": point.system.name, "front": point.front, "scores": scores}


def _row(row: Row) -> Json:
    name = row.system.name if row.system else "@model"
    return {"rank": row.rank, "system": name, "value": row.result.value, "unit": row.result.unit, **fact_line(row.result)}


def _facts(facts: Sequence[ClaimNode | ResultNode]) -> list[Json]:
    return [fact_line(fact) for fact in facts]


def fact_line(fact: ClaimNode | ResultNode) -> Json:
    """Return where a fact was read."""
    return {"paper": fact.paper, "quote": fact.quote, "start": fact.start, "end": fact.end}
