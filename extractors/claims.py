"""Claims of an abstract: who is better than whom, on what, by how much, and how sure the sentence is.

Rules propose (ruled_claims), and scorers that know what annotators accepted dispose: each system of a comparing sentence, and
each class of unnamed losers, is rated as loser and as winner, each dataset as the benchmark.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from extractors.deltas import find_delta
from extractors.parallel import runs
from extractors.patterns import pattern
from extractors.reading import Place, Reading
from extractors.ruled_claims import ruled_claims
from extractors.scorer import load_scorer
from extractors.slots import by_name, slot_features
from extractors.triggers import Trigger, loser_class
from extractors.words import bucket, words_between
from schema.kinds import NodeKind, Role
from schema.records import Aspect, Claim, Polarity

THRESHOLD = 0.4
LOOK_BACK = 12  # sentences in which an earlier named dataset may still be meant
CLASSES = ("@sota", "@baseline")
_BROAD = {"@previous": "@baseline", "@human": "@baseline"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence that may compare: its comparing words, the places in it, and what the rules read in it."""

    start: int
    end: int
    anchors: tuple[tuple[str, int, int], ...]
    places: Sequence[Place]
    ruled: tuple[Claim, ...]


def find_claims(reading: Reading) -> Iterator[Claim]:
    """Yield the claims that the abstract makes, each (winner, loser, dataset) once for each polarity."""
    seen = set()
    for comparison in comparisons(reading):
        for claim in _claims_of(reading, comparison):
            # Two classes of unnamed losers on one dataset are one claim.
            loser = "@" if claim.loser in CLASSES and claim.polarity is Polarity.BETTER else claim.loser
            key = (claim.winner, loser, claim.dataset, claim.polarity, comparison.start if loser == "@" else 0)
            if claim.winner != claim.loser and key not in seen:
                seen.add(key)
                yield claim


def annotate(doc: Doc) -> Doc:
    """Note the claims that the document makes."""
    doc._.claims = tuple(find_claims(doc._.reading))
    return doc


def comparisons(reading: Reading) -> Iterator[Comparison]:
    """Yield the sentences that hold a comparing word."""
    for start, end in reading.sentences[1:]:
        anchors = tuple(
            (m.lastgroup or "", m.start(), m.end()) for m in pattern("claims.anchor").finditer(reading.text, start, end)
        )
        if anchors:
            yield Comparison(
                start, end, anchors[:_MOST], reading.within(start, end)[:_MOST], tuple(ruled_claims(reading, start, end))
            )


def loser_candidates(reading: Reading, comparison: Comparison) -> Iterator[tuple[str, set[str]]]:
    """Yield each possible loser of a sentence, with what speaks for it."""
    shared = _shared(reading, comparison)
    better = {_BROAD.get(c.loser or "", c.loser) for c in comparison.ruled if c.polarity is Polarity.BETTER}
    systems = [p for p in comparison.places if p.is_system]
    lists = runs(reading.text, [p for p in systems if p.anaphor is None])
    leaders = {place.start: listed[0] for listed in lists if len(listed) > 1 for place in listed}
    for name, group in by_name(systems).items():
        found = _anchored(reading, comparison, group, systems, leaders) | shared
        found |= {f"rule={name in better}", f"own={name == reading.subject}"}
        yield name, found | {f"listed={any(place.start in leaders for place in group)}"}
    general = loser_class(reading.text, comparison.start, comparison.end)
    for name in CLASSES:
        found = {f"{name}:{feature}" for feature in shared}
        found |= {f"{name}:rule={name in better}", f"{name}:class={general}"}
        found |= {f"{name}:word={w}" for w in words_between(reading.text, comparison.start, comparison.end, 60)}
        found |= {f"{name}:anchors={' '.join(sorted({rule for rule, _, _ in comparison.anchors}))}"}
        found |= {
            f"{name}:phrase={m.group().lower()}"
            for m in pattern("claims.class_word").finditer(reading.text, comparison.start, comparison.end)
        }
        yield name, found


def winner_candidates(reading: Reading, comparison: Comparison) -> Iterator[tuple[str, set[str]]]:
    """Yield each possible winner of a sentence, with what speaks for it; the paper's own system is always one."""
    better = {c.winner for c in comparison.ruled if c.polarity is Polarity.BETTER}
    systems = [p for p in comparison.places if p.is_system]
    groups = by_name(systems)
    for name, group in groups.items():
        yield name, {
            *_anchored(reading, comparison, group, systems), f"rule={name in better}", f"own={name == reading.subject}",
            f"own={name == reading.subject} main={reading.main is not None} rule={name in better}",
        }  # fmt: skip
    if reading.subject not in groups:
        yield reading.subject, {"absent", f"absent, rule={reading.subject in better}", f"absent, rivals={bucket(len(groups))}"}
    if "@baseline" in better:
        yield "@baseline", {"@baseline"}


def dataset_candidates(reading: Reading, comparison: Comparison) -> Iterator[tuple[str | None, set[str]]]:
    """Yield each dataset that the sentence may compare on, with what speaks for it; None stands for an unnamed one."""
    here = [p for p in comparison.places if p.label is NodeKind.DATASET]
    for name, group in by_name(here).items():
        yield name, {*_anchored(reading, comparison, group, here), "here"}
    index = reading.index(comparison.start)
    back_to = reading.sentences[max(0, index - LOOK_BACK)][0]
    named = by_name(p for p in reading.within(back_to, comparison.start) if p.label is NodeKind.DATASET)
    count = sum(e.label is NodeKind.DATASET for e in reading.entities)
    for name, places in named.items():
        if all(p.name != name for p in here):
            back = index - reading.index(places[-1].start)
            own = any(e.name == name and e.role is Role.INTRODUCED for e in reading.entities)
            evaluates = bool(_EVALUATES.search(reading.text, *reading.sentences[index - back]))
            facts = (
                f"back={bucket(back)}",
                f"own={own}",
                f"here={bucket(len(by_name(here)))}",
                f"doc={bucket(count)}",
                f"evaluates={evaluates}",
            )
            yield name, {"earlier", *(f"earlier, {fact}" for fact in facts), f"earlier, {' '.join(facts)}"}


_MOST = 40
_EVALUATES = re.compile(r"\b(?:experiment|evaluat|benchmark|test|result|conduct|validat)\w*", re.I)


def _claims_of(reading: Reading, comparison: Comparison) -> Iterator[Claim]:
    losers = _rated("losers", loser_candidates(reading, comparison), THRESHOLD)
    if any(name not in CLASSES for name in losers) and loser_class(reading.text, comparison.start, comparison.end) is None:
        # "Other methods" go without saying only where nobody is named.
        losers = {name: probability for name, probability in losers.items() if name not in CLASSES}
    if losers:
        winners = _rated("winners", winner_candidates(reading, comparison), 0.0)
        datasets = _rated("claim_datasets", dataset_candidates(reading, comparison), THRESHOLD) or {None: 1.0}
        for loser, probability in sorted(losers.items(), key=lambda item: -item[1]):
            winner = next((w for w in sorted(winners, key=lambda w: -winners[w]) if w != loser), None)
            for dataset, on in datasets.items():
                if winner is not None:
                    sure = probability * max(winners[winner], 0.5) * max(on, 0.5)
                    yield _claim(reading, comparison, winner, loser, dataset, sure)
    yield from (claim for claim in comparison.ruled if claim.polarity is not Polarity.BETTER)
    yield from (claim for claim in comparison.ruled if claim.aspect is Aspect.EFFICIENCY and claim.polarity is Polarity.BETTER)


def _rated(scorer: str, candidates: Iterator[tuple[str | None, set[str]]], threshold: float) -> dict[str | None, float]:
    rated = {name: load_scorer(scorer).probabilities({"bias", *features}).get("yes", 0.0) for name, features in candidates}
    return {name: probability for name, probability in rated.items() if probability >= threshold}


def _claim(
    reading: Reading, comparison: Comparison, winner: str, loser: str | None, dataset: str | None, confidence: float
) -> Claim:
    """Return the claim with the finer slots that the rules read, if they read the same pair."""
    alike = [c for c in comparison.ruled if c.polarity is Polarity.BETTER and _BROAD.get(c.loser or "", c.loser) == loser]
    if alike:
        model = next((c for c in alike if c.winner == winner), alike[0])
        quality = any(c.aspect is Aspect.QUALITY for c in alike)
        aspect = Aspect.QUALITY if quality else Aspect.EFFICIENCY
        return replace(
            model,
            winner=winner,
            dataset=dataset,
            aspect=aspect,
            confidence=round(confidence, 3),
            rule=f"claims/{model.rule}",
        )
    rule, low, high = comparison.anchors[0]
    trigger = Trigger(low, high, rule, Polarity.BETTER, Aspect.QUALITY)
    by, delta = find_delta(reading.text, comparison.start, comparison.end, trigger)
    metrics = [p for p in comparison.places if p.label is NodeKind.METRIC]
    return Claim(
        winner=winner,
        loser=loser,
        dataset=dataset,
        metric=metrics[0].name if metrics else None,
        polarity=Polarity.BETTER,
        by=by,
        delta=delta,
        evidence=reading.span(comparison.start, comparison.end),
        confidence=round(confidence, 3),
        rule=f"claims/{rule}",
    )


def _shared(reading: Reading, comparison: Comparison) -> set[str]:
    text, start, end = reading.text, comparison.start, comparison.end
    found = {f"anchor={rule}" for rule, _, _ in comparison.anchors}
    found |= {f"anchor word={text[low:high].lower()}" for _, low, high in comparison.anchors}
    found.add(f"number={any(c.isdigit() for c in text[start:end])} percent={'%' in text[start:end]}")
    own = [p for p in comparison.places if p.is_system and p.name == reading.subject]
    found.add(f"speaks of own={own[0].anaphor if own else False}")
    found.add(f"dataset={any(p.label is NodeKind.DATASET for p in comparison.places)}")
    found.add(f"metric={any(p.label is NodeKind.METRIC for p in comparison.places)}")
    found.add(f"opens={' '.join(words_between(text, start, min(end, start + 14), 2))}")
    place = reading.index(start) / max(1, len(reading.sentences) - 1)
    found.add(f"position={round(place * 4)}")
    return found


def _anchored(
    reading: Reading,
    comparison: Comparison,
    group: Sequence[Place],
    rivals: Sequence[Place],
    leaders: Mapping[int, Place] | None = None,
) -> set[str]:
    """Return the slot features of a group against the comparing word nearest to it, and its side of every other.

    With `leaders`, a place in a list counts where the list begins.
    """

    def gap(anchor: tuple[str, int, int]) -> int:
        return min(min(abs(p.start - anchor[2]), abs(anchor[1] - p.end)) for p in group)

    found: set[str] = set()
    group = [leaders.get(place.start, place) for place in group] if leaders else group
    strong = [a for a in comparison.anchors if a[0] in ("over", "under", "better", "compared", "sota", "best")] or list(
        comparison.anchors
    )
    rule, low, high = min(strong, key=gap)
    slots = slot_features(reading, group, rivals, (low, high), (comparison.start, comparison.end))
    found |= slots | {f"{rule}:{feature}" for feature in slots}
    first = group[0]
    for rule, low, high in comparison.anchors:
        found.add(f"{'before' if first.end <= low else 'after'} {rule} {reading.text[low:high].lower()}")
        found.add(f"{'before' if first.end <= low else 'after'} {rule}")
    return found


Rated = Mapping[str | None, float]
