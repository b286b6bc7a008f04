"""The pure fold of one extraction record, with what was decided, into what it says to the graph: nodes, relationships,
ballots and BEATS."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.beats import Scored, beats_of
from graph.captions import of_claim, of_result
from graph.curation import NONE, Curation
from graph.facts import Facts
from graph.naming import Ids, fact_id, ids_in, meanings_in, metric_of
from graph.papers import check_spans, paper_node
from graph.rulings import Ruled, rule
from graph.votes import ballot
from schema.identity import digest, entity_id, split_variant
from schema.kinds import FAMILY, ROLE_RELATION, NodeKind, RelationKind, Role, may_link
from schema.metrics import MetricEntry
from schema.nodes import ClaimNode, PaperNode, Relationship, ResultNode
from schema.record_json import record_to_json
from schema.records import Claim, Entity, ExtractionRecord, Link, Result
from schema.values import canonical
from schema.variants import variant_pairs

_ROLE_ORDER = (Role.INTRODUCED, Role.USED, Role.MENTIONED)


def assemble(record: ExtractionRecord, curation: Curation = NONE) -> Facts:
    """Return what the record says to the graph.

    A fact's id is made of what was read, so it outlives decisions and merges. A rejected fact is a node, and makes no BEATS.
    Raises ValueError where the record doesn't hold together: an entity without a usable name, evidence that isn't in the text.
    """
    check_spans(record)
    rulings = rule(record, curation.decisions)
    fold_ = _Fold(record=rulings.record, paper=paper_node(record.paper), curation=curation, read_ids=ids_in(record.entities))
    fold_.add_entities(rulings.implied)
    for result in rulings.results:
        fold_.add_result(result)
    for claim in rulings.claims:
        fold_.add_claim(claim)
    for link in rulings.record.links:
        fold_.add_link(link)
    fold_.add_variants()
    text = canonical_json(record)
    return Facts(
        paper=fold_.paper,
        record=text,
        digest=digest(text),
        ballots=dict(sorted(fold_.ballots.items())),
        results=tuple(fold_.results[key] for key in sorted(fold_.results)),
        claims=tuple(fold_.claims[key] for key in sorted(fold_.claims)),
        relationships=tuple(fold_.relationships[key] for key in sorted(fold_.relationships)),
        beats=beats_of(fold_.scored, [claim for claim in fold_.claims.values() if claim.review != "rejected"]),
        bases=tuple(sorted(fold_.bases)),
        meanings=tuple(sorted(meanings_in(rulings.record.entities))),
        dropped=dict(sorted(fold_.dropped.items())),
    )


def canonical_json(record: ExtractionRecord) -> str:
    """Return the one JSON text of a record, by which equal records are known."""
    return json.dumps(record_to_json(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(slots=True)
class _Fold:
    """One record on its way into facts; lives for one call of `assemble`."""

    record: ExtractionRecord
    paper: PaperNode
    curation: Curation
    read_ids: Ids
    ids: Ids = field(default_factory=dict)
    bases: set[str] = field(default_factory=set)
    roles: dict[str, Role] = field(default_factory=dict)
    ballots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    results: dict[str, ResultNode] = field(default_factory=dict)
    claims: dict[str, ClaimNode] = field(default_factory=dict)
    relationships: dict[tuple[str, ...], Relationship] = field(default_factory=dict)
    scored: list[Scored] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def add_entities(self, implied: Iterable[tuple[NodeKind, str]]) -> None:
        """Give each entity its id; two names of one thing become one entity with the mentions of both. What only an edit names
        has no mention."""
        groups: dict[str, list[Entity]] = {}
        self.ids.update(ids_in(self.record.entities))
        for entity in self.record.entities:
            groups.setdefault(self._merged(self.ids[FAMILY[entity.label], entity.name]), []).append(entity)
        for key, entities in groups.items():
            self._add_group(key, entities)
        for kind, name in implied:
            base = self.ids.setdefault((FAMILY[kind], name), entity_id(kind, name))
            self.ballots.setdefault(self._merged(base), ballot(kind, _base(kind, name), (), named=False))

    def _add_group(self, key: str, entities: Sequence[Entity]) -> None:
        first = entities[0]
        role = min((entity.role for entity in entities), key=_ROLE_ORDER.index)
        mentions = sorted({(span.start, span.end) for entity in entities for span in entity.mentions})
        forms = sorted({form for entity in entities for form in (*entity.forms, entity.name)})
        self.roles[key] = role
        self.ballots[key] = ballot(first.label, _base(first.label, first.name), forms)
        self._relate(
            self.paper.id,
            ROLE_RELATION[role],
            key,
            {
                "label": first.label.value,
                "forms": tuple(forms),
                "starts": tuple(start for start, _ in mentions),
                "ends": tuple(end for _, end in mentions),
                "confidence": max(entity.confidence for entity in entities),
                "extractor": self.record.extractor,
                "rule": first.rule,
            },
        )

    def add_result(self, ruled: Ruled[Result]) -> None:
        """Add a score; where the text names no metric, the benchmark's usual one is inferred."""
        result, read = ruled.now, ruled.read
        subject = self._id("system", result.subject)
        dataset, variant = self._dataset(result.dataset)
        metric, entry, basis = self._metric(result.metric, result.dataset)
        directed = self.curation.directions.get(metric or "")
        value, scaled = canonical(result.value, result.unit, entry)
        if entry is None and directed and result.unit is None:
            # A person said how to rank a metric that no registry knows: bare numbers are taken to be in its own unit.
            value, scaled = result.value, "as printed"
        span = result.evidence
        key = fact_id(self.paper.id, read, self.read_ids)
        if key in self.results:
            self.dropped["duplicate_result"] += 1
            return
        metric_name = entry.name if entry else result.metric
        node = ResultNode(
            id=key,
            name=of_result(result, metric_name),
            paper=self.paper.id,
            subject=subject,
            dataset=dataset,
            variant=variant,
            metric=metric,
            metric_basis=basis,
            raw=result.raw,
            value=result.value,
            unit=result.unit,
            canonical=None if result.bound else value,
            scaled="a bound, not a value" if result.bound else scaled,
            bound=result.bound,
            setting=result.setting,
            role="introduced" if subject is None or self.roles.get(subject) is Role.INTRODUCED else "baseline",
            quote=span.text,
            start=span.start,
            end=span.end,
            confidence=result.confidence,
            extractor=self.record.extractor,
            rule=result.rule,
            review=ruled.review,
        )
        self.results[key] = node
        if ruled.review != "rejected":
            direction = directed or (entry.direction if entry else "unknown")
            self.scored.append(Scored(result=node, direction=direction))
        self._relate_ends(
            key,
            (RelationKind.REPORTED_IN, self.paper.id),
            (RelationKind.OF, subject),
            (RelationKind.ON, dataset),
            (RelationKind.BY, metric),
        )

    def add_claim(self, ruled: Ruled[Claim]) -> None:
        """Add a comparison; a side without a name keeps its class."""
        claim, read = ruled.now, ruled.read
        winner, loser = self._id("system", claim.winner), self._id("system", claim.loser)
        dataset, variant = self._dataset(claim.dataset)
        metric, _, _ = self._metric(claim.metric, None)
        span, delta = claim.evidence, claim.delta
        key = fact_id(self.paper.id, read, self.read_ids)
        if key in self.claims:
            self.dropped["duplicate_claim"] += 1
            return
        self.claims[key] = ClaimNode(
            id=key,
            name=of_claim(claim),
            paper=self.paper.id,
            winner=winner,
            winner_class=None if winner else _class(claim.winner),
            loser=loser,
            loser_class=None if loser else _class(claim.loser),
            dataset=dataset,
            variant=variant,
            metric=metric,
            polarity=claim.polarity,
            aspect=claim.aspect,
            hedge=claim.hedge,
            by=claim.by,
            delta_value=delta.value if delta else None,
            delta_unit=delta.unit if delta else None,
            delta_kind=delta.kind if delta else None,
            delta_bound=delta.bound if delta else None,
            quote=span.text,
            start=span.start,
            end=span.end,
            confidence=claim.confidence,
            extractor=self.record.extractor,
            rule=claim.rule,
            review=ruled.review,
        )
        self._relate_ends(
            key,
            (RelationKind.STATED_IN, self.paper.id),
            (RelationKind.WINNER, winner),
            (RelationKind.LOSER, loser),
            (RelationKind.ON, dataset),
            (RelationKind.BY, metric),
        )

    def add_link(self, link: Link) -> None:
        """Add a relationship between entities, if the schema allows its ends."""
        head, tail = self._id(FAMILY[link.head_label], link.head), self._id(FAMILY[link.tail_label], link.tail)
        if head is None or tail is None:
            self.dropped["link_to_unnamed"] += 1
        elif head == tail:
            self.dropped["link_to_itself"] += 1
        elif not may_link(link.type, link.head_label, link.tail_label):
            self.dropped["link_not_allowed"] += 1
        else:
            self._relate(head, link.type, tail, self._evidence(link))

    def add_variants(self) -> None:
        """Relate a sized or versioned system to the family that the same abstract names."""
        systems = [entity for entity in self.record.entities if FAMILY[entity.label] == "system" and entity.mentions]
        by_name = {entity.name: entity for entity in systems}
        for variant, base in variant_pairs(by_name):
            head, tail = self._id("system", variant), self._id("system", base)
            if head and tail and head != tail:
                span, entity = by_name[variant].mentions[0], by_name[variant]
                props = {"quote": span.text, "start": span.start, "end": span.end, "confidence": entity.confidence}
                self._relate(head, RelationKind.VARIANT_OF, tail, {**props, "extractor": self.record.extractor, "rule": "name"})

    def _id(self, family: str, name: str | None) -> str | None:
        base = self.ids.get((family, name)) if name else None
        return self._merged(base) if base else None

    def _merged(self, base: str) -> str:
        """Return the id that stands for an id after all merges."""
        self.bases.add(base)
        return self.curation.redirects.get(base, base)

    def _dataset(self, name: str | None) -> tuple[str | None, str | None]:
        key = self._id("dataset", name)
        return (key, split_variant(name)[1]) if key and name else (None, None)

    def _metric(self, name: str | None, dataset: str | None) -> tuple[str | None, MetricEntry | None, str | None]:
        base, entry, basis = metric_of(name, dataset, self.ids)
        if base is None:
            return None, None, None
        key = self._merged(base)
        if entry and basis == "inferred":
            self.ballots.setdefault(key, ballot(NodeKind.METRIC, entry.name, (), named=False))
        return key, entry, basis

    def _evidence(self, link: Link) -> dict[str, str | int | float]:
        span = link.evidence
        return {
            "quote": span.text,
            "start": span.start,
            "end": span.end,
            "confidence": link.confidence,
            "extractor": self.record.extractor,
            "rule": link.rule,
        }

    def _relate_ends(self, head: str, *ends: tuple[RelationKind, str | None]) -> None:
        for kind, tail in ends:
            if tail is not None:
                self._relate(head, kind, tail, {})

    def _relate(self, head: str, kind: RelationKind, tail: str, props: Mapping[str, object]) -> None:
        relationship = Relationship(head=head, type=kind, tail=tail, paper=self.paper.id, props=props)  # type: ignore[arg-type]
        self.relationships.setdefault(relationship.key, relationship)


def _base(kind: NodeKind, name: str) -> str:
    return split_variant(name)[0] if kind is NodeKind.DATASET else name


def _class(name: str | None) -> str | None:
    return name.removeprefix("@") if name else None
