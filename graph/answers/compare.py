"""Two systems head to head: a verdict for each benchmark, with the sentences it rests on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.answers.dates import known_by
from graph.answers.lookup import SYSTEM_KINDS, entity
from graph.answers.verdict import judge
from graph.request import AllOf, AnyOf, Condition, Op, Request
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Node, PaperNode, ResultNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a paper: the claim or result read in it is `node`, and `kind` says which."""

    kind: str
    node: ClaimNode | ResultNode
    paper: PaperNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """The verdict on one benchmark; `dataset` is None for claims that name none. See `verdict.Verdict`."""

    dataset: EntityNode | None
    variant: str | None
    metric: EntityNode | None
    verdict: str
    winner: EntityNode | None
    margin: float | None
    reason: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Systems `a` and `b` on every benchmark where something is known of the pair, the clearest verdicts first."""

    a: EntityNode
    b: EntityNode
    benchmarks: tuple[Benchmark, ...]


@dataclass(slots=True)
class _Scope:
    results: list[ResultNode] = field(default_factory=list)
    claims: list[ClaimNode] = field(default_factory=list)


_Key = tuple[str | None, str | None, str | None]  # dataset, variant, metric
_ORDER = ("both", "claimed", "computed", "contradicted", "not_comparable", "unknown")


def compare(store: Store, a: str, b: str, *, on: str | None = None, as_of: str | None = None) -> Comparison:
    """Return the verdicts on two systems, on one dataset if named, as known at a date (ISO 8601).

    Raises UnknownName for a name that isn't in the graph.
    """
    one, other = entity(store, a, SYSTEM_KINDS), entity(store, b, SYSTEM_KINDS)
    dataset = entity(store, on, (NodeKind.DATASET,)) if on else None
    results, claims = _facts(store, one, other, dataset)
    facts: list[ResultNode | ClaimNode] = [*results, *claims]
    ids = {end for fact in facts for end in (fact.paper, fact.dataset, fact.metric) if end}
    nodes = store.get(sorted(ids))
    scopes = _scopes(
        [result for result in results if _is_known(nodes, result.paper, as_of)],
        [claim for claim in claims if _is_known(nodes, claim.paper, as_of)],
    )
    benchmarks = [_benchmark(one, other, key, scope, nodes) for key, scope in scopes.items()]
    telling = [item for item in benchmarks if item.verdict != "unknown" or _is_claimed(item)]
    if dataset and not telling:
        # Asked of one dataset, the nearest evidence is better than nothing.
        telling = benchmarks or [_silence(one, other, dataset)]
    return Comparison(a=one, b=other, benchmarks=tuple(sorted(telling, key=_clearest_first)))


def beats(store: Store, winner: str, loser: str, *, on: str | None = None, as_of: str | None = None) -> Comparison:
    """Return what is known of "winner beats loser": evidence for the opposite, or for a tie, contradicts it.

    Raises UnknownName for a name that isn't in the graph.
    """
    comparison = compare(store, winner, loser, on=on, as_of=as_of)
    return replace(comparison, benchmarks=tuple(_for(comparison.a, item) for item in comparison.benchmarks))


def _for(winner: EntityNode, item: Benchmark) -> Benchmark:
    if item.verdict not in ("both", "claimed", "computed") or (item.winner and item.winner.id == winner.id):
        return item
    return replace(item, verdict="contradicted", reason=f"the evidence is against it: {item.reason}")


def _facts(
    store: Store, one: EntityNode, other: EntityNode, dataset: EntityNode | None
) -> tuple[list[ResultNode], list[ClaimNode]]:
    where = AllOf((Condition("dataset", Op.EQ, dataset.id),) if dataset else ())
    pair = (one.id, other.id)
    subjects = AllOf((where, Condition("subject", Op.IN, pair), Condition("dataset", Op.GT, "")))
    found = store.find(Request(kinds=(NodeKind.RESULT,), where=subjects))
    sides = AnyOf(tuple(AllOf((Condition("winner", Op.EQ, x), Condition("loser", Op.EQ, y))) for x, y in (pair, pair[::-1])))
    said = store.find(Request(kinds=(NodeKind.CLAIM,), where=AllOf((where, sides))))
    results = [node for node in found if isinstance(node, ResultNode)]
    shared = _datasets(results, one.id) & _datasets(results, other.id)
    spoken = {claim.dataset for claim in said if isinstance(claim, ClaimNode)}
    relevant = [node for node in results if dataset or node.dataset in shared | spoken]
    return relevant, [node for node in said if isinstance(node, ClaimNode)]


def _datasets(results: Sequence[ResultNode], system: str) -> set[str | None]:
    return {result.dataset for result in results if result.subject == system}


def _is_claimed(item: Benchmark) -> bool:
    return any(evidence.kind == "claim" for evidence in item.evidence)


def _is_known(nodes: Mapping[str, Node], paper: str, as_of: str | None) -> bool:
    node = nodes.get(paper)
    return isinstance(node, PaperNode) and known_by(node, as_of)


def _scopes(results: Sequence[ResultNode], claims: Sequence[ClaimNode]) -> dict[_Key, _Scope]:
    """Return the facts by benchmark; a claim that leaves variant or metric open joins the one benchmark that fits it."""
    scopes: dict[_Key, _Scope] = defaultdict(_Scope)
    for result in results:
        scopes[(result.dataset, result.variant, result.metric)].results.append(result)
    scored = tuple(scopes)
    for claim in claims:
        fits = [key for key in scored if claim.dataset and _fits(claim, key)]
        key = fits[0] if len(fits) == 1 else (claim.dataset, claim.variant, claim.metric)
        scopes[key].claims.append(claim)
    return scopes


def _fits(claim: ClaimNode, key: _Key) -> bool:
    dataset, variant, metric = key
    return claim.dataset == dataset and claim.variant in (None, variant) and claim.metric in (None, metric)


def _benchmark(one: EntityNode, other: EntityNode, key: _Key, scope: _Scope, nodes: Mapping[str, Node]) -> Benchmark:
    dataset, variant, metric = (_entity(nodes, key[0]), key[1], _entity(nodes, key[2]))
    direction = (metric.direction if metric else None) or "unknown"
    said = judge(one.id, other.id, scope.results, scope.claims, direction, (one.name, other.name))
    if dataset is None:
        said = replace(said, margin=None, reason=f"{said.reason}; benchmark unstated")
    winner = {one.id: one, other.id: other}.get(said.winner or "")
    facts: list[tuple[str, ClaimNode | ResultNode]] = [("claim", claim) for claim in scope.claims]
    # Where nothing is decided, every score is shown, so that a reader can see why.
    facts += [("result", result) for result in said.compared or (() if scope.claims else scope.results)]
    papers = ((kind, fact, nodes[fact.paper]) for kind, fact in facts)
    return Benchmark(
        dataset=dataset,
        variant=variant,
        metric=metric,
        verdict=said.verdict,
        winner=winner,
        margin=said.margin,
        reason=said.reason,
        evidence=tuple(
            Evidence(kind=kind, node=fact, paper=paper) for kind, fact, paper in papers if isinstance(paper, PaperNode)
        ),
    )


def _entity(nodes: Mapping[str, Node], key: str | None) -> EntityNode | None:
    node = nodes.get(key) if key else None
    return node if isinstance(node, EntityNode) else None


def _silence(one: EntityNode, other: EntityNode, dataset: EntityNode) -> Benchmark:
    return Benchmark(
        dataset=dataset,
        variant=None,
        metric=None,
        verdict="unknown",
        winner=None,
        margin=None,
        reason=f"no paper in the graph claims it, and none prints a score of {one.name} or {other.name} on {dataset.name}",
        evidence=(),
    )


def _clearest_first(item: Benchmark) -> tuple[int, int, str, str, str]:
    return (
        _ORDER.index(item.verdict),
        -len(item.evidence),
        item.dataset.id if item.dataset else "~",
        item.variant or "",
        item.metric.id if item.metric else "",
    )
