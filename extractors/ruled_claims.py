"""Claims by rule: a comparing phrase with its subject before it and its losers after it, in one sentence."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from extractors.confidence import confidence
from extractors.deltas import find_delta
from extractors.parallel import runs
from extractors.patterns import pattern
from extractors.reading import Place, Reading
from extractors.slots import is_governed
from extractors.triggers import Trigger, find_triggers, loser_class
from schema.kinds import NodeKind
from schema.records import Claim


def ruled_claims(reading: Reading, start: int, end: int) -> Iterator[Claim]:
    """Yield the claims that the rules read in the sentence [start, end)."""
    triggers = list(islice(find_triggers(reading.text, start, end), _MOST))
    for index, trigger in enumerate(triggers):
        right = triggers[index + 1].start if index + 1 < len(triggers) else end
        yield from _claims_of(reading, trigger, start, right, end)


def _claims_of(reading: Reading, trigger: Trigger, start: int, right: int, end: int) -> Iterator[Claim]:
    text = reading.text
    if (
        trigger.rule == "compared"
        and (comma := _OPENING.search(text, trigger.end, end))
        and not _systems(reading, start, trigger.start)
    ):
        # "Compared to A and B, our method …": the winner comes after the comma.
        after = _systems(reading, comma.end(), end)
        subject = after[0].name if after else reading.subject
        losers = list(_losers(reading, trigger.end, comma.start(), subject))
    else:
        subject = _subject(reading, start, trigger.start)
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
                    confidence=confidence(f"claim/{trigger.rule}"),
                    rule=trigger.rule,
                )


_MOST = 12  # comparing phrases of one sentence that are looked at
_OPENING = re.compile(r",\s")
_EXAMPLES = re.compile(r"\b(?:including|such as|e\.g\.|like|i\.e\.|namely)[, ]")


def _systems(reading: Reading, start: int, end: int) -> list[Place]:
    return [p for p in reading.within(start, end) if p.is_system]


def _subject(reading: Reading, start: int, at: int) -> str:
    breaks = [m.end() for m in pattern("ruled_claims.clause").finditer(reading.text, start, at)]
    for low in (*reversed(breaks), start):
        places = [p for p in reading.within(low, at) if p.is_system]
        strong = [p for p in places if p.anaphor in (None, "own")]
        free = [p for p in strong if not is_governed(reading.text, low, p.start)]
        if free:
            return free[0].name
        if strong and not any(p.anaphor == "we" for p in places):
            return strong[0].name
        if places:
            return reading.subject
    return reading.subject


def _losers(reading: Reading, start: int, right: int, subject: str) -> Iterator[str]:
    stop = pattern("ruled_claims.zone_end").search(reading.text, start, right)
    zone = stop.start() if stop else right
    named = [p.name for p in reading.within(start, zone) if p.is_system and p.anaphor is None and p.name != subject]
    examples = _EXAMPLES.search(reading.text, zone, right)
    if examples:
        named += _listed(reading, examples.end(), right)
    yield from (name for name in dict.fromkeys(named) if name != subject)
    general = loser_class(reading.text, start, zone)
    if general:
        yield general
    elif not named and stop:
        later = loser_class(reading.text, zone, right)
        if later:
            yield later


def _listed(reading: Reading, start: int, end: int) -> list[str]:
    """Return the names of the list that begins at `start`."""
    places = [p for p in _systems(reading, start, end) if p.anaphor is None]
    lists = runs(reading.text, places)
    return [p.name for p in lists[0]] if lists and lists[0][0].start - start < 25 else []


def _datasets(reading: Reading, start: int, end: int) -> list[str | None]:
    return list(dict.fromkeys(p.name for p in reading.within(start, end) if p.label is NodeKind.DATASET))


def _metric(reading: Reading, trigger: Trigger, start: int, end: int) -> str | None:
    metrics: Sequence[Place] = [p for p in reading.within(start, end) if p.label is NodeKind.METRIC]
    if not metrics:
        return None
    after = [m for m in metrics if m.start >= trigger.start]
    return (after or metrics)[0].name
