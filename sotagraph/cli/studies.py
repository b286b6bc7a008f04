"""Commands that ask of many papers at once: chains, histories, disagreements, gaps, fronts, communities."""

from typing import Annotated

import typer

from graph.answers import contradictions as disputed
from graph.answers.gaps import gaps as gaps_of
from graph.answers.history import sota_history
from graph.answers.pareto import pareto as pareto_of
from graph.answers.paths import MAX_DEPTH
from graph.answers.paths import beat_paths as beat_paths_of
from graph.answers.structure import communities as communities_of
from sotagraph.cli import studies_json, studies_text
from sotagraph.cli.common import JsonOption, StoreOption, out, print_json, store_of
from sotagraph.cli.shown import AsOption, print_shown

On = Annotated[str | None, typer.Option("--on", metavar="DATASET", help="Only on this dataset.")]
Dataset = Annotated[str, typer.Argument(metavar="DATASET", help="A dataset's name or alias.")]
MetricOption = Annotated[str | None, typer.Option("--metric", help="Only this metric.")]
First = Annotated[int, typer.Option("--first", min=1, help="How many to show.")]


def beat_paths(
    context: typer.Context,
    start: Annotated[str, typer.Argument(metavar="FROM", help="A method or model.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="Another method or model.")],
    on: On = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=MAX_DEPTH, help="The longest chain.")] = 3,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show chains in which each system beats the next, all on one benchmark, with their sentences.

    A chain proves nothing of its ends: settings may differ from step to step. Example: `sotagraph beat-paths Codex GPT-3`.
    """
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "beat_paths", {"from": start, "to": end, "on": on, "depth": depth}, as_, json=json)
            return
        found = beat_paths_of(graph, start, end, on=on, depth=depth)
    print_json(studies_json.paths(found)) if json else studies_text.paths(out, start, end, found)


def history(
    context: typer.Context,
    dataset: Dataset,
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="A metric's name or alias.")],
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show how the best score of a dataset rose: each step with its date, system, paper and sentence.

    Papers without a date are left out. Example: `sotagraph history MATH accuracy`.
    """
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "history", {"dataset": dataset, "metric": metric, "asOf": None}, as_, json=json)
            return
        found = sota_history(graph, dataset, metric)
    print_json(studies_json.history(found)) if json else studies_text.history(out, found)


def contradictions(
    context: typer.Context,
    on: On = None,
    first: First = 20,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show where papers disagree: A over B and B over A, cycles, one system with two scores on one benchmark.

    `opposite` is on one dataset; `flip` is on two, which is no error but means that there is no overall order.
    """
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "contradictions", {"on": on, "first": first}, as_, json=json)
            return
        found = disputed.contradictions(graph, on=on, first=first)
    print_json(studies_json.contradictions(found)) if json else studies_text.contradictions(out, found)


def gaps(
    context: typer.Context,
    dataset: Dataset,
    metric: MetricOption = None,
    first: First = 20,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show which of a dataset's best systems nobody has compared, though both have scores on it."""
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "gaps", {"dataset": dataset, "metric": metric, "first": first}, as_, json=json)
            return
        found = gaps_of(graph, dataset, metric=metric).gaps[:first]
    print_json(studies_json.gaps(found)) if json else studies_text.gaps(out, found)


def pareto(
    context: typer.Context,
    dataset: Dataset,
    a: Annotated[str, typer.Argument(metavar="METRIC", help="A metric's name or alias.")],
    b: Annotated[str, typer.Argument(metavar="METRIC", help="Another metric.")],
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show which systems of a dataset nobody beats on both of two metrics at once."""
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "pareto", {"dataset": dataset, "x": a, "y": b}, as_, json=json)
            return
        found = pareto_of(graph, dataset, a, b)
    print_json(studies_json.pareto(found)) if json else studies_text.pareto(out, found)


def communities(
    context: typer.Context,
    on: On = None,
    first: First = 10,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show groups of systems that are compared with each other more than with others, and the datasets they meet on."""
    with store_of(context, store) as graph:
        if as_:
            print_shown(graph, "communities", {"on": on, "first": first}, as_, json=json)
            return
        found = communities_of(graph, on=on, first=first)
    print_json(studies_json.communities(found)) if json else studies_text.communities(out, found)
