"""Scores that the abstract states: whose, on which dataset, by which metric, in which setting."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractors.numbers import Number, find_numbers
from extractors.reading import Place, Reading
from schema.kinds import NodeKind
from schema.records import Result


def find_results(reading: Reading) -> Iterator[Result]:
    """Yield the scores that the abstract states."""
    title_end = reading.sentences[0][1] if reading.sentences else 0
    for start, end in reading.sentences:
        if start >= title_end:
            yield from _in_sentence(reading, start, end)


def annotate(doc: Doc) -> Doc:
    """Note the scores that the document states."""
    doc._.results = tuple(find_results(doc._.reading))
    return doc


_RANGE = re.compile(r"\s*(?:to|→|->)\s*\Z")
_SETTING = re.compile(
    r"\s*,?\s*(?:with (\d[\d,]* (?:samples?|shots?|examples?|attempts?|tokens?|steps?))|(?:in|under) (?:the |a )?((?:zero|few|one|\d+)-shot)|(cumulatively))"
)
_SHOT = re.compile(r"\b((?:zero|few|one|\d+)-shot)\b")
_AVERAGE = re.compile(r"\b(?:average|avg|mean)\b[^,;]{0,25}\Z", re.I)
_SCORED = re.compile(
    r"\b(?:achiev|reach|attain|obtain|scor|perform|accura|yield|get|record|deliver|report|demonstrat|show|solve|with)\w*", re.I
)


def _in_sentence(reading: Reading, start: int, end: int) -> Iterator[Result]:
    text = reading.text
    places = reading.within(start, end)
    taken = [place for place in places if place.anaphor is None]
    numbers = [n for n in find_numbers(text, start, end) if not any(p.start <= n.start < p.end for p in taken)]
    scores = _ranges(text, numbers)
    metrics = [p for p in places if p.label is NodeKind.METRIC]
    for index, number in enumerate(scores):
        if not _plausible(text, number, metrics, start, end):
            continue
        left = scores[index - 1].end if index else start
        right = scores[index + 1].start if index + 1 < len(scores) else end
        dataset = _dataset(reading, places, number, left, right, start)
        subject = _subject(reading, places, number, start)
        metric = _metric(metrics, number, left, right)
        before = text[start : number.start]
        setting = _SETTING.match(text, number.end)
        shot = _SHOT.search(text, start, end)
        words = [g for g in setting.groups() if g] if setting else [shot.group(1)] if shot else []
        if _AVERAGE.search(before):
            words.append("average")
        yield Result(
            subject=subject,
            dataset=dataset,
            metric=metric,
            value=number.value,
            raw=number.raw,
            unit=number.unit,
            bound=number.bound,
            setting="; ".join(words) or None,
            evidence=reading.span(start, end),
            confidence=0.6,
            rule="number",
        )


def _ranges(text: str, numbers: Sequence[Number]) -> list[Number]:
    """Return the scores, counting both ends of "53.9% to 84.3%" though words around one make it look like a delta."""
    kept = []
    for index, number in enumerate(numbers):
        before = numbers[index - 1] if index else None
        after = numbers[index + 1] if index + 1 < len(numbers) else None
        joined = (before and _RANGE.match(text, before.end, number.start)) or (
            after and _RANGE.match(text, number.end, after.start)
        )
        if number.kind == "score" or (joined and number.kind == "delta"):
            kept.append(number)
    return kept


def _plausible(text: str, number: Number, metrics: Sequence[Place], start: int, end: int) -> bool:
    near = any(abs(m.start - number.end) < 60 or abs(number.start - m.end) < 60 for m in metrics)
    if number.unit == "%":
        return near or bool(_SCORED.search(text, start, number.start))
    return near and ("." in number.raw or number.value > 10)


def _dataset(reading: Reading, places: Sequence[Place], number: Number, left: int, right: int, start: int) -> str | None:
    datasets = [p for p in places if p.label is NodeKind.DATASET]
    after = [p for p in datasets if number.end <= p.start < right]
    if after and re.search(r"\b(?:on|for|in|of|across|at)\b", reading.text[number.end : after[0].start]):
        return after[0].name
    before = [p for p in datasets if left <= p.start < number.start]
    if before:
        return before[-1].name
    later = [p for p in datasets if p.start >= number.end]
    earlier = [p for p in datasets if p.start < number.start]
    if later or earlier:
        return later[0].name if later else earlier[-1].name
    return None


def _subject(reading: Reading, places: Sequence[Place], number: Number, start: int) -> str:
    before = [p for p in places if p.is_system and start <= p.start < number.start]
    named = [p for p in before if p.anaphor is None or p.anaphor == "own"]
    return named[0].name if named else reading.subject


def _metric(metrics: Sequence[Place], number: Number, left: int, right: int) -> str | None:
    after = [m for m in metrics if number.end <= m.start < min(right, number.end + 30)]
    before = [m for m in metrics if m.end <= number.start]
    if after and (not before or after[0].start - number.end <= number.start - before[-1].end):
        return after[0].name
    if before:
        return before[-1].name
    return metrics[0].name if metrics else None
