"""What decisions make of one extraction record: facts found again by their evidence, and given their review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

from schema.decisions import KEYED, Decision, DecisionKind, FactTarget, MentionTarget, Slot
from schema.identity import entity_id, fold, name_key
from schema.kinds import FAMILY, NodeKind
from schema.records import UNNAMED, Bound, Claim, Entity, ExtractionRecord, Link, Polarity, Result

Fact = TypeVar("Fact", Claim, Result)

# How alike two quotes have to be for one to be the other, read again: a word may change, a sentence may not.
_ALIKE = 0.8
_REVIEW = {DecisionKind.ACCEPT: "accepted", DecisionKind.REJECT: "rejected", DecisionKind.EDIT: "edited"}
_KIND = {
    "subject": NodeKind.MODEL,
    "winner": NodeKind.MODEL,
    "loser": NodeKind.MODEL,
    "dataset": NodeKind.DATASET,
    "metric": NodeKind.METRIC,
}


@dataclass(frozen=True, slots=True)
class Ruled(Generic[Fact]):
    """A fact as it was read, as it is after all decisions, and the last word on it."""

    read: Fact
    now: Fact
    review: str = "unreviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """A record after its decisions, the facts in the order of the record, the names that only an edit brought in, and the
    decisions that found nothing to decide on."""

    record: ExtractionRecord
    results: tuple[Ruled[Result], ...]
    claims: tuple[Ruled[Claim], ...]
    implied: tuple[tuple[NodeKind, str], ...]
    lost: tuple[Decision, ...]


def rule(record: ExtractionRecord, decisions: Sequence[Decision]) -> Rulings:
    """Return what the decisions on a paper, in their order, make of its record."""
    claims, results = [Ruled(claim, claim) for claim in record.claims], [Ruled(result, result) for result in record.results]
    lost = []
    for decision in decisions:
        match decision.target:
            case MentionTarget(entity=entity):
                found = _rename(record, claims, results, entity, str(decision.values["name"]))
                if found is None:
                    lost.append(decision)
                else:
                    record, claims, results = found
            case FactTarget(fact="claim"):
                lost += [] if _decide(claims, decision, decision.target) else [decision]
            case FactTarget():
                lost += [] if _decide(results, decision, decision.target) else [decision]
    return Rulings(
        record=record,
        results=tuple(results),
        claims=tuple(claims),
        implied=tuple(_implied(record, [*claims, *results])),
        lost=tuple(lost),
    )


def slots_of(fact: Claim | Result) -> dict[str, Slot]:
    """Return the slots by which a fact is found again."""
    return {name: getattr(fact, name) for name in KEYED["claim" if isinstance(fact, Claim) else "result"]}


def _decide(facts: list[Ruled[Fact]], decision: Decision, target: FactTarget) -> bool:
    """Rule on the fact that the decision means, in its place in the list, and return whether there is one."""
    alike = [(_likeness(ruled.read, target), -place) for place, ruled in enumerate(facts)]
    likeness, place = max(alike, default=(0.0, 0))
    if not likeness:
        return False
    ruled = facts[-place]
    now = _edited(ruled.now, decision.values) if decision.kind is DecisionKind.EDIT else ruled.now
    facts[-place] = Ruled(ruled.read, now, _REVIEW[decision.kind])
    return True


def _likeness(fact: Claim | Result, target: FactTarget) -> float:
    """Return how much a fact, as read now, is the one that was decided on: 0 if a slot says something else."""
    if any(not _same(value, target.slots.get(name)) for name, value in slots_of(fact).items()):
        return 0.0
    quote, meant = fold(fact.evidence.text), fold(target.quote)
    if quote == meant:
        return 1.0
    if meant in quote or quote in meant:
        return 0.99
    ratio = SequenceMatcher(None, quote, meant, autojunk=False).ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _same(a: Slot, b: Slot) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return a == b or (a not in UNNAMED and b not in UNNAMED and name_key(a) == name_key(b))
    return a == b


def _edited(fact: Fact, values: Mapping[str, Slot]) -> Fact:
    given: dict[str, Any] = dict(values)
    if given.get("polarity"):
        given["polarity"] = Polarity(given["polarity"])
    if given.get("bound"):
        given["bound"] = Bound(given["bound"])
    return replace(fact, **given)


def _rename(
    record: ExtractionRecord, claims: list[Ruled[Claim]], results: list[Ruled[Result]], entity: str, name: str
) -> tuple[ExtractionRecord, list[Ruled[Claim]], list[Ruled[Result]]] | None:
    """Return the record and its facts with what the paper calls an entity under another name, or None if it names none so."""
    called = {e.name for e in record.entities if entity_id(e.label, e.name) == entity}
    if not called:
        return None
    family = entity.partition(":")[0]

    def new(slot: str | None, kind: NodeKind) -> str | None:
        return name if slot in called and FAMILY[kind] == family else slot

    def renamed(fact: Fact) -> Fact:
        given: dict[str, Any] = {slot: new(getattr(fact, slot), kind) for slot, kind in _KIND.items() if hasattr(fact, slot)}
        return replace(fact, **given)

    def relinked(link: Link) -> Link:
        return replace(link, head=new(link.head, link.head_label) or "", tail=new(link.tail, link.tail_label) or "")

    entities = tuple(
        replace(e, name=name, forms=_forms(e, name)) if entity_id(e.label, e.name) == entity else e for e in record.entities
    )
    return (
        replace(record, entities=entities, links=tuple(map(relinked, record.links))),
        [Ruled(ruled.read, renamed(ruled.now), ruled.review) for ruled in claims],
        [Ruled(ruled.read, renamed(ruled.now), ruled.review) for ruled in results],
    )


def _forms(entity: Entity, name: str) -> tuple[str, ...]:
    # The old name stays a form only if the text spells it so.
    spelled = {span.text for span in entity.mentions}
    return tuple(dict.fromkeys((name, *(form for form in entity.forms if form != entity.name or form in spelled))))


def _implied(record: ExtractionRecord, facts: Iterable[Ruled[Any]]) -> Iterable[tuple[NodeKind, str]]:
    """Yield the names in edited facts that the record has no entity for."""
    known = {(FAMILY[entity.label], entity.name) for entity in record.entities}
    for ruled in facts:
        for slot, kind in _KIND.items():
            name = getattr(ruled.now, slot, None)
            if ruled.now != ruled.read and name and name not in UNNAMED and (FAMILY[kind], name) not in known:
                known.add((FAMILY[kind], name))
                yield kind, name
