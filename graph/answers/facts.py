"""The few ways in which answers ask for results and claims; what a person has rejected never counts."""

from collections.abc import Iterable, Mapping, Sequence

from graph.request import AllOf, Condition, Not, Op, Request, Scalar, Sort, Where
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Node, PaperNode, ResultNode

COUNTED = Not(Condition("review", Op.EQ, "rejected"))


def results(
    store: Store, *where: Where, sort: Sequence[Sort] = (), first: int | None = None, after: tuple[Scalar, ...] | None = None
) -> tuple[ResultNode, ...]:
    """Return a page of results that hold to all conditions."""
    found = store.find(_request(NodeKind.RESULT, where, sort, first, after))
    return tuple(node for node in found if isinstance(node, ResultNode))


def claims(
    store: Store, *where: Where, sort: Sequence[Sort] = (), first: int | None = None, after: tuple[Scalar, ...] | None = None
) -> tuple[ClaimNode, ...]:
    """Return a page of claims that hold to all conditions."""
    found = store.find(_request(NodeKind.CLAIM, where, sort, first, after))
    return tuple(node for node in found if isinstance(node, ClaimNode))


def results_each(
    store: Store, field: str, keys: Sequence[str], *where: Where, sort: Sequence[Sort] = (), first: int | None = None
) -> dict[str, tuple[ResultNode, ...]]:
    """Return, for each key, the first results that have it in a field and hold to all conditions."""
    request = _request(NodeKind.RESULT, where, sort, first, None)
    pages = store.find_each(request, ends=(field,), ids=tuple(dict.fromkeys(keys))) if keys else {}
    return {key: tuple(node for node in nodes if isinstance(node, ResultNode)) for key, nodes in pages.items()}


def counts_each(store: Store, field: str, keys: Sequence[str], *where: Where) -> dict[str, int]:
    """Return, for each key, how many results have it in a field and hold to all conditions, rejected ones too."""
    request = Request(kinds=(NodeKind.RESULT,), where=AllOf(where))
    return dict(store.count_each(request, ends=(field,), ids=tuple(keys)))


def is_(field: str, value: Scalar) -> Condition:
    """Return the condition that a field has a value, or has none for None."""
    return Condition(field, Op.EQ, value)


def in_(field: str, values: Iterable[Scalar]) -> Condition:
    """Return the condition that a field has one of these values."""
    return Condition(field, Op.IN, tuple(values))


def ends_of(facts: Iterable[ResultNode | ClaimNode]) -> tuple[str, ...]:
    """Return the ids of the papers and entities that facts name, sorted."""
    ids: set[str | None] = set()
    for fact in facts:
        ids |= {fact.paper, fact.dataset, fact.metric}
        ids |= {fact.subject} if isinstance(fact, ResultNode) else {fact.winner, fact.loser}
    return tuple(sorted(key for key in ids if key))


def entity_in(nodes: Mapping[str, Node], key: str | None) -> EntityNode | None:
    """Return the entity with this id among nodes at hand."""
    node = nodes.get(key) if key else None
    return node if isinstance(node, EntityNode) else None


def paper_in(nodes: Mapping[str, Node], key: str) -> PaperNode:
    """Return the paper with this id among nodes at hand; every fact has its paper."""
    node = nodes[key]
    if not isinstance(node, PaperNode):
        raise TypeError(f"{key} is a {node.kind}, not a paper")
    return node


def _request(
    kind: NodeKind, where: Sequence[Where], sort: Sequence[Sort], first: int | None, after: tuple[Scalar, ...] | None
) -> Request:
    return Request(kinds=(kind,), where=AllOf((*where, COUNTED)), sort=tuple(sort), first=first, after=after)
