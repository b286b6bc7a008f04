"""From what a person points at to a decision, and from the log back to what a person wants to see of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.answers.lookup import UnknownName, entity
from graph.decision_log import Log
from graph.merges import Merge, by_acronym, by_people
from graph.naming import fact_id, ids_in
from graph.rulings import rule, slots_of
from graph.store import Store
from schema.decisions import (
    END_OF_TIME,
    Decision,
    DecisionKind,
    EntityTarget,
    FactTarget,
    MentionTarget,
    PairTarget,
    Slot,
    Target,
    in_effect,
)
from schema.identity import entity_id, name_key, paper_id
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, ResultNode
from schema.record_json import record_from_json
from schema.records import Claim, Result

SPELLING = "rule:spelling"

_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A decision and what became of it: "in effect", "undone", or "waits" for what it was made on."""

    decision: Decision
    state: str


def decide(
    store: Store,
    who: str,
    kind: DecisionKind,
    target: Target,
    *,
    values: Mapping[str, Slot] | None = None,
    reason: str = "",
) -> Decision:
    """Make a decision now, and return it. Raises ValueError for one that doesn't hold together."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    decision = Decision(who=who, at=now, kind=kind, target=target, values=values or {}, reason=reason)
    store.decide([decision])
    return decision


def fact_target(store: Store, id: str) -> FactTarget:
    """Return what a decision on the claim or result with this id is keyed to. Raises UnknownName."""
    node = store.get([id]).get(id)
    if isinstance(node, ClaimNode | ResultNode):
        for data in store.records([node.paper]):
            record = record_from_json(data)
            ids = ids_in(record.entities)
            facts: tuple[Claim | Result, ...] = (*record.claims, *record.results)
            for fact in facts:
                if fact_id(node.paper, fact, ids) == id:
                    kind = "claim" if isinstance(node, ClaimNode) else "result"
                    return FactTarget(paper=node.paper, fact=kind, quote=fact.evidence.text, slots=slots_of(fact))
    raise UnknownName(id, "claim or result", ())


def pair_target(store: Store, a: str, b: str) -> PairTarget:
    """Return two entities by names or ids; of one group, the ids that they had before they were merged.

    Raises UnknownName, or ValueError for two names of one thing that were never two.
    """
    one, other = own_id(store, a), own_id(store, b)
    if one == other:
        raise ValueError(f"{a!r} and {b!r} are one name of one entity, {one}")
    return PairTarget(entities=(one, other))


def own_id(store: Store, name: str) -> str:
    """Return the id that an entity has by this very name, if it is one of its group's; else the one that stands for it."""
    node = entity(store, name)
    group = {node.id, *store.merged([node.id]).get(node.id, ())}
    if name in group:
        return name
    by_name = entity_id(node.kind, name) if name_key(name) else node.id
    return by_name if by_name in group else node.id


def last(store: Store) -> Decision | None:
    """Return the last decision that is in effect."""
    before = END_OF_TIME
    while page := store.latest_decisions(_PAGE, before=before):
        held = _held(store, page)
        if found := next((each for each in page if each.id in held), None):
            return found
        before = page[-1].place
    return None


def logged(store: Store, decisions: Sequence[Decision]) -> tuple[Logged, ...]:
    """Return these decisions, in their order, with what became of each."""
    held = _held(store, decisions)
    waiting = _waiting(store, [each for each in decisions if each.id in held])

    def state(each: Decision) -> str:
        if each.id in waiting:
            return "waits"
        return "in effect" if each.kind is DecisionKind.UNDO or each.id in held else "undone"

    return tuple(Logged(decision=each, state=state(each)) for each in decisions)


def merges(store: Store, name: str | None = None) -> tuple[Merge, ...]:
    """Return the merges that are in effect, by people and by rules: all but those of spelling, or all of what `name` means.

    Raises UnknownName.
    """
    node = entity(store, name) if name is not None else None
    group = [node.id, *store.merged([node.id]).get(node.id, ())] if node else None
    if group is None:
        decided = in_effect(store.decisions())
    else:
        looked_up = Log(store.decisions)
        looked_up.load(group)
        decided = looked_up.before(group)
    people, apart = by_people(decided)
    rules = [merge for merge in by_acronym(store.meanings(group)) if frozenset(merge.entities) not in apart]
    return (*people, *rules, *(_spellings(node) if node else ()))


def _spellings(node: EntityNode) -> Iterator[Merge]:
    names = [name for name in (node.name, *node.aliases) if name_key(name) and entity_id(node.kind, name) == node.id]
    for name in names[1:]:
        reason = "the same name but for case, spaces, dashes and the like, or a name in the registry of metrics"
        yield Merge(entities=(name, names[0]), who=SPELLING, reason=reason)


def _held(store: Store, decisions: Sequence[Decision]) -> set[str]:
    """Return the ids of those of these decisions that are in effect."""
    log = Log(store.decisions)
    log.load(each.id for each in decisions)
    return {each.id for each in log.before({key for each in decisions for key in each.keys})}


def _waiting(store: Store, decisions: Sequence[Decision]) -> set[str]:
    """Return the ids of those of these decisions that find nothing to decide on."""
    papers = {each.target.paper for each in decisions if isinstance(each.target, FactTarget | MentionTarget)}
    entities = {key for each in decisions if isinstance(each.target, EntityTarget | PairTarget) for key in each.keys}
    # What one decision makes of a paper, the next may look for: all on it have to be known.
    log = Log(store.decisions)
    log.load(papers)
    met = set(store.get(sorted(entities)) if entities else ())
    for data in store.records(sorted(papers)) if papers else ():
        record = record_from_json(data)
        made = log.before([paper_id(record.paper)])
        met |= {each.id for each in made} - {each.id for each in rule(record, made).lost}

    def waits(each: Decision) -> bool:
        if isinstance(each.target, FactTarget | MentionTarget):
            return each.id not in met
        return isinstance(each.target, EntityTarget | PairTarget) and not met.issuperset(each.keys)

    return {each.id for each in decisions if waits(each)}


def facts_of(store: Store, paper: str) -> Iterable[ClaimNode | ResultNode]:
    """Return the claims and results of a paper, in the order of its text."""
    edges = store.edges([paper], far=(NodeKind.CLAIM, NodeKind.RESULT)).get(paper, ())
    nodes = store.get([edge.head for edge in edges]).values()
    facts = [node for node in nodes if isinstance(node, ClaimNode | ResultNode)]
    return sorted(facts, key=lambda fact: (fact.start, fact.end, fact.id))
