"""What a stored BEATS rests on: the claims and results of its papers, loaded for a whole cohort of BEATS at once."""

from collections.abc import Iterable, Mapping, Sequence

from api.context import Cohort, Item
from graph.request import AllOf, Condition, Op, Request, Sort
from schema.kinds import NodeKind
from schema.nodes import Relationship

_BY_PLACE = (Sort("paper"), Sort("start"))


def evidence(item: Item) -> Sequence[Item]:
    """Return the claims, then the results that a BEATS rests on, each in order of paper and place."""
    return item.cohort.once("evidence", _load)[item.node.key]


def _load(cohort: Cohort) -> Mapping[tuple[str, ...], Sequence[Item]]:
    edges = [item.node for item in cohort.items]
    systems = _ids(end for edge in edges for end in (edge.head, edge.tail))
    places = AllOf(
        (
            Condition("paper", Op.IN, _ids(paper for edge in edges for paper in edge.props["papers"])),
            Condition("dataset", Op.IN, _ids(edge.dataset for edge in edges)),
        )
    )
    won = AllOf((places, Condition("winner", Op.IN, systems), Condition("loser", Op.IN, systems)))
    scored = AllOf((places, Condition("subject", Op.IN, systems)))
    store = cohort.context.store
    claims = store.find(Request(kinds=(NodeKind.CLAIM,), where=won, sort=_BY_PLACE))
    results = store.find(Request(kinds=(NodeKind.RESULT,), where=scored, sort=_BY_PLACE))
    facts = Cohort(cohort.context, (*claims, *results)).items
    return {edge.key: [fact for fact in facts if _supports(fact, edge)] for edge in edges}


def _ids(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _supports(item: Item, edge: Relationship) -> bool:
    fact, verdict = item.node, edge.props["verdict"]
    if fact.dataset != edge.dataset or fact.paper not in edge.props["papers"]:  # type: ignore[operator]
        return False
    if fact.kind is NodeKind.RESULT:
        return verdict != "claimed" and fact.subject in (edge.head, edge.tail) and fact.metric == edge.metric
    wins = fact.polarity == "better" and fact.aspect == "quality"
    return (
        verdict != "computed"
        and wins
        and (fact.winner, fact.loser) == (edge.head, edge.tail)
        and fact.metric in (None, edge.metric)
    )
