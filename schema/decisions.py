"""What people decide on the graph: each decision is a value of its own that is logged, undone by another, and never changed.

A decision on a fact is keyed to its evidence (paper, quote and slots as read), one on an entity to its id; so decisions hold
for a paper that is read again, and wait for one that is not there yet.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from schema.identity import digest, name_key
from schema.kinds import FAMILY
from schema.records import UNNAMED, Bound, Polarity


class DecisionKind(StrEnum):
    """What is decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    DIRECTION = "direction"
    ALIAS = "alias"
    UNDO = "undo"


Slot = str | float | None

# The slots by which a fact is found again, and those that a person may change.
KEYED = {"claim": ("winner", "loser", "dataset", "polarity"), "result": ("subject", "dataset", "value")}
EDITABLE = {
    "claim": ("winner", "loser", "dataset", "metric", "polarity", "hedge"),
    "result": ("subject", "dataset", "metric", "value", "unit", "bound", "setting"),
}
DIRECTIONS = ("higher", "lower", "unknown")
# A place behind that of every decision.
END_OF_TIME = ("\U0010ffff", "")
_SIDES = ("winner", "loser", "subject")
_NEEDED = ("name", "alias", "subject")
_NAMES = (*_SIDES, "name", "alias", "dataset", "metric")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTarget:
    """A claim or result (`fact`) of a paper, found by its quote and its `KEYED` slots as read."""

    paper: str
    fact: str
    quote: str
    slots: Mapping[str, Slot] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTarget:
    """An entity, by its id."""

    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTarget:
    """Two entities of one family, by their ids."""

    entities: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionTarget:
    """What one paper calls an entity."""

    paper: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTarget:
    """Another decision, by its id."""

    decision: str


Target = FactTarget | EntityTarget | PairTarget | MentionTarget | DecisionTarget

_TARGETS: dict[DecisionKind, tuple[type, ...]] = {
    DecisionKind.ACCEPT: (FactTarget,),
    DecisionKind.REJECT: (FactTarget,),
    DecisionKind.EDIT: (FactTarget,),
    DecisionKind.MERGE: (PairTarget,),
    DecisionKind.SPLIT: (PairTarget, MentionTarget),
    DecisionKind.RENAME: (EntityTarget,),
    DecisionKind.DIRECTION: (EntityTarget,),
    DecisionKind.ALIAS: (EntityTarget,),
    DecisionKind.UNDO: (DecisionTarget,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided what when (ISO 8601, UTC) and why. `values` are the slots of an edit, or `name`, `alias`, `direction`.

    Raises ValueError for a decision that says nothing or doesn't fit its target.
    """

    who: str
    at: str
    kind: DecisionKind
    target: Target
    values: Mapping[str, Slot] = field(default_factory=dict, hash=False)
    reason: str = ""

    def __post_init__(self) -> None:
        if problem := _problem(self):
            raise ValueError(problem)

    @property
    def id(self) -> str:
        """The decision's id: equal decisions are one."""
        return f"decision:{digest(json.dumps(_content(self), ensure_ascii=False, sort_keys=True))}"

    @property
    def place(self) -> tuple[str, str]:
        """Its place in the log: when, then the id."""
        return self.at, self.id

    @property
    def keys(self) -> tuple[str, ...]:
        """What has to be looked at for the decision to be met: ids of a paper, of entities, of a decision."""
        match self.target:
            case FactTarget(paper=paper) | MentionTarget(paper=paper):
                return (paper,)
            case EntityTarget(entity=entity):
                return (entity,)
            case PairTarget(entities=entities):
                return entities
            case DecisionTarget(decision=decision):
                return (decision,)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions as they were made, each once."""
    return tuple(sorted({each.id: each for each in decisions}.values(), key=lambda each: each.place))


def in_effect(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return, as they were made, the decisions that no undo takes back; an undo that was undone takes nothing back.

    The decisions have to have all their undos among them.
    """
    logged = in_order(decisions)
    undos: dict[str, list[str]] = {}
    for each in logged:
        if isinstance(each.target, DecisionTarget):
            undos.setdefault(each.target.decision, []).append(each.id)

    def holds(decision: str) -> bool:
        # Ends, since an id is made from the id that it undoes.
        return not any(holds(undo) for undo in undos.get(decision, ()))

    return tuple(each for each in logged if each.kind is not DecisionKind.UNDO and holds(each.id))


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """Return the decision as plain JSON data, in a fixed order of keys."""
    return {"id": decision.id, **_content(decision)}


def decision_from_json(data: Mapping[str, Any]) -> Decision:
    """Return the decision that `decision_to_json` wrote, or one written by hand, without an id.

    Raises KeyError, TypeError or ValueError where the data is no decision, or not the one that its id stands for.
    """
    decision = Decision(
        who=data["who"],
        at=data["at"],
        kind=DecisionKind(data["kind"]),
        target=_read_target(data["target"]),
        values=dict(data.get("values") or {}),
        reason=data.get("reason") or "",
    )
    if data.get("id") not in (None, decision.id):
        raise ValueError(
            f"the id {data['id']!r} is not that of what is decided; leave it out of a line that was changed by hand"
        )
    return decision


def _content(decision: Decision) -> dict[str, Any]:
    return {
        "who": decision.who,
        "at": decision.at,
        "kind": decision.kind.value,
        "target": _target(decision.target),
        "values": dict(sorted(decision.values.items())),
        "reason": decision.reason,
    }


def _target(target: Target) -> dict[str, Any]:
    match target:
        case FactTarget():
            return {
                "paper": target.paper,
                "fact": target.fact,
                "quote": target.quote,
                "slots": dict(sorted(target.slots.items())),
            }
        case EntityTarget():
            return {"entity": target.entity}
        case PairTarget():
            return {"entities": list(target.entities)}
        case MentionTarget():
            return {"paper": target.paper, "entity": target.entity}
        case DecisionTarget():
            return {"decision": target.decision}


def _read_target(data: Mapping[str, Any]) -> Target:
    match data:
        case {"fact": str(fact), "paper": str(paper), "quote": str(quote), "slots": dict(slots)}:
            return FactTarget(paper=paper, fact=fact, quote=quote, slots=slots)
        case {"paper": str(paper), "entity": str(entity)}:
            return MentionTarget(paper=paper, entity=entity)
        case {"entity": str(entity)}:
            return EntityTarget(entity=entity)
        case {"entities": [str(a), str(b)]}:
            return PairTarget(entities=(a, b))
        case {"decision": str(decision)}:
            return DecisionTarget(decision=decision)
    raise ValueError("`target` is neither a fact, an entity, two entities, what a paper calls an entity, nor a decision")


def _problem(decision: Decision) -> str | None:
    """Say what is wrong with a decision, or None."""
    kind, target, values = decision.kind, decision.target, decision.values
    if not isinstance(target, _TARGETS[kind]):
        return f"{kind.value} can't be decided on {type(target).__name__}"
    if not decision.who.strip():
        return "a decision needs to say who made it"
    match target:
        case PairTarget(entities=(a, b)):
            if a == b or _family(a) != _family(b):
                return f"{a!r} and {b!r} are not two entities of one family"
        case FactTarget(fact=fact) if fact not in KEYED:
            return f"{fact!r} is neither a claim nor a result"
        case FactTarget(fact=fact, slots=slots) if missing := [name for name in KEYED[fact] if name not in slots]:
            return f"the slots of a {fact} lack {', '.join(missing)}"
    wanted = _wanted(decision)
    if unknown := [name for name in values if name not in wanted]:
        return f"{kind.value} can't set {', '.join(unknown)}"
    if wanted and not any(name in values for name in wanted):
        return f"{kind.value} needs a value for {' or '.join(wanted)}"
    return _bad_value(values)


def _wanted(decision: Decision) -> tuple[str, ...]:
    match decision.kind, decision.target:
        case DecisionKind.EDIT, FactTarget(fact=fact):
            return EDITABLE[fact]
        case (DecisionKind.RENAME, _) | (DecisionKind.SPLIT, MentionTarget()):
            return ("name",)
        case DecisionKind.DIRECTION, _:
            return ("direction",)
        case DecisionKind.ALIAS, _:
            return ("alias",)
    return ()


def _bad_value(values: Mapping[str, Slot]) -> str | None:
    options = {"direction": DIRECTIONS, "polarity": tuple(Polarity), "bound": (None, *Bound)}
    for name, value in values.items():
        if name in options and value not in options[name]:
            return f"{name} is one of {', '.join(str(option) for option in options[name])}, not {value!r}"
        if name in _NAMES and not (name_key(str(value or "")) or (value is None and name not in _NEEDED)):
            return f"{value!r} can't be a {name}: it has no letter or digit to go by"
        if name in _NAMES and str(value).startswith("@") and (name not in _SIDES or value not in UNNAMED):
            return f"{value!r} can't be a {name}; a side without a name is one of {', '.join(UNNAMED)}"
        if (name == "value") != (isinstance(value, int | float) and not isinstance(value, bool)) and value is not None:
            return f"{name} can't be {value!r}"
        if name == "value" and value is None:
            return "value is empty"
    return None


def _family(entity: str) -> str | None:
    family = entity.partition(":")[0]
    return family if family in FAMILY.values() else None
