"""Numbers that may be scores: value, unit, bound and what the words beside them say they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schema.records import Bound


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed in [start, end), its unit with it. `kind` is what the words beside it say: "score" where they say
    nothing, else "difference", "delta" (less sure), "size", "year" or "count"; only a hint, which the scorer of results weighs."""

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
    for match in _NUMBER.finditer(text, start, end):
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
_NUMBER = re.compile(
    r"(?<![\w.$/@,])(?<![A-Za-z]-)(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,9})?|\d{1,9}(?:\.\d{1,9})?)"
    r"(?P<unit>\s?%(?:[ -]points?)?|\s(?:percent(?:age)?|per cent)(?: points?)?\b)?(?![.,]\d)(?:(?=(?:mm|cm|ms|Hz|FPS|fps|dB|KB/s|s|m)\b)|(?!\w))(?!-[A-Za-z])"
)
# "53-61%", "53 and 61%": the unit stands with the last number only.
_SHARED_UNIT = re.compile(r"(?:\s?-\s?|/| to | and | or )\d{1,3}(?:\.\d{1,3})?\s?%")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DELTA_BEFORE = re.compile(
    r"(?:\bby(?: (?:up to|over|more than|at least|about|around|an? (?:average|relative|absolute)(?: \w+)? of|nearly|almost"
    r"|roughly|approximately|as much as|an additional|a margin of))?"
    r"|\b(?:improve\w*|gain\w*|increase\w*|reduc\w*|drop\w*|decreas\w*|boost\w*|margin\w*|savings?|speed-?up\w*|cut\w*|down"
    r"|lower\w*|raise\w*|rises?|declin\w*|degrad\w*) (?:\w+ ){0,3}?(?:of|by|is|are|was)?"
    r"(?: (?:up to|over|more than|at least|about|nearly|an average of|only))?"
    r"|[+]|\bup)\s*~?\Z"
)
_DELTA_AFTER = re.compile(
    r"\s*(?:absolute |relative |average |overall )*(?:(?:points?|pp|reduction|improvement|increase|gain|decrease|drop|boost"
    r"|speed-?ups?|fewer|less|more|higher|lower|faster|better|worse|larger|smaller|cheaper|slower|savings?)\b)"
    r"|\s*(?:[\w-]+ ){1,3}?(?:reduction|improvement|increase|gain|decrease|drop|boost|gains|improvements|reductions)\b"
)
_SIZE_AFTER = re.compile(
    r"\s*(?:x\b|×|[KMBGT]B?\b|k\b|-?(?:shot|bit|fold|way|step|class)|(?:\w+[- ]){0,3}?(?:parameters?|params|images?|samples?"
    r"|examples?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|languages?|tasks?|datasets?|benchmarks?|classes"
    r"|categories|questions?|problems?|papers?|videos?|models?|tokens?|pairs?|layers?|times|participants?|users?|sentences?"
    r"|documents?|instances?|GPUs?|domains?|subjects?|patients?|queries|scenes?|epochs?|iterations?|steps?|annotations?"
    r"|billion|million|thousand|trillion|frames|nodes|experts|attributes|types|dimensions?|species|episodes|environments"
    r"|trajectories|demonstrations|methods|cases?|articles?|words?|records?|studies|agents|settings|components?|views?"
    r"|events?|cities|countries|features|robots|objects|metrics|baselines)\b)"
)
_BOUND = re.compile(
    r"\b(?:(?P<most>up to|as high as|at most|below|under|less than|fewer than|<)"
    r"|(?P<least>over|above|more than|at least|exceed\w*|>|greater than|beyond))\s*~?\Z"
)


def _kind(digits: str, unit: str | None, printed: str, sign: str, before: str, after: str) -> str:
    if unit is None and "." not in digits and _YEAR.match(digits):
        return "year"
    if "point" in printed or sign == "+" or _DELTA_AFTER.match(after):
        return "difference"
    if _DELTA_BEFORE.search(before):
        return "delta"
    if unit is None and _SIZE_AFTER.match(after):
        return "size"
    if unit is None and "." not in digits and (len(digits) < 2 or "," in digits):
        return "count"
    return "score"


def _bound(before: str) -> Bound | None:
    match = _BOUND.search(before)
    if match is None:
        return None
    return Bound.AT_MOST if match.group("most") else Bound.AT_LEAST
