"""How entities relate: BASED_ON, TRAINED_ON, EVALUATED_ON, DERIVED_FROM, ADDRESSES and USES."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extractors.reading import Place, Reading
from schema.kinds import NodeKind, RelationKind, Role
from schema.records import Entity, Link


def find_links(reading: Reading) -> Iterator[Link]:
    """Yield the links that the abstract states."""
    seen = set()
    for link in _candidates(reading):
        key = (link.head, link.type, link.tail)
        if link.head != link.tail and key not in seen:
            seen.add(key)
            yield link


def annotate(doc: Doc) -> Doc:
    """Note the links that the document states."""
    doc._.links = tuple(find_links(doc._.reading))
    return doc


_TRAINED = re.compile(r"\b(?:train|fine-?tun|pre-?train)\w*\b[^.;]{0,40}\b(?:on|using|with|over)\b[^.;]{0,40}\Z", re.I)
_BASED = re.compile(
    r"\b(?:based on|built (?:up)?on|builds (?:up)?on|building on|extend\w*|fine-?tun\w*|adapt\w*|derived from|initialized from|extension of|variant of)\b[^.;]{0,30}\Z",
    re.I,
)
_USES = re.compile(
    r"\b(?:us(?:es|ing|e)|via|with|leverag\w*|employ\w*|integrat\w*|combin\w*|incorporat\w*|utiliz\w*|through|consist\w*|compris\w*|by|based on)\b[^.;]{0,60}\Z",
    re.I,
)


def _candidates(reading: Reading) -> Iterator[Link]:
    main = reading.main
    if main is None:
        return
    for start, end in reading.sentences:
        for place in reading.within(start, end):
            if place.anaphor is None and place.name != main.name:
                kind = _kind(reading, place, start)
                if kind:
                    yield _link(reading, main, kind, place, start, end)


def _kind(reading: Reading, place: Place, start: int) -> RelationKind | None:
    before = reading.text[start : place.start]
    if place.label is NodeKind.TASK:
        return RelationKind.ADDRESSES
    if place.label is NodeKind.DATASET:
        entity = next(e for e in reading.entities if e.name == place.name)
        if _TRAINED.search(before):
            return RelationKind.TRAINED_ON
        return None if start == 0 and entity.role is Role.INTRODUCED else RelationKind.EVALUATED_ON
    if place.is_system:
        if _BASED.search(before):
            return RelationKind.BASED_ON
        if place.label is NodeKind.METHOD and _USES.search(before) and start > 0:
            return RelationKind.USES
    return None


def _link(reading: Reading, head: Entity, kind: RelationKind, tail: Place, start: int, end: int) -> Link:
    return Link(
        head=head.name,
        type=kind,
        tail=tail.name,
        head_label=head.label,
        tail_label=tail.label,
        evidence=reading.span(start, end),
        confidence=0.5,
        rule="cue",
    )
