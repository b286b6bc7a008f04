"""Commands that ask the graph a question."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from graph import analysis
from graph.answers import structure
from graph.answers.compare import beats as who_beats
from graph.answers.compare import compare as head_to_head
from graph.answers.leaderboard import Leaderboard
from graph.answers.leaderboard import leaderboard as leaderboard_of
from graph.answers.ways import ways
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import Node
from sotagraph.cli import as_json, show
from sotagraph.cli.common import JsonOption, StoreOption
from sotagraph.cli.shown import AsOption, print_answer
from sotagraph.cli.studies_json import fact_line


def _date(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", text):
        raise typer.BadParameter(f"{text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return text


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", callback=_date, help="What was known at a date: YYYY, YYYY-MM or YYYY-MM-DD."),
]
Kinds = Annotated[
    list[NodeKind] | None, typer.Option("--kind", case_sensitive=False, help="Only this kind of node; may be repeated.")
]
_Central = tuple[Sequence[tuple[str, float]], Mapping[str, Node], Mapping[str, Sequence[as_json.Json]]]
First = Annotated[int, typer.Option("--first", min=1, help="How many to show.")]


def leaderboard(
    context: typer.Context,
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="A dataset's name or alias.")],
    metric: Annotated[str | None, typer.Option("--metric", help="Only this metric.")] = None,
    as_of: AsOf = None,
    first: Annotated[int, typer.Option("--first", min=1, help="How many rows of each group.")] = 20,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show who scores what on a dataset, in groups of comparable rows, each with its sentence.

    Rows are ranked only where the metric's better direction is known. Example: `sotagraph leaderboard GSM8K`.
    """

    def find(graph: Store) -> tuple[Leaderboard, dict[str, str]]:
        board = leaderboard_of(graph, dataset, metric=metric, as_of=as_of, first=first)
        return board, as_json.names_of(graph, board.claims)

    print_answer(
        context,
        store,
        "leaderboard",
        {"dataset": dataset, "metric": metric, "asOf": as_of, "first": first},
        as_=as_,
        json=json,
        find=find,
        to_json=lambda found: as_json.leaderboard(*found),
        to_people=lambda out, found: show.leaderboard(out, *found),
    )


def beats(
    context: typer.Context,
    winner: Annotated[str, typer.Argument(metavar="WINNER", help="A method or model.")],
    loser: Annotated[str, typer.Argument(metavar="LOSER", help="Another method or model.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATASET", help="Only on this dataset.")] = None,
    as_of: AsOf = None,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether one system beats another, on which benchmark, and quote how we know.

    The verdict is claimed, computed (from printed scores), both, contradicted, not_comparable or unknown, with its reason.
    Example: `sotagraph beats Codex GPT-3 --on HumanEval`.
    """
    print_answer(
        context,
        store,
        "compare",
        {"a": winner, "b": loser, "on": on, "asOf": as_of},
        as_=as_,
        json=json,
        find=lambda graph: who_beats(graph, winner, loser, on=on, as_of=as_of),
        to_json=as_json.beats,
        to_people=show.beats,
    )


def compare(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="A method or model.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another method or model.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATASET", help="Only on this dataset.")] = None,
    as_of: AsOf = None,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Compare two systems on every benchmark where something is known of both."""
    print_answer(
        context,
        store,
        "compare",
        {"a": a, "b": b, "on": on, "asOf": as_of},
        as_=as_,
        json=json,
        find=lambda graph: head_to_head(graph, a, b, on=on, as_of=as_of),
        to_json=as_json.compare,
        to_people=show.compare,
    )


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words of a title, an abstract or a name.")],
    kind: Annotated[
        list[NodeKind] | None, typer.Option("--kind", case_sensitive=False, help="Only this kind; may be repeated.")
    ] = None,
    first: First = 20,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Find papers and entities by their text."""
    print_answer(
        context,
        store,
        "search",
        {"text": text, "kinds": [each.value for each in kind] if kind else None, "first": first},
        as_=as_,
        json=json,
        find=lambda graph: graph.search(text, kinds=kind or (), first=first),
        to_json=as_json.hits,
        to_people=lambda out, hits: show.hits(out, text, hits),
    )


def path(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="START", help="An entity's name or alias.")],
    end: Annotated[str, typer.Argument(metavar="END", help="Another entity's name or alias.")],
    beats: Annotated[bool, typer.Option("--beats", help="Only chains in which each beats the next.")] = False,
    first: Annotated[int, typer.Option("--first", min=1, help="How many to show.")] = 3,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show the shortest ways from one entity to another. A chain of BEATS proves nothing about its ends: benchmarks differ."""
    print_answer(
        context,
        store,
        "paths",
        {"from": start, "to": end, "beats": beats, "first": first},
        as_=as_,
        json=json,
        find=lambda graph: ways(graph, start, end, beats=beats, first=first),
        to_json=as_json.paths,
        to_people=lambda out, found: show.paths(out, start, end, found),
    )


def central(
    context: typer.Context,
    kind: Annotated[
        list[NodeKind] | None,
        typer.Option("--kind", case_sensitive=False, help="By all relationships; without --as. Default: compared systems."),
    ] = None,
    first: First = 10,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List the systems that are compared most, or the most connected nodes of a kind, by degree centrality."""
    if as_ and kind:
        raise typer.BadParameter("--as shows the question of compared systems, and --kind asks another")

    def find(graph: Store) -> _Central:
        if kind:
            whole = analysis.to_networkx(graph)
            scores = analysis.central(whole, kind, first=first)
            said = {key: [found] if (found := analysis.sentence(whole, key)) else [] for key, _ in scores}
        else:
            compared = structure.central(graph, first=first)
            scores = tuple((each.system.id, each.degree) for each in compared)
            said = {each.system.id: [fact_line(fact) for fact in each.evidence] for each in compared}
        return scores, graph.get([key for key, _ in scores]), said

    print_answer(
        context,
        store,
        "central",
        {"on": None, "first": first},
        as_=as_,
        json=json,
        find=find,
        to_json=lambda found: as_json.central(*found),
        to_people=lambda out, found: show.central(out, *found),
    )


def stats(context: typer.Context, as_: AsOption = None, store: StoreOption = None, json: JsonOption = False) -> None:
    """Count what the graph holds."""
    print_answer(
        context,
        store,
        "stats",
        {},
        as_=as_,
        json=json,
        find=as_json.stats,
        to_json=dict,
        to_people=show.counts,
    )
