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
    Decision,
    DecisionKind,
    DecisionTarget,
    FactTarget,
    MentionTarget,
    PairTarget,
    Slot,
    Target,
    in_effect,
)
from schema.identity import entity_id, name_key
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, ResultNode
from schema.record_json import record_from_json
from schema.records import Claim, Result

SPELLING = "rule:spelling"


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
    return next(reversed(in_effect(store.decisions())), None)


def log(store: Store) -> Iterator[Logged]:
    """Yield every decision as they were made, with its state."""
    logged = tuple(store.decisions())
    holds = {each.id for each in in_effect(logged)}
    waiting = _waiting(store, [each for each in logged if each.id in holds])
    for each in logged:
        undoes = each.kind is DecisionKind.UNDO
        state = "waits" if each.id in waiting else "in effect" if undoes or each.id in holds else "undone"
        yield Logged(decision=each, state=state)


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


def _waiting(store: Store, decisions: Sequence[Decision]) -> set[str]:
    """Return the ids of the decisions that find nothing to decide on."""
    by_paper: dict[str, list[Decision]] = {}
    entities: dict[str, list[str]] = {}
    for each in decisions:
        if isinstance(each.target, FactTarget | MentionTarget):
            by_paper.setdefault(each.target.paper, []).append(each)
        elif not isinstance(each.target, DecisionTarget):
            for key in each.keys:
                entities.setdefault(key, []).append(each.id)
    found: set[str] = set()
    for paper, made in by_paper.items():
        for data in store.records([paper]):
            lost = {each.id for each in rule(record_from_json(data), made).lost}
            found |= {each.id for each in made} - lost
    present = store.get(sorted(entities)) if entities else {}
    missing = {each for key, made in entities.items() if key not in present for each in made}
    return missing | {each.id for made in by_paper.values() for each in made if each.id not in found}


def facts_of(store: Store, paper: str) -> Iterable[ClaimNode | ResultNode]:
    """Return the claims and results of a paper, in the order of its text."""
    edges = store.edges([paper], far=(NodeKind.CLAIM, NodeKind.RESULT)).get(paper, ())
    nodes = store.get([edge.head for edge in edges]).values()
    facts = [node for node in nodes if isinstance(node, ClaimNode | ResultNode)]
    return sorted(facts, key=lambda fact: (fact.start, fact.end, fact.id))
