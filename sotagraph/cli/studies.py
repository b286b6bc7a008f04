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
from sotagraph.cli.common import JsonOption, StoreOption
from sotagraph.cli.shown import AsOption, print_answer

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
    print_answer(
        context,
        store,
        "beat_paths",
        {"from": start, "to": end, "on": on, "depth": depth},
        as_=as_,
        json=json,
        find=lambda graph: beat_paths_of(graph, start, end, on=on, depth=depth),
        to_json=studies_json.paths,
        to_people=lambda out, found: studies_text.paths(out, start, end, found),
    )


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
    print_answer(
        context,
        store,
        "history",
        {"dataset": dataset, "metric": metric, "asOf": None},
        as_=as_,
        json=json,
        find=lambda graph: sota_history(graph, dataset, metric),
        to_json=studies_json.history,
        to_people=studies_text.history,
    )


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
    print_answer(
        context,
        store,
        "contradictions",
        {"on": on, "first": first},
        as_=as_,
        json=json,
        find=lambda graph: disputed.contradictions(graph, on=on, first=first),
        to_json=studies_json.contradictions,
        to_people=studies_text.contradictions,
    )


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
    print_answer(
        context,
        store,
        "gaps",
        {"dataset": dataset, "metric": metric, "first": first},
        as_=as_,
        json=json,
        find=lambda graph: gaps_of(graph, dataset, metric=metric).gaps[:first],
        to_json=studies_json.gaps,
        to_people=studies_text.gaps,
    )


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
    print_answer(
        context,
        store,
        "pareto",
        {"dataset": dataset, "x": a, "y": b},
        as_=as_,
        json=json,
        find=lambda graph: pareto_of(graph, dataset, a, b),
        to_json=studies_json.pareto,
        to_people=studies_text.pareto,
    )


def communities(
    context: typer.Context,
    on: On = None,
    first: First = 10,
    as_: AsOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show groups of systems that are compared with each other more than with others, and the datasets they meet on."""
    print_answer(
        context,
        store,
        "communities",
        {"on": on, "first": first},
        as_=as_,
        json=json,
        find=lambda graph: communities_of(graph, on=on, first=first),
        to_json=studies_json.communities,
        to_people=studies_text.communities,
    )
