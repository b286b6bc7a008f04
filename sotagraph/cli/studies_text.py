"""The answers of studies.py as text for people."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape

from graph.answers.contradictions import Contradiction
from graph.answers.gaps import Gap
from graph.answers.history import SotaPoint
from graph.answers.pareto import Pareto
from graph.answers.paths import BeatPath
from graph.answers.structure import Community
from schema.nodes import ClaimNode, EntityNode, ResultNode


def paths(out: Console, start: str, end: str, found: Sequence[BeatPath]) -> None:
    """Print each chain, a step a line, with its sentences."""
    if not found:
        out.print(f"No chain on one benchmark leads from {escape(start)} to {escape(end)}.")
    for path in found:
        metric = f" by {path.metric.name}" if path.metric else ""
        out.print(f"[bold]{escape(path.dataset.name + metric)}[/bold]: {escape(path.label)}")
        for step in path.steps:
            out.print(f"  {escape(step.winner.name)} beats {escape(step.loser.name)} ({step.verdict})")
            _quotes(out, step.evidence)


def history(out: Console, found: Sequence[SotaPoint]) -> None:
    """Print each step with its sentence."""
    if not found:
        out.print("No dated score of known direction is in the graph.")
    for point in found:
        where = " · ".join(filter(None, (point.group.variant, point.group.setting)))
        out.print(f"[bold]{escape(point.date)}[/bold] {escape(_scored(point.system, point.result))} {escape(where)}".rstrip())
        _quotes(out, [point.result])


def contradictions(out: Console, found: Sequence[Contradiction]) -> None:
    """Print each disagreement with the sentences of all sides."""
    if not found:
        out.print("No papers in the graph disagree.")
    for each in found:
        out.print(f"[bold]{each.kind}[/bold]: {escape(_names(each.systems))} on {escape(_names(each.datasets))}")
        out.print(f"  {escape(each.reason)}")
        _quotes(out, each.evidence)


def gaps(out: Console, found: Sequence[Gap]) -> None:
    """Print each pair with the two scores."""
    if not found:
        out.print("All of the best systems have been compared.")
    for gap in found:
        pair = " and ".join(_scored(row.system, row.result) for row in (gap.a, gap.b))
        out.print(f"[bold]{escape(pair)}[/bold] {escape(gap.group.metric.name if gap.group.metric else '')}".rstrip())
        _quotes(out, [gap.a.result, gap.b.result])


def pareto(out: Console, found: Pareto) -> None:
    """Print the front, then the others."""
    if found.note or not found.points:
        out.print(escape(found.note or "No system has scores by both metrics."))
    for point in found.points:
        scores = f"{_score(point.a)} {found.metric_a.name}, {_score(point.b)} {found.metric_b.name}"
        out.print(f"{'* ' if point.front else '  '}[bold]{escape(point.system.name)}[/bold]: {escape(scores)}")
        _quotes(out, dict.fromkeys((point.a, point.b)))


def communities(out: Console, found: Sequence[Community]) -> None:
    """Print each community with a sentence for each system named."""
    for each in found:
        out.print(f"[bold]{each.size} systems[/bold]: {escape(_names(each.systems))} on {escape(_names(each.datasets))}")
        _quotes(out, each.evidence)


def _scored(system: EntityNode | None, result: ResultNode) -> str:
    return f"{_score(result)} {system.name if system else 'the model of ' + result.paper}"


def _score(result: ResultNode) -> str:
    return result.raw if not result.unit or result.unit in result.raw else f"{result.raw} {result.unit}"


def _names(nodes: Iterable[EntityNode]) -> str:
    return ", ".join(node.name for node in nodes)


def _quotes(out: Console, facts: Iterable[ClaimNode | ResultNode]) -> None:
    for quote, paper in dict.fromkeys((fact.quote, fact.paper) for fact in facts):
        out.print(f"    “{escape(quote)}” [dim]({escape(paper)})[/dim]")
