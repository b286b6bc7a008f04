"""Scores that the abstract states: whose, on which dataset, by which metric, in which setting."""

import re
from collections.abc import Iterator
from itertools import groupby

from spacy.tokens import Doc

from extractors.figures import Figure, figures
from extractors.numbers import Number
from extractors.reading import Reading
from extractors.result_lists import in_contrasts, in_lists, in_ranges
from extractors.result_slots import (
    beside,
    data_beside,
    dataset_candidates,
    metric_beside,
    metric_candidates,
    subject_candidates,
    system_beside,
)
from extractors.score_features import number_features
from extractors.scorer import load_scorer
from schema.records import Result

THRESHOLD = 0.45
SURER = 0.65  # what a number needs that the words beside it call a size
BESIDE = 0.95  # how sure a name is that stands right beside its number
EARLIER = 0.6  # what is left of the probability of a dataset that only an earlier sentence names


def find_results(reading: Reading) -> Iterator[Result]:
    """Yield the scores that the abstract states."""
    numbers = load_scorer("numbers")
    for _, group in groupby(figures(reading), key=lambda figure: figure.sentence):
        rated = [(f, numbers.probabilities(number_features(reading, f)).get("score", 0.0)) for f in group]
        scores = [(figure, probability) for figure, probability in rated if probability >= _needed(figure.number)]
        results = [_result(reading, figure, probability) for figure, probability in scores]
        kept = [figure for figure, _ in scores]
        yield from in_contrasts(reading, kept, in_ranges(reading, kept, in_lists(reading, kept, results)))


def annotate(doc: Doc) -> Doc:
    """Note the scores that the document states."""
    doc._.results = tuple(find_results(doc._.reading))
    return doc


def _needed(number: Number) -> float:
    return SURER if number.kind == "size" else THRESHOLD


def _result(reading: Reading, figure: Figure, probability: float) -> Result:
    text, number, (start, end) = reading.text, figure.number, figure.sentence
    subject, whose = beside(text, figure, system_beside), BESIDE
    if subject is None:
        subject, whose = _most_probable("subjects", subject_candidates(reading, figure))
    dataset, on = beside(text, figure, data_beside), BESIDE
    if dataset is None:
        dataset, on = _most_probable("score_datasets", dataset_candidates(reading, figure))
    metric = beside(text, figure, metric_beside) or _most_probable("score_metrics", metric_candidates(reading, figure))[0]
    return Result(
        subject=subject or reading.subject,
        dataset=dataset,
        metric=metric,
        value=number.value,
        raw=number.raw,
        unit=number.unit,
        bound=number.bound,
        setting=_setting(text, number, start, end),
        evidence=reading.span(start, end),
        confidence=round(probability * max(whose, 0.5) * max(on, 0.5), 3),
        rule="results/number",
    )


def _most_probable(scorer_name: str, candidates: Iterator[tuple[str | None, set[str]]]) -> tuple[str | None, float]:
    """Return the candidate that the scorer finds most probable, with that probability."""
    scorer = load_scorer(scorer_name)
    rated = [
        (
            scorer.probabilities({"bias", *features}).get("yes", 0.0)
            * (EARLIER if any(f.startswith("earlier") for f in features) else 1.0),
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
_BOUND_WORDS = {"at_most": "up to", "at_least": "over"}


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
