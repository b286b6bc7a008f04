"""Who scores what on a dataset, in groups whose rows may be compared, each with its sentence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.answers.dates import known_by
from graph.answers.lookup import entity
from graph.request import AllOf, Condition, Op, Request
from graph.store import Store
from schema.conditions import typed
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Node, PaperNode, ResultNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One result in its group. `rank` is shared by ties, and None where the row can't be ranked; `system` is None for a
    paper's unnamed model."""

    rank: int | None
    system: EntityNode | None
    result: ResultNode
    paper: PaperNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that one ruler measures: same variant, metric, parameters, and no known setting in conflict.

    `setting` names the typed settings that set this group apart, `note` says why rows are not ranked.
    """

    variant: str | None
    metric: EntityNode | None
    metric_basis: str | None
    direction: str
    setting: str | None
    note: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """All groups of a dataset, the largest first, and the claims on it whose winner prints no score there."""

    dataset: EntityNode
    groups: tuple[Group, ...]
    claims: tuple[ClaimNode, ...]


def leaderboard(store: Store, dataset: str, *, metric: str | None = None, as_of: str | None = None) -> Leaderboard:
    """Return the leaderboard of a dataset, of one metric if named, as known at a date (ISO 8601).

    Raises UnknownName for a dataset or metric that isn't in the graph.
    """
    board = entity(store, dataset, (NodeKind.DATASET,))
    only = entity(store, metric, (NodeKind.METRIC,)) if metric else None
    results = _facts(store, NodeKind.RESULT, board, only)
    claims = _facts(store, NodeKind.CLAIM, board, only)
    nodes = store.get(sorted({key for fact in (*results, *claims) for key in _ends(fact)}))
    known = [result for result in results if isinstance(result, ResultNode) and _is_known(nodes, result.paper, as_of)]
    groups = tuple(_groups(known, nodes))
    scored = {result.subject or result.paper for result in known}
    return Leaderboard(
        dataset=board,
        groups=groups,
        claims=tuple(
            claim
            for claim in claims
            if isinstance(claim, ClaimNode)
            and _is_known(nodes, claim.paper, as_of)
            and (claim.winner or claim.paper) not in scored
        ),
    )


def _facts(store: Store, kind: NodeKind, dataset: EntityNode, metric: EntityNode | None) -> tuple[Node, ...]:
    where = [Condition("dataset", Op.EQ, dataset.id)]
    if metric:
        where.append(Condition("metric", Op.EQ, metric.id))
    return store.find(Request(kinds=(kind,), where=AllOf(tuple(where))))


def _ends(fact: Node) -> Iterable[str]:
    match fact:
        case ResultNode():
            ends = [fact.paper, fact.subject, fact.metric]
        case ClaimNode():
            ends = [fact.paper, fact.winner, fact.loser]
        case _:
            ends = []
    return [end for end in ends if end]


def _is_known(nodes: Mapping[str, Node], paper: str, as_of: str | None) -> bool:
    node = nodes.get(paper)
    return isinstance(node, PaperNode) and known_by(node, as_of)


def _groups(results: Sequence[ResultNode], nodes: Mapping[str, Node]) -> list[Group]:
    piles: dict[tuple[str | None, str | None], list[ResultNode]] = defaultdict(list)
    for result in results:
        piles[(result.variant, result.metric)].append(result)
    groups = [
        _group(variant, metric, setting, part, nodes)
        for (variant, metric), pile in piles.items()
        for setting, part in _split_by_setting(pile).items()
    ]
    return sorted(groups, key=lambda g: (-len(g.rows), g.variant or "", g.metric.id if g.metric else "~", g.setting or ""))


def _split_by_setting(results: Sequence[ResultNode]) -> dict[str | None, list[ResultNode]]:
    """Return the results by those typed settings of which two values are known; free text never splits."""
    values: dict[str, set[str]] = defaultdict(set)
    for result in results:
        for name, value in typed(result.setting).items():
            values[name].add(value)
    conflicting = sorted(name for name, seen in values.items() if len(seen) > 1)
    parts: dict[str | None, list[ResultNode]] = defaultdict(list)
    for result in results:
        known = typed(result.setting)
        parts[", ".join(f"{name}: {known[name]}" for name in conflicting if name in known) or None].append(result)
    return parts


def _group(
    variant: str | None, metric: str | None, setting: str | None, results: Sequence[ResultNode], nodes: Mapping[str, Node]
) -> Group:
    node = nodes.get(metric) if metric else None
    found = node if isinstance(node, EntityNode) else None
    direction = (found.direction if found else None) or "unknown"
    bases = {result.metric_basis for result in results}
    return Group(
        variant=variant,
        metric=found,
        metric_basis="stated" if "stated" in bases else "inferred" if "inferred" in bases else None,
        direction=direction,
        setting=setting,
        note=_note(found, direction),
        rows=tuple(_ranked(results, direction, nodes)),
    )


def _note(metric: EntityNode | None, direction: str) -> str | None:
    if metric is None:
        return "not ranked: the abstracts name no metric"
    if direction == "unknown":
        return f"not ranked: whether more {metric.name} is better is not known"
    return None


def _ranked(results: Sequence[ResultNode], direction: str, nodes: Mapping[str, Node]) -> Iterable[Row]:
    def order(result: ResultNode) -> tuple[bool, float, str, str]:
        if direction == "unknown" or result.canonical is None:
            return (True, 0.0, result.subject or "", result.id)
        value = -result.canonical if direction == "higher" else result.canonical
        return (False, value, result.subject or "", result.id)

    rank, last = 0, None
    for place, result in enumerate(sorted(results, key=order), start=1):
        ranked = direction != "unknown" and result.canonical is not None
        if ranked and result.canonical != last:
            rank, last = place, result.canonical
        system = nodes.get(result.subject) if result.subject else None
        paper = nodes[result.paper]
        if isinstance(paper, PaperNode):
            yield Row(
                rank=rank if ranked else None,
                system=system if isinstance(system, EntityNode) else None,
                result=result,
                paper=paper,
            )
