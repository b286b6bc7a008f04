"""An extraction record as JSON and back: what `sotagraph extract` prints, what a store keeps, what `ingest` reads again."""

from collections.abc import Iterator, Mapping
from typing import Any

from schema.identity import paper_id
from schema.kinds import NodeKind, RelationKind, Role
from schema.records import (
    Aspect,
    Bound,
    Claim,
    Delta,
    DeltaKind,
    Entity,
    ExtractionRecord,
    Link,
    Paper,
    Polarity,
    Result,
    Span,
)

_PAPER_EXTRAS = ("year", "date", "url", "arxiv_id", "doi", "venue", "source")
_CLASSES = {"@previous": "@baseline", "@human": "@baseline"}


def record_to_json(record: ExtractionRecord) -> dict[str, Any]:
    """Return the record as plain JSON data, in a fixed order of keys; `outperforms` is a view of `claims`."""
    paper = record.paper
    extras = {key: getattr(paper, key) for key in _PAPER_EXTRAS if getattr(paper, key) is not None}
    return {
        "id": paper.given_id if paper.given_id is not None else paper_id(paper),
        "title": paper.title,
        "abstract": paper.abstract,
        "entities": [_entity(entity) for entity in record.entities],
        "results": [_result(result) for result in record.results],
        "outperforms": list(outperforms(record)),
        "claims": [_claim(claim) for claim in record.claims],
        "links": [_link(link) for link in record.links],
        "extractor": record.extractor,
        **({"min_confidence": record.min_confidence} if record.min_confidence else {}),
        **extras,
        **({"authors": list(paper.authors)} if paper.authors else {}),
    }


def record_from_json(data: Mapping[str, Any]) -> ExtractionRecord:
    """Return the record that `record_to_json` wrote.

    Raises KeyError, TypeError or ValueError where the data is no record.
    """
    # A paper without an id of its own was given one by its title; that is no id of the source.
    hashed = paper_id(Paper(title=data["title"], abstract="", doi=data.get("doi"), arxiv_id=data.get("arxiv_id")))
    paper = Paper(
        title=data["title"],
        abstract=data["abstract"],
        given_id=None if data["id"] == hashed else data["id"],
        authors=tuple(data.get("authors", ())),
        **{key: data[key] for key in _PAPER_EXTRAS if key in data},
    )
    return ExtractionRecord(
        paper=paper,
        extractor=data["extractor"],
        entities=tuple(map(_read_entity, data["entities"])),
        results=tuple(map(_read_result, data["results"])),
        claims=tuple(map(_read_claim, data["claims"])),
        links=tuple(map(_read_link, data["links"])),
        min_confidence=data.get("min_confidence", 0.0),
    )


def outperforms(record: ExtractionRecord) -> Iterator[dict[str, Any]]:
    """Yield each claim of a better score as {winner, loser, dataset, metric, by, hedge, evidence}; previous systems and
    humans count as "@baseline" here, and each (winner, loser, dataset) comes once."""
    seen = set()
    for claim in record.claims:
        if claim.polarity is not Polarity.BETTER or claim.aspect is not Aspect.QUALITY:
            continue
        winner, loser = (_CLASSES.get(side or "", side) for side in (claim.winner, claim.loser))
        if winner is None or loser is None or (winner, loser, claim.dataset) in seen:
            continue
        seen.add((winner, loser, claim.dataset))
        yield {
            "winner": winner,
            "loser": loser,
            "dataset": claim.dataset,
            "metric": claim.metric,
            "by": claim.by,
            "hedge": claim.hedge,
            "evidence": _span(claim.evidence),
        }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "label": entity.label.name,
        "role": entity.role.value,
        "forms": list(entity.forms),
        "mentions": [_span(mention) for mention in entity.mentions],
        "confidence": entity.confidence,
        "rule": entity.rule,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "subject": result.subject,
        "dataset": result.dataset,
        "metric": result.metric,
        "value": result.value,
        "raw": result.raw,
        "unit": result.unit,
        "bound": result.bound,
        "setting": result.setting,
        "evidence": _span(result.evidence),
        "confidence": result.confidence,
        "rule": result.rule,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    delta = claim.delta
    return {
        "winner": claim.winner,
        "loser": claim.loser,
        "dataset": claim.dataset,
        "metric": claim.metric,
        "polarity": claim.polarity.value,
        "aspect": claim.aspect.value,
        "hedge": claim.hedge,
        "by": claim.by,
        "delta": None
        if delta is None
        else {"value": delta.value, "unit": delta.unit, "kind": delta.kind.value, "bound": delta.bound},
        "evidence": _span(claim.evidence),
        "confidence": claim.confidence,
        "rule": claim.rule,
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "head": link.head,
        "type": link.type.value,
        "tail": link.tail,
        "head_label": link.head_label.name,
        "tail_label": link.tail_label.name,
        "evidence": _span(link.evidence),
        "confidence": link.confidence,
        "rule": link.rule,
    }


def _read_span(data: Mapping[str, Any]) -> Span:
    return Span(data["start"], data["end"], data["text"])


def _read_entity(data: Mapping[str, Any]) -> Entity:
    return Entity(
        name=data["name"],
        label=NodeKind[data["label"]],
        role=Role(data["role"]),
        forms=tuple(data["forms"]),
        mentions=tuple(map(_read_span, data["mentions"])),
        confidence=data["confidence"],
        rule=data["rule"],
    )


def _read_result(data: Mapping[str, Any]) -> Result:
    return Result(
        subject=data["subject"],
        dataset=data["dataset"],
        metric=data["metric"],
        value=data["value"],
        raw=data["raw"],
        unit=data["unit"],
        bound=_read_bound(data["bound"]),
        setting=data["setting"],
        evidence=_read_span(data["evidence"]),
        confidence=data["confidence"],
        rule=data["rule"],
    )


def _read_claim(data: Mapping[str, Any]) -> Claim:
    delta = data["delta"]
    return Claim(
        winner=data["winner"],
        loser=data["loser"],
        dataset=data["dataset"],
        metric=data["metric"],
        polarity=Polarity(data["polarity"]),
        aspect=Aspect(data["aspect"]),
        hedge=data["hedge"],
        by=data["by"],
        delta=None
        if delta is None
        else Delta(value=delta["value"], unit=delta["unit"], kind=DeltaKind(delta["kind"]), bound=_read_bound(delta["bound"])),
        evidence=_read_span(data["evidence"]),
        confidence=data["confidence"],
        rule=data["rule"],
    )


def _read_link(data: Mapping[str, Any]) -> Link:
    return Link(
        head=data["head"],
        type=RelationKind(data["type"]),
        tail=data["tail"],
        head_label=NodeKind[data["head_label"]],
        tail_label=NodeKind[data["tail_label"]],
        evidence=_read_span(data["evidence"]),
        confidence=data["confidence"],
        rule=data["rule"],
    )


def _read_bound(value: str | None) -> Bound | None:
    return None if value is None else Bound(value)
