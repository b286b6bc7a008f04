"""A document's facts as an extraction record, every span mapped back to the text as read."""

from dataclasses import replace

from spacy.tokens import Doc

from extractors.cleaning import Cleaned
from schema.records import ExtractionRecord, Span

EXTRACTOR = "sotagraph/0.1"


def record_of(doc: Doc) -> ExtractionRecord:
    """Return what the components noted in the document."""
    cleaned, source = doc._.cleaned, doc._.paper.text

    def back(span: Span) -> Span:
        return _back(cleaned, source, span)

    return ExtractionRecord(
        paper=doc._.paper,
        extractor=EXTRACTOR,
        entities=tuple(
            replace(e, forms=tuple(dict.fromkeys(s.text for s in spans)), mentions=spans)
            for e in doc._.entities
            for spans in [tuple(map(back, e.mentions))]
        ),
        results=tuple(replace(fact, evidence=back(fact.evidence)) for fact in doc._.results),
        claims=tuple(replace(fact, evidence=back(fact.evidence)) for fact in doc._.claims),
        links=tuple(replace(fact, evidence=back(fact.evidence)) for fact in doc._.links),
    )


def _back(cleaned: Cleaned, source: str, span: Span) -> Span:
    start, end = cleaned.to_source(span.start, span.end)
    return Span(start, end, source[start:end])
