"""Two systems head to head: a verdict for each benchmark, with the sentences it rests on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.answers.dates import stated_by
from graph.answers.deltas import Reading, readings
from graph.answers.facts import claims, entity_in, is_, paper_in
from graph.answers.lookup import SYSTEM_KINDS, entity
from graph.answers.previous import Resolved, resolved_claims
from graph.answers.scores import scores_of, shared_datasets
from graph.answers.verdict import judge
from graph.request import Where
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Node, PaperNode, ResultNode

FIRST = 10  # datasets
_CLAIMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a paper: the claim or result read in it is `node`, and `kind` says which."""

    kind: str
    node: ClaimNode | ResultNode
    paper: PaperNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """The verdict on one benchmark; `dataset` is None for claims that name none. See `verdict.Verdict`.

    `inferred` says that it leans on a claim to beat the state of the art, which the graph resolves to the other system.
    `readings` are what the printed differences mean in scores. `nearest` says, for unknown, which other evidence
    comes closest, and `nearest_evidence` is that.
    """

    dataset: EntityNode | None
    variant: str | None
    metric: EntityNode | None
    verdict: str
    winner: EntityNode | None
    margin: float | None
    reason: str
    evidence: tuple[Evidence, ...]
    inferred: bool = False
    readings: tuple[Reading, ...] = ()
    nearest: str | None = None
    nearest_evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Systems `a` and `b` on every benchmark where something is known of the pair, the clearest verdicts first. Of more than
    a page of datasets, `after` is the id behind which the others follow."""

    a: EntityNode
    b: EntityNode
    benchmarks: tuple[Benchmark, ...]
    after: str | None = None


@dataclass(slots=True)
class _Scope:
    results: list[ResultNode] = field(default_factory=list)
    claims: list[ClaimNode] = field(default_factory=list)
    resolved: list[Resolved] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A verdict with the facts that it stands on, before their papers are read."""

    benchmark: Benchmark
    facts: tuple[ClaimNode | ResultNode, ...]

    @property
    def is_claimed(self) -> bool:
        return any(isinstance(fact, ClaimNode) for fact in self.facts)


_Key = tuple[str | None, str | None, str | None]  # dataset, variant, metric
_ORDER = ("both", "claimed", "computed", "contradicted", "not_comparable", "unknown")


def compare(
    store: Store,
    a: str,
    b: str,
    *,
    on: str | None = None,
    as_of: str | None = None,
    first: int = FIRST,
    after: str | None = None,
) -> Comparison:
    """Return the verdicts on two systems, on one dataset if named, as known at a date (ISO 8601): of the `first` datasets
    behind the id `after`.

    Raises UnknownName for a name that isn't in the graph.
    """
    one, other = entity(store, a, SYSTEM_KINDS), entity(store, b, SYSTEM_KINDS)
    dataset = entity(store, on, (NodeKind.DATASET,)) if on else None
    known = stated_by(as_of)
    said = _said(store, one, other, dataset, known)
    shared, more = ((dataset.id,), False) if dataset else shared_datasets(store, one, other, known, first, after)
    spoken = {claim.dataset for claim in said if claim.dataset and (claim.dataset > (after or ""))}
    datasets = tuple(sorted({*shared, *spoken}))[:first]
    end = datasets[-1] if more or len({*shared, *spoken}) > first else None
    said = [claim for claim in said if claim.dataset in datasets or (claim.dataset is None and after is None)]
    scopes = _scopes(scores_of(store, (one, other), datasets, known), said)
    for each in resolved_claims(store, one, other, datasets, known):
        scopes[each.key].resolved.append(each)
    nodes = store.get(sorted({end for dataset, _, metric in scopes for end in (dataset, metric) if end}))
    judged = [_benchmark(one, other, key, scope, nodes) for key, scope in scopes.items()]
    telling = [item for item in judged if item.benchmark.verdict != "unknown" or item.is_claimed]
    benchmarks = _quoted(store, telling or (judged if dataset else []))
    if dataset and not telling:
        # Asked of one dataset, the nearest evidence is better than nothing.
        benchmarks = [_with_nearest(store, one, other, item, as_of) for item in benchmarks or [_silence(one, other, dataset)]]
    return Comparison(a=one, b=other, benchmarks=tuple(sorted(benchmarks, key=_clearest_first)), after=end)


def beats(
    store: Store,
    winner: str,
    loser: str,
    *,
    on: str | None = None,
    as_of: str | None = None,
    first: int = FIRST,
    after: str | None = None,
) -> Comparison:
    """Return what is known of "winner beats loser": evidence for the opposite, or for a tie, contradicts it.

    Raises UnknownName for a name that isn't in the graph.
    """
    comparison = compare(store, winner, loser, on=on, as_of=as_of, first=first, after=after)
    return replace(comparison, benchmarks=tuple(_for(comparison.a, item) for item in comparison.benchmarks))


def _for(winner: EntityNode, item: Benchmark) -> Benchmark:
    if item.verdict not in ("both", "claimed", "computed") or (item.winner and item.winner.id == winner.id):
        return item
    return replace(item, verdict="contradicted", reason=f"the evidence is against it: {item.reason}")


def _said(store: Store, one: EntityNode, other: EntityNode, dataset: EntityNode | None, known: Where) -> list[ClaimNode]:
    where = (is_("dataset", dataset.id),) if dataset else ()
    ways = ((one.id, other.id), (other.id, one.id))
    return [
        claim
        for winner, loser in ways
        for claim in claims(store, is_("winner", winner), is_("loser", loser), *where, known, first=_CLAIMS)
    ]


def _scopes(found: Sequence[ResultNode], said: Sequence[ClaimNode]) -> dict[_Key, _Scope]:
    """Return the facts by benchmark; a claim that leaves variant or metric open joins the one benchmark that fits it."""
    scopes: dict[_Key, _Scope] = defaultdict(_Scope)
    for result in found:
        scopes[(result.dataset, result.variant, result.metric)].results.append(result)
    scored = tuple(scopes)
    for claim in said:
        fits = [key for key in scored if claim.dataset and _fits(claim, key)]
        key = fits[0] if len(fits) == 1 else (claim.dataset, claim.variant, claim.metric)
        scopes[key].claims.append(claim)
    return scopes


def _fits(claim: ClaimNode, key: _Key) -> bool:
    dataset, variant, metric = key
    return claim.dataset == dataset and claim.variant in (None, variant) and claim.metric in (None, metric)


def _benchmark(one: EntityNode, other: EntityNode, key: _Key, scope: _Scope, nodes: Mapping[str, Node]) -> _Judged:
    dataset, variant, metric = (entity_in(nodes, key[0]), key[1], entity_in(nodes, key[2]))
    direction = (metric.direction if metric else None) or "unknown"
    names = {one.id: one.name, other.id: other.name}
    said = judge(one.id, other.id, scope.results, scope.claims, direction, (one.name, other.name))
    inferred = [each for each in scope.resolved if said.winner in (None, each.winner)]
    if inferred and said.verdict in ("computed", "unknown", "not_comparable") and not scope.claims:
        verdict = "both" if said.winner else "claimed"
        reason = "; ".join([inferred[0].reason(names), *([said.reason] if said.winner else [])])
        said = replace(said, verdict=verdict, winner=inferred[0].winner, reason=reason)
    else:
        inferred = []
    if dataset is None:
        said = replace(said, margin=None, reason=f"{said.reason}; benchmark unstated")
    winner = {one.id: one, other.id: other}.get(said.winner or "")
    facts: list[ClaimNode | ResultNode] = [*scope.claims, *(each.claim for each in inferred)]
    shown = said.compared or (() if scope.claims else scope.results)
    # Where nothing is decided, every score is shown, so that a reader can see why.
    facts += list(dict.fromkeys([*shown, *(each.previous for each in inferred)]))
    benchmark = Benchmark(
        dataset=dataset,
        variant=variant,
        metric=metric,
        verdict=said.verdict,
        winner=winner,
        margin=said.margin,
        reason=said.reason,
        evidence=(),
        inferred=bool(inferred),
        readings=readings(scope.claims, scope.results, direction),
    )
    return _Judged(benchmark, tuple(facts))


def _quoted(store: Store, judged: Sequence[_Judged]) -> list[Benchmark]:
    """Return verdicts with their evidence; only the papers that it quotes are read."""
    papers = store.get(sorted({fact.paper for item in judged for fact in item.facts}))
    return [replace(item.benchmark, evidence=tuple(_evidence(fact, papers) for fact in item.facts)) for item in judged]


def _evidence(fact: ClaimNode | ResultNode, nodes: Mapping[str, Node]) -> Evidence:
    kind = "claim" if isinstance(fact, ClaimNode) else "result"
    return Evidence(kind=kind, node=fact, paper=paper_in(nodes, fact.paper))


def _with_nearest(store: Store, one: EntityNode, other: EntityNode, item: Benchmark, as_of: str | None) -> Benchmark:
    """Return an unknown verdict with the evidence that comes closest: the pair elsewhere, else either's scores here."""
    elsewhere = compare(store, one.id, other.id, as_of=as_of, first=5).benchmarks
    if elsewhere:
        near = elsewhere[0]
        where = near.dataset.name if near.dataset else "a benchmark that isn't named"
        metric = f" by {near.metric.name}" if near.metric else ""
        nearest = f"nearest: on {where}{metric} it is {near.verdict}: {near.reason}"
        return replace(item, nearest=nearest, nearest_evidence=near.evidence)
    if item.evidence:
        return replace(item, nearest="nearest: the scores of one of them here")
    return item


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
