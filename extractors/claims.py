"""Claims of an abstract: who is better than whom, on what, by how much, and how sure the sentence is."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractors.deltas import find_delta
from extractors.reading import Place, Reading
from extractors.triggers import Trigger, find_triggers, loser_class
from schema.kinds import NodeKind
from schema.records import Aspect, Claim, Polarity


def find_claims(reading: Reading) -> Iterator[Claim]:
    """Yield the claims that the abstract makes."""
    for start, end in reading.sentences[1:]:
        triggers = list(find_triggers(reading.text, start, end))
        for index, trigger in enumerate(triggers):
            left = triggers[index - 1].end if index else start
            right = triggers[index + 1].start if index + 1 < len(triggers) else end
            yield from _claims_of(reading, trigger, start, left, right, end)


def annotate(doc: Doc) -> Doc:
    """Note the claims that the document makes."""
    doc._.claims = tuple(_distinct(find_claims(doc._.reading)))
    return doc


_CLAUSE = re.compile(
    r"[;:]\s|,\s(?:while|whereas|but|and|although|though|yet)\s|\b(?:that|while|whereas|where|although)\s|\s-{1,3}\s"
)
_ZONE_END = re.compile(
    r"\s(?:on|across|in|by|while|for|under|when|at|using|without|despite|with|after|through|even|but|and (?:achiev|reduc|improv|is|has|show|requir)\w*)\s|[;:]\s|,\s(?:while|with|and \w+ing|achiev\w*|demonstrat\w*|even|by)\b"
)


def _claims_of(reading: Reading, trigger: Trigger, start: int, left: int, right: int, end: int) -> Iterator[Claim]:
    text = reading.text
    subject = _subject(reading, start, left, trigger.start)
    losers = [trigger.loser] if trigger.loser else list(_losers(reading, trigger.end, right, subject))
    if not losers:
        return
    by, delta = find_delta(text, start, end, trigger)
    datasets = _datasets(reading, start, end) or [None]
    metric = _metric(reading, trigger, start, end)
    for loser in losers:
        winner, other = (loser, subject) if trigger.reversed else (subject, loser)
        for dataset in datasets:
            if winner != other:
                yield Claim(
                    winner=winner,
                    loser=other,
                    dataset=dataset,
                    metric=metric,
                    polarity=trigger.polarity,
                    aspect=trigger.aspect,
                    hedge=trigger.hedge,
                    by=by,
                    delta=delta,
                    evidence=reading.span(start, end),
                    confidence=0.6,
                    rule=trigger.rule,
                )


def _subject(reading: Reading, start: int, left: int, at: int) -> str:
    breaks = [m.end() for m in _CLAUSE.finditer(reading.text, start, at)]
    for low in (*reversed(breaks), start):
        places = [p for p in reading.within(low, at) if p.is_system]
        strong = [p for p in places if p.anaphor in (None, "own")]
        if strong:
            return strong[0].name
        if places:
            return reading.subject
    return reading.subject


def _losers(reading: Reading, start: int, right: int, subject: str) -> Iterator[str]:
    stop = _ZONE_END.search(reading.text, start, right)
    zone = stop.start() if stop else right
    named = [p.name for p in reading.within(start, zone) if p.is_system and p.anaphor is None and p.name != subject]
    yield from dict.fromkeys(named)
    general = loser_class(reading.text, start, zone)
    if general:
        yield general
    elif not named and stop:
        later = loser_class(reading.text, zone, right)
        if later:
            yield later


def _datasets(reading: Reading, start: int, end: int) -> list[str | None]:
    return list(dict.fromkeys(p.name for p in reading.within(start, end) if p.label is NodeKind.DATASET))


def _metric(reading: Reading, trigger: Trigger, start: int, end: int) -> str | None:
    metrics: Sequence[Place] = [p for p in reading.within(start, end) if p.label is NodeKind.METRIC]
    if not metrics:
        return None
    after = [m for m in metrics if m.start >= trigger.start]
    return (after or metrics)[0].name


def _distinct(claims: Iterator[Claim]) -> Iterator[Claim]:
    seen = set()
    for claim in claims:
        key = (claim.winner, claim.loser, claim.dataset, claim.polarity, claim.aspect)
        if key not in seen:
            seen.add(key)
            yield claim


__all__ = ["Aspect", "Polarity", "annotate", "find_claims"]
