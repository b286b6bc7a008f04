"""Phrases that compare: which way they point, what they compare, and the loser classes that abstracts use for names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.patterns import pattern
from schema.records import Aspect, Polarity


@dataclass(frozen=True, slots=True)
class Trigger:
    """A comparing phrase in [start, end). `reversed` means its grammatical subject loses; `loser` is set where the phrase
    itself says whom ("a new state of the art")."""

    start: int
    end: int
    rule: str
    polarity: Polarity
    aspect: Aspect
    reversed: bool = False
    loser: str | None = None
    hedge: str | None = None


def find_triggers(text: str, start: int, end: int) -> Iterator[Trigger]:
    """Yield the comparing phrases in [start, end) of a text, in order."""
    for match in pattern("triggers.trigger").finditer(text, start, end):
        rule = match.lastgroup or ""
        before = text[max(start, match.start() - 30) : match.start()]
        negated = bool(_NEGATION.search(before))
        polarity = Polarity.EQUAL if rule == "equal" else Polarity.NOT_BETTER if negated else Polarity.BETTER
        aspect = Aspect.EFFICIENCY if rule == "faster" else Aspect.QUALITY
        loser = "@sota" if rule in ("sota", "best") else None
        hedge = pattern("triggers.hedge").search(before)
        yield Trigger(
            match.start(), match.end(), rule, polarity, aspect, rule == "under", loser, hedge.group().strip() if hedge else None
        )


def loser_class(text: str, start: int, end: int) -> str | None:
    """Return the class of unnamed losers that [start, end) of a text speaks of, or None.

    >>> loser_class("prior state-of-the-art methods", 0, 30), loser_class("existing methods", 0, 16)
    ('@sota', '@previous')
    """
    match = pattern("triggers.class").search(text, start, end)
    if match is None:
        return None
    if pattern("triggers.sota").search(text, start, end):
        return "@sota"
    return f"@{match.lastgroup}"


_NEGATION = re.compile(r"\b(?:not|n't|never|fail\w* to|cannot|without|no|nor|unable to|struggl\w* to)\b[^,;]{0,20}\Z")
