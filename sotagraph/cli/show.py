"""Answers as tables and text for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph.answers.compare import Benchmark, Comparison
from graph.answers.deltas import Reading
from graph.answers.groups import Group, Row
from graph.answers.leaderboard import Leaderboard
from graph.answers.ways import Way
from graph.store import Hit
from schema.nodes import Node, PaperNode, ResultNode
from sotagraph.cli.as_json import side

_BETTER = {"higher": "higher is better", "lower": "lower is better", "unknown": "better direction unknown"}


def leaderboard(out: Console, board: Leaderboard, names: Mapping[str, str]) -> None:
    """Print each group as a table with the sentences below their rows."""
    for group in board.groups:
        table = Table(title=_title(board, group), title_justify="left", caption=group.note, caption_justify="left", expand=True)
        table.add_column("#", justify="right", no_wrap=True)
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("system", ratio=2, overflow="fold")
        table.add_column("sentence", ratio=5, overflow="fold")
        for row in group.rows:
            name = row.system.name if row.system else "(the paper's model)"
            notes = [row.result.setting or ""]
            if row.result.metric_basis == "inferred" and group.metric_basis != "inferred":
                notes.append("metric inferred")
            if row.result.scaled == "fraction times 100":
                notes.append(f"that is {row.result.canonical:g} %")
            if row.result.role == "baseline":
                notes.append("quoted as a baseline")
            notes += [f"elsewhere {_score(other)} ({other.paper})" for other in row.conflicts]
            setting = f"\n[dim]{escape(', '.join(filter(None, notes)))}[/dim]" if any(notes) else ""
            source = f"\n[dim]{escape(row.paper.title)} ({escape(row.paper.id)})[/dim]"
            table.add_row(
                f"{row.rank or ''}{'=' * row.tied}", _score(row.result), escape(name) + setting, _marked(row) + source
            )
        out.print(table)
        if group.more:
            out.print(f"[dim]The first {len(group.rows)} rows; --first shows more.[/dim]")
    if not board.groups:
        out.print(f"No paper in the graph prints a score on {escape(board.dataset.name)}.")
    if board.claims:
        out.print("\n[bold]Claimed without a score of the winner[/bold]")
        for claim in board.claims:
            winner = side(names.get(claim.winner or ""), claim.winner_class) or "?"
            loser = side(names.get(claim.loser or ""), claim.loser_class) or "?"
            verb = {"better": "beats", "equal": "equals", "not_better": "does not beat"}[claim.polarity]
            out.print(f"  {escape(winner)} {verb} {escape(loser)}: “{escape(claim.quote)}” [dim]({escape(claim.paper)})[/dim]")


def beats(out: Console, comparison: Comparison) -> None:
    """Print the chain from the question to the sentences."""
    out.print(f"[bold]Does {escape(comparison.a.name)} beat {escape(comparison.b.name)}?[/bold]")
    if not comparison.benchmarks:
        out.print("  unknown: no paper in the graph compares the two, by words or by scores on one benchmark.")
    for item in comparison.benchmarks:
        _benchmark(out, item, "")


def compare(out: Console, comparison: Comparison) -> None:
    """Print who wins where."""
    out.print(f"[bold]{escape(comparison.a.name)} and {escape(comparison.b.name)}[/bold]")
    if not comparison.benchmarks:
        out.print("  unknown: no paper in the graph compares the two, by words or by scores on one benchmark.")
    for item in comparison.benchmarks:
        _benchmark(out, item, f": {escape(item.winner.name)} is better" if item.winner else "")


def hits(out: Console, text: str, found: Sequence[Hit]) -> None:
    """Print what was found."""
    if not found:
        out.print(f"Nothing in the graph has all words of {escape(repr(text))}.")
        return
    table = Table("kind", "name", "text", "id")
    for hit in found:
        name = hit.node.title if isinstance(hit.node, PaperNode) else hit.node.name
        table.add_row(hit.node.kind.value, escape(name), escape(hit.snippet), escape(hit.node.id))
    out.print(table)


def paths(out: Console, start: str, end: str, found: Sequence[Way]) -> None:
    """Print each way, a step a line, with its sentence."""
    if not found:
        out.print(f"No way leads from {escape(start)} to {escape(end)}.")
    for number, way in enumerate(found, start=1):
        out.print(f"[bold]{number}[/bold]")
        for step in way.steps:
            where = f" on {step.relationship.dataset}" if step.relationship.dataset else ""
            out.print(f"  {escape(step.head.name)} —{step.type}→ {escape(step.tail.name + where)}")
            if step.quote:
                out.print(f"    “{escape(step.quote)}”" + (f" [dim]({escape(step.paper.id)})[/dim]" if step.paper else ""))


def central(
    out: Console,
    scores: Sequence[tuple[str, float]],
    nodes: Mapping[str, Node],
    said: Mapping[str, Sequence[Mapping[str, Any]]],
) -> None:
    """Print nodes with their centrality and a sentence on each."""
    table = Table("kind", "name", "centrality", "sentence")
    for key, score in scores:
        quotes = dict.fromkeys(f"“{escape(fact['quote'])}” ({escape(fact['paper'])})" for fact in said[key])
        table.add_row(nodes[key].kind.value, escape(nodes[key].name), f"{score:.3f}", "\n".join(quotes))
    out.print(table)


def counts(out: Console, stats: Mapping[str, int]) -> None:
    """Print how many of each there are."""
    for name, count in stats.items():
        out.print(f"{count:>8,} {name}")


def _title(board: Leaderboard, group: Group) -> str:
    metric = group.metric.name if group.metric else "no metric named"
    inferred = " (inferred: the usual metric)" if group.metric_basis == "inferred" else ""
    parts = [board.dataset.name, group.variant or "", f"by {metric}{inferred}", _BETTER[group.direction], group.setting or ""]
    return escape(" · ".join(part for part in parts if part))


def _score(result: ResultNode) -> str:
    bound = {"at_most": "≤ ", "at_least": "≥ "}.get(result.bound or "", "")
    unit = f" {result.unit}" if result.unit else ""
    return escape(f"{bound}{result.value:g}{unit}")


def _reading(reading: Reading) -> str:
    read = {"absolute": "points", "relative": "a share of the loser's score"}.get(reading.kind, reading.kind)
    by = f"“by {reading.claim.by}” read as {read}"
    if reading.agrees is not None:
        return escape(f"{by} {'agrees' if reading.agrees else 'does not agree'} with the printed scores")
    return escape(f"{by} gives {reading.score:g} for the other side")


def _marked(row: Row) -> str:
    quote, raw = row.result.quote, row.result.raw
    before, found, after = quote.partition(raw)
    return f"“{escape(before)}[bold]{escape(found)}[/bold]{escape(after)}”"


def _benchmark(out: Console, item: Benchmark, outcome: str) -> None:
    dataset = item.dataset.name if item.dataset else "(no benchmark named)"
    where = " ".join(part for part in (dataset, item.variant or "", f"by {item.metric.name}" if item.metric else "") if part)
    margin = f", by {item.margin:g}" if item.margin else ""
    out.print(f"  [bold]{escape(where)}[/bold]: {item.verdict}{outcome}{margin}")
    out.print(f"    why: {escape(item.reason)}")
    for reading in item.readings:
        out.print(f"    {_reading(reading)}")
    if item.nearest:
        out.print(f"    {escape(item.nearest)}")
    seen: set[tuple[str, str]] = set()
    for evidence in (*item.evidence, *item.nearest_evidence):
        if (evidence.paper.id, evidence.node.quote) not in seen:
            seen.add((evidence.paper.id, evidence.node.quote))
            out.print(f"    “{escape(evidence.node.quote)}”")
            out.print(f"      [dim]{escape(evidence.paper.title)} ({escape(evidence.paper.id)})[/dim]")
