"""Scores of one sentence that explain each other: lists in order, "53.9% to 84.3%" and "0.93 vs. 0.90"."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.figures import Figure
from extractors.parallel import partner, runs
from extractors.reading import Reading
from extractors.result_slots import LOOK_BACK, TO, VERSUS
from extractors.ruled_claims import ruled_claims
from schema.kinds import SYSTEMS, NodeKind
from schema.records import Polarity, Result


def in_lists(reading: Reading, scores: Sequence[Figure], results: Sequence[Result]) -> list[Result]:
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


def in_ranges(reading: Reading, scores: Sequence[Figure], results: Sequence[Result]) -> list[Result]:
    """Return the results of one sentence, and the first number of "53.9% to 84.3%" given to the base."""
    filled = list(results)
    for at, (first, second) in enumerate(pairwise(scores)):
        if not TO.fullmatch(reading.text, first.number.end, second.number.start):
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


def in_contrasts(reading: Reading, scores: Sequence[Figure], results: Sequence[Result]) -> list[Result]:
    """Return the results of one sentence, with "0.93 vs. 0.90" given to the winner and the loser that it compares."""
    filled = list(results)
    for at, (first, second) in enumerate(pairwise(scores)):
        if not VERSUS.fullmatch(reading.text, first.number.end, second.number.start):
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


_LISTED = (
    ("dataset", frozenset({NodeKind.DATASET})),
    ("metric", frozenset({NodeKind.METRIC})),
    ("subject", SYSTEMS),
)
