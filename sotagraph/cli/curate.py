"""Commands by which people correct the graph; each is a decision that is logged and can be undone."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graph import curate
from graph.answers.lookup import entity, paper
from graph.store import Store, StoreError
from schema.decisions import (
    Decision,
    DecisionKind,
    DecisionTarget,
    EntityTarget,
    MentionTarget,
    Slot,
    Target,
    decision_from_json,
    decision_to_json,
)
from schema.kinds import NodeKind
from sotagraph.cli.common import JsonOption, StoreOption, err, out, print_json, store_of
from sotagraph.settings import Settings

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept in the log.")]
Who = Annotated[str | None, typer.Option("--who", metavar="NAME", help="Who decides. Default: $SOTAGRAPH_WHO, else local.")]
Entity = Annotated[str, typer.Argument(metavar="ENTITY", help="Its name, an alias, or its id.")]


class Verb(StrEnum):
    """What is done with a fact."""

    LIST = "list"
    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


def review(
    context: typer.Context,
    verb: Annotated[Verb, typer.Argument(help="What to do: list a paper's facts with their ids, or decide on one.")],
    target: Annotated[str, typer.Argument(metavar="ID", help="The id of a claim or result; for list, a paper.")],
    values: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="SLOT=VALUE", help="For edit: loser=GPT-3, value=46.3, dataset= for none; may be repeated."
        ),
    ] = None,
    reason: Reason = "",
    who: Who = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Accept, reject or edit a claim or a result. It holds when the paper is read again, as long as it says the same.

    A rejected one stays in the graph, marked so, and counts for no BEATS, leaderboard or verdict.
    """
    with store_of(context, store) as graph:
        if verb is Verb.LIST:
            _list(graph, paper(graph, target).id, json)
        else:
            found = curate.fact_target(graph, target)
            _decide(graph, who, DecisionKind(verb), found, _slots(values or []), reason, json)


def merge(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="A name, alias or id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another of the same thing.")],
    reason: Reason = "",
    who: Who = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Say that two entities are one. Both names, and both ids, lead to it from then on."""
    with store_of(context, store) as graph:
        _decide(graph, who, DecisionKind.MERGE, _pair(graph, a, b), {}, reason, json)


def split(
    context: typer.Context,
    a: Entity,
    b: Annotated[str | None, typer.Argument(metavar="B", help="What it must not be one with.")] = None,
    in_paper: Annotated[str | None, typer.Option("--paper", metavar="PAPER", help="Only what this paper calls so.")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What that is called instead.")] = None,
    reason: Reason = "",
    who: Who = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Keep two entities apart, or take out what one paper calls so: `split CoT --paper 2312.04474 --name "Chain of Code"`."""
    if (b is None) == (in_paper is None) or (in_paper is None) != (name is None):
        raise typer.BadParameter("give either B, or --paper and --name")
    with store_of(context, store) as graph:
        if b is not None:
            _decide(graph, who, DecisionKind.SPLIT, _pair(graph, a, b), {}, reason, json)
        else:
            target = MentionTarget(paper=paper(graph, in_paper or "").id, entity=curate.own_id(graph, a))
            _decide(graph, who, DecisionKind.SPLIT, target, {"name": name}, reason, json)


def rename(
    context: typer.Context,
    a: Entity,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called from now on.")],
    reason: Reason = "",
    who: Who = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Set an entity's name; the old one stays an alias, and its id stays."""
    with store_of(context, store) as graph:
        target = EntityTarget(entity=entity(graph, a).id)
        _decide(graph, who, DecisionKind.RENAME, target, {"name": name}, reason, json)


def direction(
    context: typer.Context,
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A metric's name or alias.")],
    better: Annotated[str, typer.Argument(metavar="DIRECTION", help="Which values are better: higher, lower or unknown.")],
    reason: Reason = "",
    who: Who = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Say which values of a metric are the better ones."""
    with store_of(context, store) as graph:
        target = EntityTarget(entity=entity(graph, metric, (NodeKind.METRIC,)).id)
        _decide(graph, who, DecisionKind.DIRECTION, target, {"direction": better}, reason, json)


def alias(
    context: typer.Context,
    a: Entity,
    name: Annotated[str, typer.Argument(metavar="ALIAS", help="Another name by which it is found.")],
    reason: Reason = "",
    who: Who = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Give an entity another name."""
    with store_of(context, store) as graph:
        target = EntityTarget(entity=entity(graph, a).id)
        _decide(graph, who, DecisionKind.ALIAS, target, {"alias": name}, reason, json)


def undo(
    context: typer.Context,
    decision: Annotated[str | None, typer.Argument(metavar="[ID]", help="Which; default: the last that is in effect.")] = None,
    reason: Reason = "",
    who: Who = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Take a decision back. That is a decision too: undo it by its id, and the first holds again."""
    with store_of(context, store) as graph:
        if decision is None:
            found = curate.last(graph)
            if found is None:
                raise StoreError("No decision is in effect, so there is nothing to undo.")
            decision = found.id
        elif decision not in {each.id for each in graph.decisions([decision])}:
            raise StoreError(f"No decision has the id {decision!r}; `sotagraph decisions` lists them.")
        _decide(graph, who, DecisionKind.UNDO, DecisionTarget(decision=decision), {}, reason, json)


def decisions(
    context: typer.Context,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write all as JSON Lines, to review and to import.")
    ] = None,
    imported: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", exists=True, dir_okay=False, help="Make the decisions of a file.")
    ] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List what people decided, in order, with what became of it: in effect, undone, or waiting for what it was made on."""
    with store_of(context, store, create=imported is not None) as graph:
        if imported is not None:
            made = graph.decide(_read(imported))
            err.print(f"{len(made)} decisions are new.")
        logged = curate.logged(graph, tuple(graph.decisions()))
    if export is not None:
        lines = (f"{_dumps(each.decision)}\n" for each in logged)
        export.write_text("".join(lines), encoding="utf-8")
        err.print(f"{len(logged)} decisions are in {export}.", markup=False)
    elif json:
        print_json([{**decision_to_json(each.decision), "state": each.state} for each in logged])
    else:
        for each in logged:
            made_on = each.decision
            why = f" ({made_on.reason})" if made_on.reason else ""
            out.print(f"{made_on.id}  {made_on.at[:19]}  {made_on.who}  {each.state}: {_told(made_on)}{why}", markup=False)


def merges(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only those of this entity, spellings too.")] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List which names are taken for one thing, by whom and why. To take one back: `sotagraph split`."""
    with store_of(context, store) as graph:
        found = curate.merges(graph, name)
    if json:
        print_json(
            [{"a": m.entities[0], "b": m.entities[1], "who": m.who, "reason": m.reason, "decision": m.decision} for m in found]
        )
        return
    for each in found:
        out.print(
            f"{each.entities[0]} is {each.entities[1]}: {each.who}{f', {each.reason}' if each.reason else ''}", markup=False
        )
    if not found:
        out.print("Nothing is merged.")


def _decide(
    store: Store, who: str | None, kind: DecisionKind, target: Target, values: dict[str, Slot], reason: str, as_json: bool
) -> None:
    try:
        made = curate.decide(store, who or Settings().who, kind, target, values=values, reason=reason)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        print_json(decision_to_json(made))
    else:
        out.print(f"{_told(made)}. To take it back: sotagraph undo {made.id}", markup=False)


def _pair(store: Store, a: str, b: str) -> Target:
    try:
        return curate.pair_target(store, a, b)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _list(store: Store, paper_id: str, as_json: bool) -> None:
    facts = curate.facts_of(store, paper_id)
    if as_json:
        print_json(
            [{"id": f.id, "name": f.name, "quote": f.quote, "confidence": f.confidence, "review": f.review} for f in facts]
        )
        return
    for fact in facts:
        out.print(f"{fact.id}  {fact.review}  {fact.name}\n    “{fact.quote}”", markup=False)


def _slots(given: list[str]) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"{text!r} is not SLOT=VALUE", param_hint="--set")
        try:
            slots[name] = float(value) if name == "value" else value or None
        except ValueError as error:
            raise typer.BadParameter(f"{value!r} is no number", param_hint="--set") from error
    return slots


def _read(path: Path) -> list[Decision]:
    made = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                made.append(decision_from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise StoreError(f"{path}, line {number}: {error}. Nothing was decided.") from error
    return made


def _dumps(decision: Decision) -> str:
    return json.dumps(decision_to_json(decision), ensure_ascii=False)


def _told(decision: Decision) -> str:
    target = decision_to_json(decision)["target"]
    if "fact" in target:
        slots = ", ".join(f"{name} {value}" for name, value in target["slots"].items() if value is not None)
        about = f"the {target['fact']} of {target['paper']} ({slots})"
    else:
        about = " and ".join(str(part) for value in target.values() for part in (value if isinstance(value, list) else [value]))
    values = ", ".join(f"{name} = {value}" for name, value in decision.values.items())
    return f"{decision.kind.value} {about}{f': {values}' if values else ''}"
