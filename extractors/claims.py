"""Claims of an abstract: who is better than whom, on what, by how much, and how sure the sentence is.

Candidates are taken from each comparing sentence (losers, winners, claim_datasets); scorers that know what annotators accepted
rate each loser, then rank the winners against it, then rate each dataset. Ties and costs are read by rules (ruled_claims).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from extractors.claim_datasets import dataset_candidates
from extractors.comparison import BROAD, Comparison, comparisons
from extractors.deltas import find_delta
from extractors.losers import loser_candidates
from extractors.ranker import load_ranker
from extractors.reading import Reading
from extractors.scorer import load_scorer
from extractors.triggers import Trigger
from extractors.winners import winner_candidates
from schema.kinds import NodeKind
from schema.records import Aspect, Claim, Polarity

# Below these a claim is more often wrong than its like is worth, measured across the training abstracts.
NAMED, SOTA, BASELINE = 0.3, 0.4, 0.25
ON = 0.45  # of a dataset
SURE = 0.25  # of a pair with its dataset


def find_claims(reading: Reading) -> Iterator[Claim]:
    """Yield the claims that the abstract makes, each (winner, loser, dataset) once for each polarity."""
    found = [*_surest(claim for comparison in comparisons(reading) for claim in _wins(comparison))]
    found += [claim for comparison in comparisons(reading) for claim in _other_claims(comparison)]
    seen = set()
    for claim in sorted(found, key=lambda claim: claim.evidence.start):
        key = (claim.winner, claim.loser, claim.dataset, claim.polarity, claim.aspect)
        if claim.winner != claim.loser and key not in seen:
            seen.add(key)
            yield claim


def annotate(doc: Doc) -> Doc:
    """Note the claims that the document makes."""
    doc._.claims = tuple(find_claims(doc._.reading))
    return doc


def _wins(comparison: Comparison) -> Iterator[Claim]:
    claims = list(_rated_wins(comparison))
    # "Other methods" go without saying where some of them are named.
    named = any(not (claim.loser or "").startswith("@") for claim in claims)
    return (claim for claim in claims if not named or BROAD.get(claim.loser or "", claim.loser) != "@baseline")


def _rated_wins(comparison: Comparison) -> Iterator[Claim]:
    for loser, probability in _losers(comparison).items():
        for winner, sure in _winners(comparison, loser).items():
            pair = probability * sure
            if pair >= (SOTA if loser == "@sota" else BASELINE if loser == "@baseline" else NAMED):
                for dataset, on in _datasets(comparison, loser).items():
                    if pair * on >= SURE:
                        yield _claim(comparison, winner, loser, dataset, pair * on)


def _surest(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield of each pair what its surest sentence says: another that repeats the claim may be silent about the dataset."""
    pairs: dict[tuple[str | None, str | None], list[Claim]] = {}
    for claim in claims:
        pairs.setdefault((claim.winner, claim.loser), []).append(claim)
    for stated in pairs.values():
        best = max(stated, key=lambda claim: claim.confidence)
        yield from (claim for claim in stated if claim.evidence == best.evidence)


def _other_claims(comparison: Comparison) -> Iterator[Claim]:
    yield from (c for c in comparison.ruled if c.polarity is not Polarity.BETTER)
    yield from (c for c in comparison.wins if c.aspect is Aspect.EFFICIENCY)


def _losers(comparison: Comparison) -> dict[str, float]:
    """Return the losers that are worth ranking winners against, with how probable each is, the surest first."""
    scorer = load_scorer("claim_losers")
    rated = {name: scorer.probabilities({"bias", *features}).get("yes", 0.0) for name, features in loser_candidates(comparison)}
    likely = (name for name in rated if rated[name] >= min(NAMED, SOTA, BASELINE))
    return {name: rated[name] for name in sorted(likely, key=lambda name: -rated[name])}


def _winners(comparison: Comparison, loser: str) -> dict[str, float]:
    """Return the winner against a loser, or the winners where a list of them wins together, with how probable they are."""
    names, features = zip(*winner_candidates(comparison, loser), strict=True)
    rated = dict(zip(names, load_ranker("claim_winners").probabilities(features), strict=True))
    best = max(rated, key=lambda name: rated[name])
    place = next((p for p in comparison.named if p.name == best), None)
    # The paper's own system wins alone; of others, all that stand in one list.
    alone = place is None or any(entity.name == best for entity in comparison.introduced)
    together = set() if alone or place is None else {p.name for p in comparison.listed(place)} - {loser}
    winners = [name for name in rated if name == best or (name in together and rated[name] > 0.7 * rated[best])]
    return dict.fromkeys(winners, sum(rated[name] for name in winners))


def _datasets(comparison: Comparison, loser: str) -> dict[str | None, float]:
    scorer = load_scorer("claim_benchmarks")
    rated = {
        name: scorer.probabilities({"bias", *features}).get("yes", 0.0)
        for name, features in dataset_candidates(comparison, loser)
    }
    found: dict[str | None, float] = {name: probability for name, probability in rated.items() if probability >= ON}
    return found or {None: 1 - max(rated.values(), default=0.0)}


def _claim(comparison: Comparison, winner: str, loser: str, dataset: str | None, confidence: float) -> Claim:
    """Return the claim with the finer slots that the rules read, if they read the same pair."""
    reading, start, end = comparison.reading, comparison.start, comparison.end
    alike = [claim for claim in comparison.wins if BROAD.get(claim.loser or "", claim.loser) == loser]
    if alike:
        model = next((claim for claim in alike if claim.winner == winner), alike[0])
        quality = any(claim.aspect is Aspect.QUALITY for claim in alike)
        return replace(
            model,
            winner=winner,
            dataset=dataset,
            aspect=Aspect.QUALITY if quality else Aspect.EFFICIENCY,
            confidence=round(confidence, 3),
            rule=f"claims/{model.rule}",
        )
    anchor = comparison.anchors[0]
    trigger = Trigger(anchor.start, anchor.end, anchor.kind, Polarity.BETTER, Aspect.QUALITY)
    by, delta = find_delta(reading.text, start, end, trigger)
    return Claim(
        winner=winner,
        loser=loser,
        dataset=dataset,
        metric=next((place.name for place in comparison.places if place.label is NodeKind.METRIC), None),
        polarity=Polarity.BETTER,
        by=by,
        delta=delta,
        evidence=reading.span(start, end),
        confidence=round(confidence, 3),
        rule=f"claims/{anchor.kind}",
    )
