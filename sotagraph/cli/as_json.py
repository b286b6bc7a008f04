"""Answers as the JSON that `--json` prints; the shapes are described in docs/cli.md."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from graph.answers.compare import Benchmark, Comparison, Evidence
from graph.answers.deltas import Reading
from graph.answers.groups import Group, Row
from graph.answers.leaderboard import Leaderboard
from graph.answers.ways import Way
from graph.rows import node_line, relationship_line
from graph.store import Hit, Store
from schema.nodes import ClaimNode, Node, ResultNode

Json = dict[str, Any]


def names_of(store: Store, claims: Sequence[ClaimNode]) -> dict[str, str]:
    """Return the names of all that the claims touch, by id."""
    ids = {end for claim in claims for end in (claim.winner, claim.loser, claim.dataset, claim.metric) if end}
    return {key: node.name for key, node in store.get(sorted(ids)).items()}


def leaderboard(board: Leaderboard, names: Mapping[str, str]) -> Json:
    """Return a leaderboard; a paper's unnamed model is "@model"."""
    return {
        "dataset": board.dataset.name,
        "groups": [_group(group) for group in board.groups],
        "claims": [_claim(claim, names) for claim in board.claims],
    }


def beats(comparison: Comparison) -> Json:
    """Return whether `a` beats `b`."""
    return {
        "winner": comparison.a.name,
        "loser": comparison.b.name,
        "benchmarks": [_benchmark(item) for item in comparison.benchmarks],
    }


def compare(comparison: Comparison) -> Json:
    """Return both ways of a comparison."""
    return {
        "a": comparison.a.name,
        "b": comparison.b.name,
        "benchmarks": [
            {**_benchmark(item), "winner": item.winner.name if item.winner else None} for item in comparison.benchmarks
        ],
    }


def hits(found: Sequence[Hit]) -> list[Json]:
    """Return what a search found, the best first."""
    return [{"kind": hit.node.kind.value, "id": hit.node.id, "name": _name(hit.node), "snippet": hit.snippet} for hit in found]


def paths(found: Sequence[Way]) -> list[list[Json]]:
    """Return each way as its relationships with their sentences."""
    return [[{**relationship_line(step.relationship), "quote": step.quote} for step in way.steps] for way in found]


def central(scores: Sequence[tuple[str, float]], nodes: Mapping[str, Node], said: Mapping[str, Sequence[Json]]) -> list[Json]:
    """Return nodes with their centrality and a sentence on each."""
    return [{**node_line(nodes[key]), "centrality": score, "evidence": list(said[key])} for key, score in scores]


def stats(store: Store) -> dict[str, int]:
    """Return how many of each the graph holds."""
    return asdict(store.stats())


def side(name: str | None, kind: str | None) -> str | None:
    """Return a claim's side: its name, or "@sota" and the like."""
    return name or (f"@{kind}" if kind else None)


def _name(node: Node) -> str:
    return getattr(node, "title", None) or node.name


def _group(group: Group) -> Json:
    return {
        "variant": group.variant,
        "metric": group.metric.name if group.metric else None,
        "metric_basis": group.metric_basis,
        "direction": group.direction,
        "setting": group.setting,
        "note": group.note,
        "rows": [_row(row) for row in group.rows],
        "more": group.more,
    }


def _row(row: Row) -> Json:
    result = row.result
    return {
        "rank": row.rank,
        "tied": row.tied,
        "system": row.system.name if row.system else "@model",
        "raw": result.raw,
        "value": result.value,
        "unit": result.unit,
        "canonical": result.canonical,
        "scaled": result.scaled,
        "bound": result.bound,
        "setting": result.setting,
        "metric_basis": result.metric_basis,
        "role": result.role,
        "paper": row.paper.id,
        "title": row.paper.title,
        "quote": result.quote,
        "start": result.start,
        "end": result.end,
        "conflicts": [_conflict(other) for other in row.conflicts],
    }


def _conflict(result: ResultNode) -> Json:
    return {
        "raw": result.raw,
        "value": result.value,
        "unit": result.unit,
        "role": result.role,
        "paper": result.paper,
        "quote": result.quote,
        "start": result.start,
        "end": result.end,
    }


def _claim(claim: ClaimNode, names: Mapping[str, str]) -> Json:
    return {
        "winner": side(names.get(claim.winner or ""), claim.winner_class),
        "loser": side(names.get(claim.loser or ""), claim.loser_class),
        "polarity": claim.polarity,
        "hedge": claim.hedge,
        "by": claim.by,
        "metric": names.get(claim.metric or ""),
        "paper": claim.paper,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
    }


def _benchmark(item: Benchmark) -> Json:
    return {
        "dataset": item.dataset.name if item.dataset else None,
        "variant": item.variant,
        "metric": item.metric.name if item.metric else None,
        "verdict": item.verdict,
        "margin": item.margin,
        "reason": item.reason,
        "inferred": item.inferred,
        "evidence": [_evidence(evidence) for evidence in item.evidence],
        "readings": [_reading(reading) for reading in item.readings],
        "nearest": item.nearest,
        "nearest_evidence": [_evidence(evidence) for evidence in item.nearest_evidence],
    }


def _reading(reading: Reading) -> Json:
    return {
        "by": reading.claim.by,
        "kind": reading.kind,
        "of": reading.of,
        "score": reading.score,
        "agrees": reading.agrees,
        "paper": reading.claim.paper,
        "quote": reading.claim.quote,
    }


def _evidence(evidence: Evidence) -> Json:
    node = evidence.node
    return {
        "kind": evidence.kind,
        "paper": evidence.paper.id,
        "title": evidence.paper.title,
        "quote": node.quote,
        "start": node.start,
        "end": node.end,
    }
