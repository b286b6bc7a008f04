"""Words that speak of the paper's own work without naming it: "our method", "the proposed model", "it", a bare "we"."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractors.model.parts import Parts
from extractors.patterns import pattern
from extractors.reading import Place, Reading
from schema.kinds import SYSTEMS, NodeKind, Role
from schema.records import Entity


def main_system(text: str, entities: Sequence[Entity], title_end: int) -> Entity | None:
    """Return the system that the paper is about: of those it introduces, the one that opens the title, has a name made up
    for it, is spoken of most and comes first, in this order of weight."""
    introduced = [e for e in entities if e.label in SYSTEMS and e.role is Role.INTRODUCED]
    if not introduced:
        return None

    def weight(index: int) -> float:
        entity = introduced[index]
        first = entity.mentions[0]
        coined = any(" " not in form and sum(c.isupper() for c in form) > 1 for form in entity.forms)
        opens = first.start == 0 and text[first.end : first.end + 1] == ":"
        count = len(entity.mentions)
        return 4 * opens + (first.start < title_end) + 2 * (count > 2) + (count > 4) + 2 * coined - 0.5 * index

    return introduced[max(range(len(introduced)), key=weight)]


def find_anaphors(text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> Iterator[Place]:
    """Yield the places that speak of the paper's own system or dataset without its name."""
    main = main_system(text, entities, sentences[0][1] if sentences else 0)
    system = (main.name, main.label) if main else ("@model", NodeKind.METHOD)
    dataset = next((e for e in entities if e.label is NodeKind.DATASET and e.role is Role.INTRODUCED), None)
    for match in pattern("anaphora.own_system").finditer(text):
        yield Place(*match.span(), *system, "own")
    for match in _PRONOUN.finditer(text):
        yield Place(*match.span(), *system, match.group().lower())
    if dataset:
        for match in pattern("anaphora.own_dataset").finditer(text):
            yield Place(*match.span(), dataset.name, NodeKind.DATASET, "own")


def annotate(doc: Doc) -> Doc:
    """Put sentences, entities, names and anaphors together into the document's reading."""
    doc._.reading = read(doc._.cleaned.text, doc._.sentences, doc._.entities, doc._.parts)
    return doc


def read(
    text: str, sentences: tuple[tuple[int, int], ...], entities: tuple[Entity, ...], parts: Parts | None = None
) -> Reading:
    """Return the reading of a document whose entities are known."""
    named = [Place(span.start, span.end, e.name, e.label) for e in entities for span in e.mentions]
    taken = {at for place in named for at in (place.start, place.end - 1)}
    anaphors = [
        place for place in find_anaphors(text, sentences, entities) if place.start not in taken and place.end - 1 not in taken
    ]
    places = tuple(sorted(named + anaphors, key=lambda place: (place.start, place.end)))
    return Reading(text, sentences, entities, places, main_system(text, entities, sentences[0][1] if sentences else 0), parts)


_PRONOUN = re.compile(r"\b(?:[Ww]e|[Ii]t|[Tt]hey)\b")
