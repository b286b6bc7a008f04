"""Scores that the abstract states: whose, on which dataset, by which metric, in which setting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

from spacy.tokens import Doc

from extractors.numbers import Number, find_numbers
from extractors.parallel import partner, runs
from extractors.patterns import pattern
from extractors.reading import Place, Reading
from extractors.ruled_claims import ruled_claims
from extractors.scorer import load_scorer
from extractors.slots import by_name, slot_features
from extractors.words import bucket, words_after, words_before
from schema.kinds import SYSTEMS, NodeKind, Role
from schema.records import Polarity, Result

THRESHOLD = 0.4
MOST = 60  # numbers of one sentence that are looked at: more make a table, no sentence
REACH = 300  # characters before a number in which a verb may speak of it
LOOK_BACK = 12  # sentences in which an earlier named dataset may still be meant


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its sentence, with the number before it there and the places that may say what it measures."""

    number: Number
    previous: Number | None
    following: Number | None
    sentence: tuple[int, int]
    places: Sequence[Place]


def find_results(reading: Reading) -> Iterator[Result]:
    """Yield the scores that the abstract states."""
    numbers = load_scorer("numbers")
    for _, group in groupby(figures(reading), key=lambda figure: figure.sentence):
        rated = [(f, numbers.probabilities(number_features(reading, f)).get("score", 0.0)) for f in group]
        scores = [(figure, probability) for figure, probability in rated if probability >= THRESHOLD]
        results = [_result(reading, figure, probability) for figure, probability in scores]
        kept = [figure for figure, _ in scores]
        yield from _in_contrasts(reading, kept, _in_ranges(reading, kept, _in_lists(reading, kept, results)))


def annotate(doc: Doc) -> Doc:
    """Note the scores that the document states."""
    doc._.results = tuple(find_results(doc._.reading))
    return doc


def figures(reading: Reading) -> Iterator[Figure]:
    """Yield the numbers of the abstract that are no part of a name."""
    for start, end in reading.sentences[1:]:
        numbers = list(islice(find_numbers(reading.text, start, end), MOST))
        if not numbers:
            continue
        places = reading.within(start, end)[: MOST * 2]
        names = [p for p in places if p.anaphor is None]
        numbers = [n for n in numbers if not any(p.start <= n.start < p.end for p in names)]
        for index, number in enumerate(numbers):
            previous = numbers[index - 1] if index else None
            yield Figure(number, previous, numbers[index + 1] if index + 1 < len(numbers) else None, (start, end), places)


def number_features(reading: Reading, figure: Figure) -> set[str]:
    """Return what speaks for a number being a score."""
    text, number, (start, end) = reading.text, figure.number, figure.sentence
    low = max(start, number.start - REACH)
    before, after = words_before(text, number.start, 5, start), words_after(text, number.end, 3, end)
    decimals = len(number.raw.partition(".")[2].rstrip("%"))
    size = (
        "<1" if abs(number.value) < 1 else "<10" if abs(number.value) < 10 else "<=100" if abs(number.value) <= 100 else ">100"
    )
    found = {"bias", f"kind={number.kind}", f"unit={number.unit}", f"decimals={bucket(decimals)}", f"size={size}"}
    found |= {f"kind={number.kind} unit={number.unit} decimals={decimals > 0} size={size}", f"bound={number.bound}"}
    found |= {f"before={w}" for w in before} | {f"after={w}" for w in after}
    found |= {f"before1={' '.join(before[:1])}", f"before2={' '.join(before[1::-1])}", f"after1={' '.join(after[:1])}"}
    found.add(f"after2={' '.join(after[:2])}")
    found.add(f"attached={text[number.end : number.end + 1].isalpha()}")
    found.add(f"in brackets={text.rfind('(', low, number.start) > text.rfind(')', low, number.start)}")
    for name, other in (("previous", figure.previous), ("following", figure.following)):
        if other is not None:
            first, last = (other.end, number.start) if name == "previous" else (number.end, other.start)
            if last - first < 45:
                joint = " ".join(words_before(text, last, 3, first)[::-1]) if last - first < 14 else "near"
                found |= {f"{name}={other.kind} {joint}", f"{name} unit={other.unit == number.unit} {joint}"}
    for label in (NodeKind.METRIC, NodeKind.DATASET, NodeKind.METHOD):
        gaps = [
            (max(0, place.start - number.end), "after") if place.start >= number.end else (number.start - place.end, "before")
            for place in figure.places
            if place.label is label or (label is NodeKind.METHOD and place.label is NodeKind.MODEL)
        ]
        gap, side = min(gaps, default=(999, "none"))
        found.add(f"{label.name} {side} {'touching' if gap < 5 else 'near' if gap < 30 else 'far' if gap < 100 else 'off'}")
    verbs = [match.group(1).lower() for match in pattern("results.verb").finditer(text, low, number.start)]
    found |= {f"verb={verb}" for verb in verbs} | {f"last verb={verb}" for verb in verbs[-1:]}
    return found


def subject_candidates(reading: Reading, figure: Figure) -> Iterator[tuple[str, set[str]]]:
    """Yield each system that a figure may belong to, with what speaks for it; the paper's own is always one."""
    systems = [p for p in figure.places if p.is_system]
    yield from _candidates(reading, figure, systems, None)
    if not any(p.name == reading.subject for p in systems):
        yield reading.subject, {"own, absent", f"others={bucket(len(by_name(systems)))}", f"main={reading.main is not None}"}


def dataset_candidates(reading: Reading, figure: Figure) -> Iterator[tuple[str | None, set[str]]]:
    """Yield each dataset that a figure may be measured on, with what speaks for it; None stands for an unnamed one."""
    here = [p for p in figure.places if p.label is NodeKind.DATASET]
    yield from _candidates(reading, figure, here, figure)
    at = reading.index(figure.sentence[0])
    back_to = reading.sentences[max(0, at - LOOK_BACK)][0]
    named = by_name(p for p in reading.within(back_to, figure.sentence[0]) if p.label is NodeKind.DATASET)
    count = sum(e.label is NodeKind.DATASET for e in reading.entities)
    for name, places in named.items():
        if all(p.name != name for p in here):
            back = at - reading.index(places[-1].start)
            latest = max(named, key=lambda n: named[n][-1].start) == name
            own = any(e.name == name and e.role is Role.INTRODUCED for e in reading.entities)
            only, beside = count == 1, bucket(len(by_name(here)))
            facts = (f"back={bucket(back)}", f"only={only}", f"here={beside}", f"latest={latest}", f"own={own}")
            yield name, {*(f"earlier, {fact}" for fact in facts), f"earlier, only={only} here={bool(here)} own={own}"}
    yield None, {"none", f"none, here={bucket(len(by_name(here)))}", f"none, doc={bucket(count)}"}


def best(scorer_name: str, candidates: Iterator[tuple[str | None, set[str]]]) -> tuple[str | None, float]:
    """Return the candidate that the scorer finds most probable, with that probability."""
    scorer = load_scorer(scorer_name)
    rated = [
        (
            scorer.probabilities({"bias", *features}).get("yes", 0.0)
            * (0.6 if any(f.startswith("earlier") for f in features) else 1.0),
            name,
        )
        for name, features in candidates
    ]
    probability, name = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return name, probability


_SETTING = re.compile(
    r"\s*,?\s*(?:with (\d[\d,]* (?:samples?|shots?|examples?|attempts?|tokens?|steps?))"
    r"|(?:in|under) (?:the |a )?((?:zero|few|one|\d+)-shot)|(cumulatively))"
)
_SHOT = re.compile(r"\b((?:zero|few|one|\d+)-shot)\b", re.I)
_AVERAGE = re.compile(r"\b(?:average|avg|mean)\b[^,;]{0,25}\Z", re.I)


def _candidates(
    reading: Reading, figure: Figure, places: Sequence[Place], near: Figure | None
) -> Iterator[tuple[str, set[str]]]:
    anchor = (figure.number.start, figure.number.end)
    for name, group in by_name(places).items():
        features = slot_features(reading, group, places, anchor, figure.sentence)
        if near is not None:
            features |= set(_cut_off(group, near))
        yield name, features


def _cut_off(group: Sequence[Place], figure: Figure) -> Iterator[str]:
    """Say whether another number stands between a place and this number."""
    for place in group:
        if place.start >= figure.number.end:
            cut = figure.following is not None and figure.following.start < place.start
            yield f"after, cut={cut}"
        else:
            cut = figure.previous is not None and figure.previous.start > place.start
            yield f"before, cut={cut}"


def _result(reading: Reading, figure: Figure, probability: float) -> Result:
    number, (start, end) = figure.number, figure.sentence
    subject, sure = _owner(reading.text, figure) or best("subjects", subject_candidates(reading, figure))
    dataset, on = _beside(reading.text, figure) or best("score_datasets", dataset_candidates(reading, figure))
    metrics = [p for p in figure.places if p.label is NodeKind.METRIC]
    return Result(
        subject=subject or reading.subject,
        dataset=dataset,
        metric=_metric(metrics, figure),
        value=number.value,
        raw=number.raw,
        unit=number.unit,
        bound=number.bound,
        setting=_setting(reading.text, number, start, end),
        evidence=reading.span(start, end),
        confidence=round(probability * max(sure, 0.5) * max(on, 0.5), 3),
        rule="results/number",
    )


def _beside(text: str, figure: Figure) -> tuple[str, float] | None:
    """Return the dataset right beside the number: "86.7% on GSM8K", "88% of PutnamBench", "GSM8K (86.7%)"."""
    number = figure.number
    for place in figure.places:
        if place.label is NodeKind.DATASET and place.anaphor is None:
            after = place.start >= number.end and _ON.fullmatch(text, number.end, place.start)
            before = place.end <= number.start and _OWNED.fullmatch(text, place.end, number.start)
            if after or before:
                return place.name, 0.95
    return None


_ON = re.compile(
    r"\s*(?:\([^()\d]{1,20}\)\s*)?(?:[A-Za-z@][\w@-]* ){0,2}?(?:on|of|for|in|over|at) (?:the |our |a )?(?:[a-z][\w-]* ){0,2}"
)


def _owner(text: str, figure: Figure) -> tuple[str, float] | None:
    """Return the system right before the number: "GPT-4 (23.0%)", "GPT-4 at 23.0%", "GPT-4's 23.0%"."""
    for place in figure.places:
        if place.is_system and place.anaphor is None and _OWNED.fullmatch(text, place.end, figure.number.start):
            return place.name, 0.95
    return None


_OWNED = re.compile(r"(?: (?:method|model|baseline|approach))?(?: ?\((?:[\w -]{1,20}: ?)?|'s (?:score of )?| at | with )~?")


def _in_lists(reading: Reading, scores: Sequence[Figure], results: Sequence[Result]) -> list[Result]:
    """Return the results of one sentence with datasets, metrics and subjects taken in order where lists answer each other."""
    filled = list(results)
    if len(scores) < 2:
        return filled
    text, (start, end) = reading.text, scores[0].sentence
    index = {figure.number.start: i for i, figure in enumerate(scores)}
    lists = runs(text, [figure.number for figure in scores])
    respective = "respectively" in text[start:end]
    for slot, labels in _LISTED:
        places = [p for p in scores[0].places if p.label in labels and p.anaphor is None]
        others = runs(text, places)
        if respective and not any(len(other) == len(run) for run in lists for other in others):
            back_to = reading.sentences[max(0, reading.index(start) - LOOK_BACK)][0]
            before = [p for p in reading.within(back_to, start) if p.label in labels and p.anaphor is None]
            others = runs(text, before)[::-1]
        for run in lists:
            answer = partner(run, others)
            if answer is None or (slot == "subject" and not respective):
                continue
            for number, place in zip(run, answer, strict=True):
                at = index[number.start]
                filled[at] = replace(filled[at], **{slot: place.name}, rule="results/list")  # type: ignore[arg-type]
    return filled


def _in_ranges(reading: Reading, scores: Sequence[Figure], results: Sequence[Result]) -> list[Result]:
    """Return the results of one sentence, and the first number of "53.9% to 84.3%" given to the base."""
    filled = list(results)
    for at, (first, second) in enumerate(pairwise(scores)):
        if not _TO.fullmatch(reading.text, first.number.end, second.number.start):
            continue
        whose = filled[at + 1].subject
        systems = [p.name for p in first.places if p.is_system and p.anaphor is None and p.name != reading.subject]
        if whose == reading.subject or (reading.main and any(p.name == reading.subject for p in first.places)):
            base = systems[0] if systems else "@model"
            filled[at] = replace(filled[at], subject=base, rule="results/range")
            filled[at + 1] = replace(filled[at + 1], subject=reading.subject, rule="results/range")
        else:
            filled[at] = replace(filled[at], subject=whose, rule="results/range")
        filled[at] = replace(filled[at], dataset=filled[at + 1].dataset)
    return filled


def _in_contrasts(reading: Reading, scores: Sequence[Figure], results: Sequence[Result]) -> list[Result]:
    """Return the results of one sentence, with "0.93 vs. 0.90" given to the winner and the loser that it compares."""
    filled = list(results)
    for at, (first, second) in enumerate(pairwise(scores)):
        if not _VERSUS.fullmatch(reading.text, first.number.end, second.number.start):
            continue
        pairs = [
            (claim.winner, claim.loser)
            for claim in ruled_claims(reading, *first.sentence)
            if claim.polarity is Polarity.BETTER and claim.winner and claim.loser and not claim.loser.startswith("@")
        ]
        if pairs:
            winner, loser = pairs[0]
            filled[at] = replace(filled[at], subject=winner or "@model", rule="results/contrast")
            filled[at + 1] = replace(filled[at + 1], subject=loser or "@model", rule="results/contrast")
        filled[at + 1] = replace(filled[at + 1], dataset=filled[at].dataset)
    return filled


_VERSUS = re.compile(r"\s*(?:vs\.?|versus|compared (?:to|with)|against|as opposed to)\s+(?:only )?")
_LISTED = (
    ("dataset", frozenset({NodeKind.DATASET})),
    ("metric", frozenset({NodeKind.METRIC})),
    ("subject", SYSTEMS),
)
_TO = re.compile(r"\s*(?:\(\w+\)\s*)?(?:to|→|->|up to)\s+(?:an? (?:\w+ )?)?")


def _metric(metrics: Sequence[Place], figure: Figure) -> str | None:
    number = figure.number
    right = figure.following.start if figure.following else figure.sentence[1]
    after = [m for m in metrics if number.end <= m.start < min(right, number.end + 30)]
    before = [m for m in metrics if m.end <= number.start]
    if after and (not before or after[0].start - number.end <= number.start - before[-1].end):
        return after[0].name
    if before:
        return before[-1].name
    return metrics[0].name if metrics else None


def _setting(text: str, number: Number, start: int, end: int) -> str | None:
    setting = _SETTING.match(text, number.end, end)
    words = [g for g in setting.groups() if g] if setting else []
    if not words and (shot := _SHOT.search(text, start, end)):
        words = [shot.group(1).lower()]
    if _AVERAGE.search(text, max(start, number.start - 40), number.start):
        words.append("average")
    if number.bound:
        words.append(_BOUND_WORDS[number.bound.value])
    return "; ".join(words) or None


_BOUND_WORDS = {"at_most": "up to", "at_least": "over"}
