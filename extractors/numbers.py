"""Numbers that may be scores: value, unit, bound and what the words beside them say they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.patterns import pattern
from schema.records import Bound


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed in [start, end), its unit with it. `kind` is what the words beside it say: "score" where they say
    nothing, else "difference", "delta" (less sure), "size", "year" or "count"; a hint that the scorer of results weighs."""

    start: int
    end: int
    value: float
    unit: str | None
    raw: str
    kind: str
    bound: Bound | None = None


def find_numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """Yield the numbers in [start, end) of a text.

    >>> [(n.value, n.unit, n.kind) for n in find_numbers("accuracy of 84.3%, up 12% from 2019", 0, 35)]
    [(84.3, '%', 'score'), (12.0, '%', 'delta'), (2019.0, None, 'year')]
    """
    for match in pattern("numbers.number").finditer(text, start, end):
        digits = match.group("digits")
        sign = match.group("sign")
        negative = sign == "-" and text[match.start() - 1 : match.start()] in (" ", "(", "\n")
        value = float(digits.replace(",", "")) * (-1 if negative else 1)
        printed = (match.group("unit") or "").strip().lower()
        unit = "%" if printed.startswith(("%", "percent", "per cent")) and "point" not in printed else None
        after = text[match.end() : min(end, match.end() + 60)]
        if shared := _SHARED_UNIT.match(after):
            unit, after = "%", after[shared.end() :]
        before = text[max(start, match.start() - 45) : match.start()]
        yield Number(
            match.start(),
            match.end(),
            value,
            unit,
            match.group().strip(),
            _kind(digits, unit, printed, sign, before, after),
            _bound(before),
        )


# Up to 9 digits a part: longer runs of digits are no score, and reading them would cost.
# "53-61%", "53 and 61%": the unit stands with the last number only.
_SHARED_UNIT = re.compile(r"(?:\s?-\s?|/| to | and | or )\d{1,3}(?:\.\d{1,3})?\s?%")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_BOUND = re.compile(
    r"\b(?:(?P<most>up to|as high as|at most|below|under|less than|fewer than|<)"
    r"|(?P<least>over|above|more than|at least|exceed\w*|>|greater than|beyond))\s*~?\Z"
)


def _kind(digits: str, unit: str | None, printed: str, sign: str, before: str, after: str) -> str:
    if unit is None and "." not in digits and _YEAR.match(digits):
        return "year"
    if "point" in printed or sign == "+" or pattern("numbers.delta_after").match(after):
        return "difference"
    if pattern("numbers.delta_before").search(before):
        return "delta"
    if unit is None and pattern("numbers.size_after").match(after):
        return "size"
    if unit is None and "." not in digits and (len(digits) < 2 or "," in digits):
        return "count"
    return "score"


def _bound(before: str) -> Bound | None:
    match = _BOUND.search(before)
    if match is None:
        return None
    return Bound.AT_MOST if match.group("most") else Bound.AT_LEAST
