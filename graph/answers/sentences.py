"""What a stored BEATS rests on: the claims and results of its papers, for many BEATS at once."""

from collections.abc import Mapping, Sequence

from graph.answers.facts import claims, in_, results
from graph.request import Sort
from graph.store import Store
from schema.nodes import ClaimNode, Relationship, ResultNode

_BY_PLACE = (Sort("paper"), Sort("start"))


def sentences_of(store: Store, edges: Sequence[Relationship]) -> Mapping[tuple[str, ...], tuple[ClaimNode | ResultNode, ...]]:
    """Return, by the key of each BEATS, its claims, then its results, each in order of paper and place."""
    papers = {str(paper) for edge in edges for paper in _papers(edge)}
    systems = {end for edge in edges for end in (edge.head, edge.tail)}
    where = (in_("paper", sorted(papers)), in_("dataset", sorted({edge.dataset or "" for edge in edges})))
    if not edges:
        return {}
    said = claims(store, *where, in_("winner", sorted(systems)), in_("loser", sorted(systems)), sort=_BY_PLACE)
    scores = results(store, *where, in_("subject", sorted(systems)), sort=_BY_PLACE)
    facts: tuple[ClaimNode | ResultNode, ...] = (*said, *scores)
    return {edge.key: tuple(fact for fact in facts if supports(fact, edge)) for edge in edges}


def supports(fact: ClaimNode | ResultNode, edge: Relationship) -> bool:
    """Return whether a claim or result is one that a BEATS rests on."""
    verdict = edge.props["verdict"]
    if fact.dataset != edge.dataset or fact.paper not in _papers(edge):
        return False
    if isinstance(fact, ResultNode):
        return verdict != "claimed" and fact.subject in (edge.head, edge.tail) and fact.metric == edge.metric
    wins = fact.polarity == "better" and fact.aspect == "quality"
    ends = (fact.winner, fact.loser) == (edge.head, edge.tail)
    return verdict != "computed" and wins and ends and fact.metric in (None, edge.metric)


def _papers(edge: Relationship) -> tuple[str, ...]:
    papers = edge.props["papers"]
    return tuple(map(str, papers)) if isinstance(papers, tuple | list) else ()
