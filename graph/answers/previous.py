"""Who "the previous state of the art" was: the best comparable result that was known before the claim's paper.

Worked out whenever it is asked, so that an older paper that arrives later changes it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.answers.dates import date_of, stated_before
from graph.answers.facts import claims, entity_in, in_, is_, paper_in, results
from graph.request import Condition, Op, Sort, Where
from graph.store import Store
from schema.nodes import ClaimNode, EntityNode, PaperNode, ResultNode

_CLASSES = ("sota", "previous")
_CLAIMS = 20
_BENCHMARKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A claim to beat the state of the art, and the result that was the best before it, on one benchmark."""

    claim: ClaimNode
    paper: PaperNode
    previous: ResultNode

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        """The benchmark: dataset, variant and metric."""
        return (self.previous.dataset, self.previous.variant, self.previous.metric)

    @property
    def winner(self) -> str:
        """The id of the system that the claim is for."""
        return self.claim.winner or ""

    def reason(self, names: Mapping[str, str]) -> str:
        """Return what it comes to in words."""
        before = date_of(self.paper)
        unit = f" {self.previous.unit}" if self.previous.unit else ""
        return (
            f"one paper says that {names.get(self.winner, 'it')} is better than the state of the art, and of what was known"
            f" before {before}, {self.previous.value:g}{unit} of {names.get(self.previous.subject or '', 'it')} is best"
            " (inferred)"
        )


def resolved_claims(
    store: Store, one: EntityNode, other: EntityNode, datasets: Sequence[str], known: Where
) -> Iterator[Resolved]:
    """Yield the claims of either system to beat the state of the art on these datasets, where that was the other one."""
    for winner, loser in ((one, other), (other, one)):
        # Who beats a class names no loser; said so, an index leads to these claims alone.
        where = (
            is_("winner", winner.id),
            is_("loser", None),
            in_("loser_class", _CLASSES),
            is_("polarity", "better"),
            is_("aspect", "quality"),
        )
        for claim in claims(store, *where, in_("dataset", datasets), known, first=_CLAIMS):
            yield from (each for each in previous_best(store, claim, known) if each.previous.subject == loser.id)


def previous_best(store: Store, claim: ClaimNode, known: Where) -> Iterator[Resolved]:
    """Yield the best result known before a claim's date on each benchmark of its dataset that the claim may mean; none where
    the date, the dataset or the metric's direction is unknown."""
    paper = paper_in(store.get([claim.paper]), claim.paper)
    date = date_of(paper)
    if date is None or claim.dataset is None:
        return
    for sample in _benchmarks(store, claim):
        metric = entity_in(store.get([sample.metric] if sample.metric else []), sample.metric)
        direction = metric.direction if metric else None
        if direction not in ("higher", "lower"):
            continue
        best = results(
            store,
            is_("benchmark", sample.benchmark),
            Condition("canonical", Op.GT, float("-inf")),
            stated_before(date),
            known,
            sort=(Sort("canonical", descending=direction == "higher"),),
            first=1,
        )
        yield from (Resolved(claim=claim, paper=paper, previous=result) for result in best)


def _benchmarks(store: Store, claim: ClaimNode) -> Iterator[ResultNode]:
    """Yield a result of each benchmark of the claim's dataset that fits its variant and metric."""
    last = ""
    by = (is_("metric", claim.metric),) if claim.metric else ()
    on = (is_("variant", claim.variant),) if claim.variant else ()
    for _ in range(_BENCHMARKS):
        behind = Condition("benchmark", Op.GT, last)
        found = results(store, is_("dataset", claim.dataset), behind, *by, *on, sort=(Sort("benchmark"),), first=1)
        if not found:
            return
        last = found[0].benchmark or ""
        yield found[0]
