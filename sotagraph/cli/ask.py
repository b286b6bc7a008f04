"""Commands that ask the graph a question."""

import re
from typing import Annotated

import typer

from graph import analysis
from graph.answers import structure
from graph.answers.compare import beats as who_beats
from graph.answers.compare import compare as head_to_head
from graph.answers.leaderboard import leaderboard as leaderboard_of
from graph.answers.lookup import SYSTEM_KINDS, entity
from schema.kinds import NodeKind, RelationKind
from sotagraph.cli import as_json, show
from sotagraph.cli.common import JsonOption, StoreOption, out, print_json, store_of
from sotagraph.cli.shown import AsOption, print_shown


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
    with store_of(context, store) as graph:
        if as_:
            print_shown(
                graph, "leaderboard", {"dataset": dataset, "metric": metric, "asOf": as_of, "first": first}, as_, json=json
            )
            return
        board = leaderboard_of(graph, dataset, metric=metric, as_of=as_of, first=first)
        names = as_json.names_of(graph, board.claims)
    print_json(as_json.leaderboard(board, names)) if json else show.leaderboard(out, board, names)


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
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "compare", {"a": winner, "b": loser, "on": on, "asOf": as_of}, as_, json=json)
            return
        comparison = who_beats(graph, winner, loser, on=on, as_of=as_of)
    print_json(as_json.beats(comparison)) if json else show.beats(out, comparison)


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
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "compare", {"a": a, "b": b, "on": on, "asOf": as_of}, as_, json=json)
            return
        comparison = head_to_head(graph, a, b, on=on, as_of=as_of)
    print_json(as_json.compare(comparison)) if json else show.compare(out, comparison)


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
    with store_of(context, store) as graph:
        if as_:
            print_shown(
                graph,
                "search",
                {"text": text, "kinds": [each.value for each in kind] if kind else None, "first": first},
                as_,
                json=json,
            )
            return
        hits = graph.search(text, kinds=kind or (), first=first)
    print_json(as_json.hits(hits)) if json else show.hits(out, text, hits)


def path(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="START", help="An entity's name or alias.")],
    end: Annotated[str, typer.Argument(metavar="END", help="Another entity's name or alias.")],
    beats: Annotated[bool, typer.Option("--beats", help="Only chains in which each beats the next.")] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show the shortest ways from one entity to another. A chain of BEATS proves nothing about its ends: benchmarks differ."""
    types = (RelationKind.BEATS,) if beats else ()
    with store_of(context, store) as graph:
        ends = [entity(graph, name, SYSTEM_KINDS if beats else ()) for name in (start, end)]
        routes = analysis.paths(analysis.to_networkx(graph), ends[0].id, ends[1].id, types=types, directed=beats)
        ids = {edge[side] for route in routes for edge in route for side in ("head", "tail")}
        nodes = graph.get(sorted(ids))
    print_json(as_json.paths(routes)) if json else show.paths(out, ends[0], ends[1], routes, nodes)


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
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "central", {"on": None, "first": first}, as_, json=json)
            return
        if kind:
            scores = analysis.central(analysis.to_networkx(graph), kind, first=first)
        else:
            scores = tuple((each.system.id, each.degree) for each in structure.central(graph, first=first))
        nodes = graph.get([key for key, _ in scores])
    print_json(as_json.central(scores, nodes)) if json else show.central(out, scores, nodes)


def stats(context: typer.Context, as_: AsOption = None, store: StoreOption = None, json: JsonOption = False) -> None:
    """Count what the graph holds."""
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "stats", {}, as_, json=json)
            return
        counts = as_json.stats(graph)
    print_json(counts) if json else show.counts(out, counts)
