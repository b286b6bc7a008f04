"""Reads the small graphs of verdicts.txt: each with names of its own, so that all can be in one store."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from schema.kinds import NodeKind, Role
from schema.records import (
    Aspect,
    Bound,
    Claim,
    Delta,
    DeltaKind,
    Entity,
    ExtractionRecord,
    Paper,
    Polarity,
    Result,
    Span,
)

_SCORE = re.compile(r"(\S+) (<=|>=)?([\d.]+)(%?)(?: on (\S+))?(?: by ([^()]+?))?(?: \((.+)\))?")
_CLAIM = re.compile(r'(\S+) (>cost|!>|>|=) (\S+)(?: \+([\d.]+)(%|pts|rel|x))?(?: "(.+?)")?(?: on (\S+))?(?: by (.+))?')
_ASKED = re.compile(r"\? (\w+) (\w+)(?: on (\w+))?(?: by (\S+))?(?: as of (\d+))? -> (\w+) (\S+) \| (.+)")
_DELTA = {
    "%": ("%", DeltaKind.AMBIGUOUS),
    "pts": ("points", DeltaKind.ABSOLUTE),
    "rel": ("%", DeltaKind.RELATIVE),
    "x": ("x", DeltaKind.RELATIVE),
}


@dataclass(frozen=True)
class Question:
    """What is asked of a graph, and the answer."""

    a: str
    b: str
    on: str | None
    by: str | None
    as_of: str | None
    verdict: str
    winner: str | None
    reason: str


@dataclass
class Case:
    """A graph with its name and questions; `number` is in all its names."""

    name: str
    number: int
    papers: list[ExtractionRecord] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def plain(self, text: str) -> str:
        """Return a text of an answer with the names of the file."""
        return re.sub(rf"\b(?:Sys|Set)([A-Z]){self.number}\b", r"\1", text)


def cases(path: Path) -> list[Case]:
    """Return the graphs of a file."""
    found: list[Case] = []
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("? "):
            found[-1].questions.append(_question(line, found[-1].number))
        elif match := re.fullmatch(r"(\d{4}|-): (.+)", line):
            found[-1].papers.append(record(f"{found[-1].number}-{len(found[-1].papers)}", match[1], match[2], found[-1].number))
        else:
            found.append(Case(name=line, number=len(found) + 1))
    return found


def _question(line: str, number: int) -> Question:
    match = _ASKED.fullmatch(line)
    assert match, line
    a, b, on, by, as_of, verdict, winner, reason = match.groups()
    return Question(
        a=_system(a, number),
        b=_system(b, number),
        on=_dataset(on, number) if on else None,
        by=by,
        as_of=as_of,
        verdict=verdict,
        winner=None if winner == "-" else winner,
        reason=reason,
    )


def record(key: str, year: str, text: str, number: int) -> ExtractionRecord:
    """Return the record of one line; every fact quotes its own words."""
    facts = text.split("; ")
    title = f"Paper {key}"
    sentences = [f"{fact} [{key}]." for fact in facts]
    names = dict(_names(facts, number))
    abstract = " ".join(sentences) + " " + ", ".join(names)
    spans, at = [], len(title) + 1
    for sentence in sentences:
        spans.append(Span(at, at + len(sentence), sentence))
        at += len(sentence) + 1
    results, claims = [], []
    for fact, span in zip(facts, spans, strict=True):
        if match := _SCORE.fullmatch(fact):
            results.append(_result(match, span, number))
        elif match := _CLAIM.fullmatch(fact):
            claims.append(_claim(match, span, number))
        else:
            raise ValueError(f"neither a score nor a claim: {fact}")
    whole = f"{title}\n{abstract}"
    entities = [
        Entity(
            name=name,
            label=label,
            role=Role.USED,
            forms=(name,),
            mentions=(Span(start := whole.rindex(name), start + len(name), name),),
            confidence=0.9,
            rule="t",
        )
        for name, label in names.items()
    ]
    dated = None if year == "-" else int(year)
    paper = Paper(title=title, abstract=abstract, given_id=key, year=dated, source="table")
    return ExtractionRecord(
        paper=paper, extractor="t/1", entities=tuple(entities), results=tuple(results), claims=tuple(claims)
    )


def _names(facts: list[str], number: int) -> Iterator[tuple[str, NodeKind]]:
    for fact in facts:
        if match := _SCORE.fullmatch(fact):
            systems, dataset, metric = [match[1]], match[5], match[6] or "accuracy"
        else:
            match = _CLAIM.fullmatch(fact)
            assert match, fact
            systems, dataset, metric = [match[1], match[3]], match[7], match[8]
        yield from ((_system(name, number), NodeKind.MODEL) for name in systems if not name.startswith("@"))
        if dataset:
            yield _dataset(dataset, number), NodeKind.DATASET
        if metric:
            yield metric, NodeKind.METRIC


def _system(name: str, number: int) -> str:
    return name if name.startswith("@") else f"Sys{name}{number}"


def _dataset(name: str, number: int) -> str:
    base, dash, variant = name.partition("-")
    return f"Set{base}{number}{dash}{variant}"


def _result(match: re.Match[str], span: Span, number: int) -> Result:
    system, bound, value, unit, dataset, metric, setting = match.groups()
    return Result(
        subject=_system(system, number),
        dataset=_dataset(dataset, number) if dataset else None,
        metric=metric or "accuracy",
        value=float(value),
        raw=f"{value}{unit}",
        unit=unit or None,
        setting=setting,
        bound={"<=": Bound.AT_MOST, ">=": Bound.AT_LEAST}.get(bound),
        evidence=span,
        confidence=0.9,
        rule="t",
    )


def _claim(match: re.Match[str], span: Span, number: int) -> Claim:
    winner, sign, loser, value, kind, hedge, dataset, metric = match.groups()
    unit, delta = _DELTA.get(kind, (None, DeltaKind.AMBIGUOUS))
    return Claim(
        winner=_system(winner, number),
        loser=_system(loser, number),
        dataset=_dataset(dataset, number) if dataset else None,
        metric=metric,
        polarity={"=": Polarity.EQUAL, "!>": Polarity.NOT_BETTER}.get(sign, Polarity.BETTER),
        aspect=Aspect.EFFICIENCY if sign == ">cost" else Aspect.QUALITY,
        hedge=hedge,
        by=f"{value}{kind}" if value else None,
        delta=Delta(value=float(value), unit=unit, kind=delta) if value else None,
        evidence=span,
        confidence=0.9,
        rule="t",
    )
