"""Why a record says what it says: for each fact the rule that made it and the words that filled each slot."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extractors.patterns import pattern
from extractors.reading import Place
from extractors.record import record_of
from schema.identity import paper_id
from schema.records import Claim, ExtractionRecord, Link, Result, Span

_VERB = {"better": "beats", "equal": "equals", "not_better": "does not beat"}
_SENTENCE = re.compile(r"\s+")


def explain_document(doc: Doc, *, min_confidence: float = 0.0) -> Iterator[str]:
    """Yield the lines that explain a document after every component; facts below the confidence are left out."""
    reading = doc._.reading
    yield _title(record_of(doc))
    yield from _facts((*doc._.claims, *doc._.results, *doc._.links), reading.places, min_confidence)


def explain_record(record: ExtractionRecord, *, min_confidence: float = 0.0) -> Iterator[str]:
    """Yield the lines that explain a record alone; what it no longer tells is which words spoke of an unnamed system."""
    places = [Place(span.start, span.end, e.name, e.label) for e in record.entities for span in e.mentions]
    yield _title(record)
    yield from _facts(
        (*record.claims, *record.results, *record.links), sorted(places, key=lambda place: place.start), min_confidence
    )


def _title(record: ExtractionRecord) -> str:
    return f"{_SENTENCE.sub(' ', record.paper.title)} ({paper_id(record.paper)}, read by {record.extractor})"


def _facts(facts: Sequence[Claim | Result | Link], places: Sequence[Place], least: float) -> Iterator[str]:
    sure = [fact for fact in facts if fact.confidence >= least]
    if not sure:
        yield "  no claim, score or link"
    for fact in sure:
        match fact:
            case Claim():
                yield from _claim(fact, places)
            case Result():
                yield from _result(fact, places)
            case Link():
                yield from _link(fact, places)


def _claim(claim: Claim, places: Sequence[Place]) -> Iterator[str]:
    on = f" on {claim.dataset}" if claim.dataset else ""
    said = f"{claim.winner or '?'} {_VERB[claim.polarity]} {claim.loser or '?'}{on}"
    yield from _head("claim", said, claim)
    if words := _trigger(claim):
        yield f"    comparing words: {words}"
    for slot in ("winner", "loser", "dataset", "metric"):
        yield _slot(slot, getattr(claim, slot), claim.evidence, places)
    delta = claim.delta
    kind = f", read as {delta.value:g}{f' {delta.unit}' if delta.unit else ''}, {delta.kind}" if delta else ""
    for name, value in (("by", claim.by and f"“{claim.by}”{kind}"), ("hedge", claim.hedge and f"“{claim.hedge}”")):
        if value:
            yield f"    {name}: {value}"
    if claim.aspect != "quality":
        yield f"    aspect: {claim.aspect}, no win on a benchmark"


def _result(result: Result, places: Sequence[Place]) -> Iterator[str]:
    bound = {"at_most": "at most ", "at_least": "at least "}.get(result.bound or "", "")
    on = f" on {result.dataset}" if result.dataset else ""
    unit = f" {result.unit}" if result.unit else ""
    yield from _head("score", f"{result.subject}: {bound}{result.value:g}{unit}{on}", result)
    yield f"    value: “{result.raw}”"
    for slot in ("subject", "dataset", "metric"):
        yield _slot(slot, getattr(result, slot), result.evidence, places)
    if result.setting:
        yield f"    setting: “{result.setting}”"


def _link(link: Link, places: Sequence[Place]) -> Iterator[str]:
    yield from _head("link", f"{link.head} {link.type} {link.tail}", link)
    for slot in ("head", "tail"):
        yield _slot(slot, getattr(link, slot), link.evidence, places)


def _head(kind: str, said: str, fact: Claim | Result | Link) -> Iterator[str]:
    yield f"  {kind}: {said}"
    yield f"    “{_SENTENCE.sub(' ', fact.evidence.text)}”"
    yield f"    made by {fact.rule}, confidence {fact.confidence:.2f}"


def _slot(slot: str, name: str | None, evidence: Span, places: Sequence[Place]) -> str:
    """Say by which words of the sentence, or else of the nearest one before or after it, a slot's name is spoken of."""
    if name is None:
        return f"    {slot}: nothing names it"
    spoken = [place for place in places if place.name == name]
    here = [place for place in spoken if evidence.start <= place.start < evidence.end]
    if here:
        words = dict.fromkeys(_words(evidence.text, place.start - evidence.start, place.end - evidence.start) for place in here)
        return f"    {slot}: {name} ← {', '.join(words)}"
    if name.startswith("@"):
        words = dict.fromkeys(f"“{match.group()}”" for match in pattern("claims.class_word").finditer(evidence.text))
        return f"    {slot}: {name}, whom the text does not name" + (
            f": {', '.join(words)}" if words and slot == "loser" else ""
        )
    before = [place for place in spoken if place.start < evidence.start]
    return f"    {slot}: {name} ← named in {'an earlier' if before else 'another'} sentence"


def _words(text: str, start: int, end: int) -> str:
    return f"“{_SENTENCE.sub(' ', text[start:end])}”"


def _trigger(claim: Claim) -> str:
    rule = claim.rule.rpartition("/")[2]
    found = [m for m in pattern("claims.anchor").finditer(claim.evidence.text) if m.lastgroup == rule]
    return ", ".join(dict.fromkeys(f"“{match.group()}”" for match in found))
