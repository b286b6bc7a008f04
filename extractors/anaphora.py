"""Words that speak of the paper's own work without naming it: "our method", "the proposed model", "it", a bare "we"."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractors.reading import Place, Reading
from schema.kinds import SYSTEMS, NodeKind, Role
from schema.records import Entity


def main_system(entities: Sequence[Entity], title_end: int) -> Entity | None:
    """Return the system that the paper is about: the introduced one that the title names, else the first introduced one."""
    introduced = [e for e in entities if e.label in SYSTEMS and e.role is Role.INTRODUCED]
    titled = [e for e in introduced if e.mentions[0].start == 0]
    return next(iter(titled or introduced), None)


def find_anaphors(text: str, sentences: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> Iterator[Place]:
    """Yield the places that speak of the paper's own system or dataset without its name."""
    main = main_system(entities, sentences[0][1] if sentences else 0)
    system = (main.name, main.label) if main else ("@model", NodeKind.METHOD)
    dataset = next((e for e in entities if e.label is NodeKind.DATASET and e.role is Role.INTRODUCED), None)
    for match in _OWN_SYSTEM.finditer(text):
        yield Place(*match.span(), *system, "own")
    for match in _PRONOUN.finditer(text):
        yield Place(*match.span(), *system, match.group().lower())
    if dataset:
        for match in _OWN_DATASET.finditer(text):
            yield Place(*match.span(), dataset.name, NodeKind.DATASET, "own")


def annotate(doc: Doc) -> Doc:
    """Put sentences, entities, names and anaphors together into the document's reading."""
    sentences = tuple((sentence.start_char, sentence.end_char) for sentence in doc.sents)
    doc._.reading = read(doc.text, sentences, doc._.entities)
    return doc


def read(text: str, sentences: tuple[tuple[int, int], ...], entities: tuple[Entity, ...]) -> Reading:
    """Return the reading of a document whose entities are known."""
    named = [Place(span.start, span.end, e.name, e.label) for e in entities for span in e.mentions]
    taken = {at for place in named for at in (place.start, place.end - 1)}
    anaphors = [
        place for place in find_anaphors(text, sentences, entities) if place.start not in taken and place.end - 1 not in taken
    ]
    places = tuple(sorted(named + anaphors, key=lambda place: (place.start, place.end)))
    return Reading(text, sentences, entities, places, main_system(entities, sentences[0][1] if sentences else 0))


_NOUN = r"(?:method|approach|model|framework|system|algorithm|technique|architecture|network|agent|pipeline|strategy|solution|policy|scheme|paradigm|formulation|procedure|module|LLM|detector|classifier|mechanism|planner|prover|design|work)s?"
_OWN_SYSTEM = re.compile(
    rf"\b(?:[Oo]ur|[Tt]h(?:e|is) (?:proposed|resulting|new|novel|final|trained|introduced|presented)|[Tt]his|[Tt]hese) "
    rf"(?:[\w-]+ ){{0,3}}?{_NOUN}\b|\b(?:[Oo]urs)\b"
)
_OWN_DATASET = re.compile(
    r"\b(?:[Oo]ur|[Tt]h(?:e|is) (?:proposed|resulting|new|novel|introduced)|[Tt]his) "
    r"(?:[\w-]+ ){0,2}?(?:data ?sets?|benchmarks?|corpus|corpora|suite)\b"
)
_PRONOUN = re.compile(r"\b(?:[Ww]e|[Ii]t|[Tt]hey)\b")
