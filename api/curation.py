"""Corrections over GraphQL: each mutation is a decision that is logged and can be undone."""

from collections.abc import Callable
from typing import Annotated, Any

import strawberry

from api.context import Info
from api.fields import about, plain, shown_as
from api.mutation import MutationError
from api.paging import DEFAULT_FIRST, After, Connection, First, Page, Place, decode, encode, size
from graph import curate
from graph.answers.lookup import AmbiguousName, UnknownName, entity, paper
from graph.store import Store
from schema.decisions import (
    DecisionKind,
    DecisionTarget,
    EntityTarget,
    FactTarget,
    MentionTarget,
    Slot,
    Target,
)
from schema.kinds import NodeKind

strawberry.enum(DecisionKind, name="DecisionKind", description="What a person decided.")

_MARK = "decisions"


def _argument(description: str) -> Any:
    return strawberry.argument(description=description)


FactId = Annotated[strawberry.ID, _argument("The id of a claim or result.")]
Name = Annotated[str, _argument("An entity's name, alias or id.")]
Reason = Annotated[str, _argument("Why; kept in the log.")]


@strawberry.type(description="A slot and what was decided to stand in it.")
class SlotValue:
    """One of Decision.values."""

    slot: str = about("The slot: loser, value, name and the like.")
    value: str | None = about("What stands in it; null for nothing.")


def _values(logged: Any) -> list[SlotValue]:
    items = logged.decision.values.items()
    return [SlotValue(slot=slot, value=None if value is None else str(value)) for slot, value in sorted(items)]


def _target(*names: str) -> Callable[[Any], Any]:
    """Return a function that gives the first of these attributes that a decision's target has."""
    return lambda logged: next((v for name in names if (v := getattr(logged.decision.target, name, None))), None)


def _entities(logged: Any) -> list[str]:
    target = logged.decision.target
    single = getattr(target, "entity", None)
    return [single] if single else list(getattr(target, "entities", ()))


@strawberry.type(description="What a person decided on the graph.")
class Decision:
    """graph.curate.Logged."""

    id: strawberry.ID = plain(lambda logged: logged.decision.id, "Its id, to undo it by.")
    who: str = plain(lambda logged: logged.decision.who, "Who decided.")
    at: str = plain(lambda logged: logged.decision.at, "When: ISO 8601, UTC.")
    kind: DecisionKind = plain(lambda logged: logged.decision.kind, "What was decided.")
    reason: str = plain(lambda logged: logged.decision.reason, "Why.")
    values: list[SlotValue] = plain(_values, "What was set.")
    paper: strawberry.ID | None = plain(_target("paper"), "The id of the paper that it is about.")
    quote: str | None = plain(_target("quote"), "The sentence of the fact that it is about, as it was then.")
    entities: list[strawberry.ID] = plain(_entities, "The ids of the entities that it is about.")
    undoes: strawberry.ID | None = plain(_target("decision"), "The id of the decision that it takes back.")
    state: str = about("In effect, undone, or waits: for what it was made on.")


@strawberry.type(description="Two names that are taken for one thing.")
class Merge:
    """graph.merges.Merge."""

    names: list[str] = plain(lambda merge: list(merge.entities), "Their ids, or two spellings.")
    who: str = about("Who says so: a person, or a rule such as rule:acronym.")
    reason: str = about("Why.")
    decision: strawberry.ID | None = about("The decision by which, if a person's.")


@strawberry.type(description="Nothing in the graph goes by the name or id; nothing was decided.")
class UnknownTarget(MutationError):
    """graph.answers.lookup.UnknownName."""

    name: str = about("What was given.")
    suggestions: list[str] = about("Names that look like it.")


@strawberry.type(description="What was asked for can't be decided; nothing was.")
class InvalidDecision(MutationError):
    """A ValueError of schema.decisions."""


DecisionError = Annotated[
    UnknownTarget | InvalidDecision, strawberry.union("DecisionError", description="Why nothing was decided.")
]


@strawberry.type(description="What came of a correction.")
class DecisionPayload:
    """The payload of every correction."""

    decision: Decision | None = about("What was decided; null if there are errors.")
    errors: list[DecisionError] = about("Why nothing was decided.")


@strawberry.input(description="The slots of a claim or result to change; only those given are.")
class FactEdit:
    """The slots of schema.decisions.EDITABLE."""

    winner: str | None = strawberry.field(default=strawberry.UNSET, description="Of a claim: the better side.")
    loser: str | None = strawberry.field(default=strawberry.UNSET, description="Of a claim: the other side.")
    subject: str | None = strawberry.field(default=strawberry.UNSET, description="Of a result: the system.")
    dataset: str | None = strawberry.field(default=strawberry.UNSET, description="The dataset; null for none.")
    metric: str | None = strawberry.field(default=strawberry.UNSET, description="The metric; null for none.")
    polarity: str | None = strawberry.field(default=strawberry.UNSET, description="Of a claim: better, equal or not_better.")
    hedge: str | None = strawberry.field(default=strawberry.UNSET, description="Of a claim: the words that weaken it.")
    value: float | None = strawberry.field(default=strawberry.UNSET, description="Of a result: the number.")
    unit: str | None = strawberry.field(default=strawberry.UNSET, description="Of a result: its unit.")
    bound: str | None = strawberry.field(default=strawberry.UNSET, description="Of a result: at_most, at_least or null.")
    setting: str | None = strawberry.field(default=strawberry.UNSET, description="Of a result: shots, samples and the like.")


def _decide(
    info: Info, kind: DecisionKind, target: Callable[[Store], Target], values: dict[str, Slot] | None, reason: str
) -> DecisionPayload:
    with info.context.write() as store:
        try:
            made = curate.decide(store, info.context.caller.name, kind, target(store), values=values, reason=reason)
        except UnknownName as error:
            unknown = UnknownTarget(message=str(error), name=error.name, suggestions=list(error.suggestions))
            return DecisionPayload(decision=None, errors=[unknown])
        except (AmbiguousName, ValueError) as error:
            return DecisionPayload(decision=None, errors=[InvalidDecision(message=f"{error}.")])
    decision: Any = curate.Logged(decision=made, state="in effect")
    return DecisionPayload(decision=decision, errors=[])


def _fact(id: str) -> Callable[[Store], FactTarget]:
    return lambda store: curate.fact_target(store, id)


def _entity(name: str, *kinds: NodeKind) -> Callable[[Store], EntityTarget]:
    return lambda store: EntityTarget(entity=entity(store, name, kinds).id)


def _decision(store: Store, id: str | None) -> DecisionTarget:
    if id is None:
        last = curate.last(store)
        if last is None:
            raise ValueError("no decision is in effect, so there is nothing to undo")
        id = last.id
    if not any(each.id == id for each in store.decisions([id])):
        raise UnknownName(id, "decision", ())
    return DecisionTarget(decision=id)


@strawberry.type
class Corrections:
    """The mutations that correct the graph."""

    @shown_as(DecisionPayload, "Says that a claim or result is right; it is marked accepted.")
    def accept_fact(self, info: Info, id: FactId, reason: Reason = "") -> DecisionPayload:
        return _decide(info, DecisionKind.ACCEPT, _fact(id), None, reason)

    @shown_as(
        DecisionPayload, "Says that a claim or result is wrong: it stays, and counts for no BEATS, leaderboard or verdict."
    )
    def reject_fact(self, info: Info, id: FactId, reason: Reason = "") -> DecisionPayload:
        return _decide(info, DecisionKind.REJECT, _fact(id), None, reason)

    @shown_as(DecisionPayload, "Sets slots of a claim or result.")
    def edit_fact(
        self, info: Info, id: FactId, values: Annotated[FactEdit, _argument("The slots to set.")], reason: Reason = ""
    ) -> DecisionPayload:
        given = {slot: value for slot, value in vars(values).items() if value is not strawberry.UNSET}
        return _decide(info, DecisionKind.EDIT, _fact(id), given, reason)

    @shown_as(DecisionPayload, "Says that two entities are one; both names and both ids lead to it.")
    def merge_entities(self, info: Info, a: Name, b: Name, reason: Reason = "") -> DecisionPayload:
        return _decide(info, DecisionKind.MERGE, lambda store: curate.pair_target(store, a, b), None, reason)

    @shown_as(DecisionPayload, "Keeps two entities apart, whatever a rule or an earlier decision says.")
    def split_entities(self, info: Info, a: Name, b: Name, reason: Reason = "") -> DecisionPayload:
        return _decide(info, DecisionKind.SPLIT, lambda store: curate.pair_target(store, a, b), None, reason)

    @shown_as(DecisionPayload, "Gives what one paper calls by an entity's name another name.")
    def split_mention(
        self,
        info: Info,
        paper_id: Annotated[strawberry.ID, _argument("The paper's id.")],
        entity: Name,
        name: Annotated[str, _argument("What the paper means.")],
        reason: Reason = "",
    ) -> DecisionPayload:
        def target(store: Store) -> MentionTarget:
            return MentionTarget(paper=paper(store, paper_id).id, entity=curate.own_id(store, entity))

        return _decide(info, DecisionKind.SPLIT, target, {"name": name}, reason)

    @shown_as(DecisionPayload, "Sets an entity's name; the old one stays an alias, and its id stays.")
    def rename_entity(
        self, info: Info, entity: Name, name: Annotated[str, _argument("The new name.")], reason: Reason = ""
    ) -> DecisionPayload:
        return _decide(info, DecisionKind.RENAME, _entity(entity), {"name": name}, reason)

    @shown_as(DecisionPayload, "Says which values of a metric are the better ones.")
    def set_direction(
        self,
        info: Info,
        metric: Annotated[str, _argument("A metric's name, alias or id.")],
        direction: Annotated[str, _argument("higher, lower or unknown.")],
        reason: Reason = "",
    ) -> DecisionPayload:
        return _decide(info, DecisionKind.DIRECTION, _entity(metric, NodeKind.METRIC), {"direction": direction}, reason)

    @shown_as(DecisionPayload, "Gives an entity another name by which it is found.")
    def add_alias(
        self, info: Info, entity: Name, alias: Annotated[str, _argument("The other name.")], reason: Reason = ""
    ) -> DecisionPayload:
        return _decide(info, DecisionKind.ALIAS, _entity(entity), {"alias": alias}, reason)

    @shown_as(DecisionPayload, "Takes a decision back, the last that is in effect if none is named. That is a decision too.")
    def undo_decision(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, _argument("The decision's id.")] = None,
        reason: Reason = "",
    ) -> DecisionPayload:
        return _decide(info, DecisionKind.UNDO, lambda store: _decision(store, id), None, reason)


@strawberry.type
class CorrectionsMade:
    """The questions about corrections."""

    @shown_as(Connection[Decision], "What people decided, the newest first.")
    def decisions(self, info: Info, first: First = DEFAULT_FIRST, after: After = None) -> Page:
        length = size(first)
        seen = decode(after, _MARK, (str, str)) if after is not None else None
        store = info.context.store
        newest = store.latest_decisions(length + 1, before=seen)
        shown = curate.logged(store, newest[:length])
        return Page(
            edges=[Place(cursor=encode(_MARK, each.decision.place), node=each) for each in shown],
            has_next_page=len(newest) > length,
            has_previous_page=after is not None,
            count=store.count_decisions,
        )

    @shown_as(list[Merge], "Which names are taken for one thing, by whom and why.")
    def merges(
        self,
        info: Info,
        name: Annotated[str | None, _argument("Only those of this entity, spellings too.")] = None,
    ) -> Any:
        return list(curate.merges(info.context.store, name))
