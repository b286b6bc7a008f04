"""What is counted of an abstract, in one shape for what an annotator read and for what the extractor read."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from schema.kinds import NodeKind, Role
from schema.record_json import outperforms
from schema.records import ExtractionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity with its folded spellings and the stretches [start, end) of the text that name it."""

    name: str
    label: NodeKind
    role: Role
    spellings: frozenset[str]
    spans: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """A result: a subject reaches a value."""

    subject: str | None
    dataset: str | None
    metric: str | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Win:
    """A comparison: the winner is better than the loser."""

    winner: str | None
    loser: str | None
    dataset: str | None
    metric: str | None


@dataclass(frozen=True, slots=True)
class Bond:
    """A link: how a head relates to a tail."""

    head: str | None
    type: str
    tail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """All that is counted of one abstract. Facts point at entities by name."""

    entities: tuple[Named, ...] = ()
    results: tuple[Score, ...] = ()
    outperforms: tuple[Win, ...] = ()
    links: tuple[Bond, ...] = ()


def annotation_of(record: ExtractionRecord) -> Annotation:
    """Return what is counted of an extraction record."""
    return Annotation(
        entities=tuple(
            Named(
                name=entity.name,
                label=entity.label,
                role=entity.role,
                spellings=folded((entity.name, *entity.forms, *(mention.text for mention in entity.mentions))),
                spans=frozenset((mention.start, mention.end) for mention in entity.mentions),
            )
            for entity in record.entities
        ),
        results=tuple(Score(r.subject, r.dataset, r.metric, rounded(r.value)) for r in record.results),
        outperforms=tuple(Win(w["winner"], w["loser"], w["dataset"], w["metric"]) for w in outperforms(record)),
        links=tuple(Bond(link.head, link.type.value, link.tail) for link in record.links),
    )


def renamed(annotation: Annotation, name_of: Callable[[str], str]) -> Annotation:
    """Return the annotation with another name for each entity, in the facts too."""

    def slot(name: str | None) -> str | None:
        return None if name is None else name_of(name)

    return Annotation(
        entities=tuple(replace(entity, name=name_of(entity.name)) for entity in annotation.entities),
        results=tuple(Score(slot(r.subject), slot(r.dataset), slot(r.metric), r.value) for r in annotation.results),
        outperforms=tuple(Win(slot(w.winner), slot(w.loser), slot(w.dataset), slot(w.metric)) for w in annotation.outperforms),
        links=tuple(Bond(slot(link.head), link.type, slot(link.tail)) for link in annotation.links),
    )


def folded(spellings: Iterable[str]) -> frozenset[str]:
    """Return the spellings without regard to case, hyphens, underscores and width of space.

    >>> sorted(folded(["CM-NTM", "cm  ntm", "GPT_4 "]))
    ['cm ntm', 'gpt 4']
    """
    return frozenset(_GAP.sub(" ", spelling).strip().casefold() for spelling in spellings)


def rounded(value: float) -> float:
    """Return a value as it is compared: beyond four decimals two numbers are one."""
    return round(float(value), 4)


_GAP = re.compile(r"[\s_-]+")
