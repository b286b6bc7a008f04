"""Numbers that may be scores: value, unit, bound and what the words around them say they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schema.records import Bound


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed in [start, end), its unit with it. `kind` is "score", "delta", or why it is neither ("size")."""

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
        value = float(digits.replace(",", ""))
        unit = match.group("unit")
        unit = "%" if unit and unit.strip().lower().startswith(("%", "percent", "per cent")) and "point" not in unit else None
        before = text[max(start, match.start() - 45) : match.start()]
        after = text[match.end() : min(end, match.end() + 40)]
        yield Number(
            match.start(),
            match.end(),
            value,
            unit,
            match.group().strip(),
            _kind(digits, value, unit, match, before, after),
            _bound(before),
        )


_NUMBER = re.compile(
    r"(?<![\w.$/@,-])(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>\s?%(?:[ -]points?)?|\s(?:percent(?:age)?|per cent)(?: points?)?\b)?(?![\w@]|[.,]\d|-[A-Za-z])"
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DELTA_BEFORE = re.compile(
    r"(?:\bby(?: (?:up to|over|more than|at least|about|around|an? (?:average|relative|absolute)(?: \w+)? of|nearly|almost|roughly|approximately|as much as|an additional|a margin of))?"
    r"|\b(?:improve\w*|gain\w*|increase\w*|reduc\w*|drop\w*|decreas\w*|boost\w*|margin\w*|savings?|speed-?up\w*|cut\w*|up|down|lower\w*|raise\w*|rise|rises|declin\w*|degrad\w*) (?:\w+ ){0,3}?(?:of|by|to|is|are|was)?(?: (?:up to|over|more than|at least|about|nearly|~|an average of|only))?"
    r"|[+])\s*~?\Z"
)
_DELTA_AFTER = re.compile(
    r"\s*(?:absolute |relative |average |overall )*(?:(?:points?|pp|reduction|improvement|increase|gain|decrease|drop|boost|speed-?up|speedups?|fewer|less|more|higher|lower|faster|better|worse|larger|smaller|cheaper|slower|savings?)\b)"
    r"|\s*(?:[\w-]+ ){1,3}?(?:reduction|improvement|increase|gain|decrease|drop|boost|gains|improvements|reductions)\b"
)
_SIZE_AFTER = re.compile(
    r"\s*(?:x\b|×|[KMBGT]B?\b|k\b|-?(?:shot|bit|fold|way|step|class)|(?:\w+[- ]){0,3}?(?:parameters?|params|images?|samples?|examples?|hours?|minutes?|seconds?|days?|weeks?|months?|years?|languages?|tasks?|datasets?|benchmarks?|classes|categories|questions?|problems?|papers?|videos?|models?|tokens?|pairs?|layers?|times|participants?|users?|sentences?|documents?|instances?|GPUs?|domains?|subjects?|patients?|queries|scenes?|epochs?|iterations?|steps?|annotations?|billion|million|thousand|trillion|ms|GB|MB|frames|nodes|images|experts|attributes|types|dimensions?|species|episodes|environments|trajectories|demonstrations|methods|points?|cases?|articles?|words?|records?|studies|agents|settings|components?|views?|events?|cities|countries|features|robots|objects|metrics|baselines|of the)\b)"
)
_SIZE_BEFORE = re.compile(
    r"\b(?:over|than|of|with|k|K|n|N|top|level|version|v|Table|Section|Task|Figure|Stage|Phase|Track|Type|rank|ranked|epsilon|ε|Grade|grade|page|pages)\s?[=≤]?\s*\Z"
)
_BOUND = re.compile(
    r"\b(?:(?P<most>up to|as high as|at most|below|under|less than|fewer than|<)|(?P<least>over|above|more than|at least|exceed\w*|>|greater than|beyond))\s*~?\Z"
)


def _kind(digits: str, value: float, unit: str | None, match: re.Match[str], before: str, after: str) -> str:
    raw_unit = match.group("unit") or ""
    if unit is None and "." not in digits and _YEAR.match(digits):
        return "year"
    if "point" in raw_unit or match.group("sign") == "+" or _DELTA_AFTER.match(after):
        return "delta"
    if _DELTA_BEFORE.search(before):
        return "delta"
    if _SIZE_AFTER.match(after) and not (unit and not re.match(r"\s*(?:of the|x)", after)):
        return "size"
    if unit is None and "." not in digits and (value < 10 or "," in digits):
        return "count"
    return "score"


def _bound(before: str) -> Bound | None:
    match = _BOUND.search(before)
    if match is None:
        return None
    return Bound.AT_MOST if match.group("most") else Bound.AT_LEAST
