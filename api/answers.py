"""The GraphQL types of the answers in graph.answers; a resolver meets each as an `Answer` around the part of that name."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

import strawberry

from api.context import Answer, Cohort, Context
from api.enums import MetricBasis, MetricDirection, RelationKind, Verdict
from api.facts import Claim, Fact, Result
from api.fields import about, plain, to
from api.nodes import Dataset, Metric, Node, Paper, System
from api.paging import DEFAULT_FIRST, After, Connection, First, Page, PageInfo, cut


def answer(context: Context, found: Any) -> Answer:
    """Return an answer as resolvers want to meet it: all nodes in it are one cohort."""
    rows = {node.id: node for node in _nodes(found)}
    return Answer(found, Cohort(context, rows.values()))


def _nodes(part: Any) -> Iterable[Any]:
    if isinstance(part, tuple):
        for each in part:
            yield from _nodes(each)
    elif hasattr(part, "kind") and hasattr(part, "id"):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from _nodes(getattr(part, field.name))


def _paged(name: str, description: str) -> Any:
    def resolve(root: Any, first: First = DEFAULT_FIRST, after: After = None) -> Page:
        return cut(getattr(root.part, name), first=first, after=after, order=name, show=root.wrap)

    return strawberry.field(resolver=resolve, description=description)


@strawberry.type(description="One result in its group.")
class LeaderboardRow:
    """graph.answers.leaderboard.Row."""

    rank: int | None = about("The rank, shared by ties; null where the row can not be ranked.")
    system: System | None = about("The system; null for a paper's own model without a name.")
    result: Result = about("The score, with its sentence.")
    paper: Paper = about("The paper that states it.")


@strawberry.type(
    description="Rows that may be compared: the same variant, metric, parameters, and no known setting in conflict."
)
class LeaderboardGroup:
    """graph.answers.leaderboard.Group."""

    variant: str | None = about("The split or variant of the dataset.")
    metric: Metric | None = about("The metric; null where the texts name none.")
    metric_basis: MetricBasis | None = about("Whether a text names the metric or it is the benchmark's usual one.")
    direction: MetricDirection = about("Which values are the better ones; a group of unknown direction is not ranked.")
    setting: str | None = about("The known settings that set this group apart.")
    note: str | None = about("Why the rows are not ranked.")
    rows: Connection[LeaderboardRow] = _paged("rows", "The rows, the best first.")


@strawberry.type(description="Who scores what on a dataset.")
class Leaderboard:
    """graph.answers.leaderboard.Leaderboard."""

    dataset: Dataset = about("The dataset.")
    groups: list[LeaderboardGroup] = about("The groups, the largest first.")
    claims: Connection[Claim] = _paged("claims", "The claims on the dataset whose winner prints no score on it.")


@strawberry.type(description="What is known of two systems on one benchmark.")
class Benchmark:
    """graph.answers.compare.Benchmark."""

    dataset: Dataset | None = about("The dataset; null for claims that name none.")
    variant: str | None = about("The split or variant of the dataset.")
    metric: Metric | None = about("The metric; null where the texts name none.")
    verdict: Verdict = about("What all evidence says.")
    winner: System | None = about("The better system; null where there is none.")
    margin: float | None = about("The difference of the printed scores, in the metric's unit.")
    reason: str = about("Why the verdict is this.")
    evidence: list[Fact] = plain(
        lambda benchmark: [benchmark.wrap(evidence.node) for evidence in benchmark.part.evidence],
        "The claims and results that the verdict rests on, with their sentences.",
    )


@strawberry.type(description="Two systems head to head.")
class Comparison:
    """graph.answers.compare.Comparison."""

    a: System = about("The first system.")
    b: System = about("The second system.")
    benchmarks: list[Benchmark] = about("Every benchmark where something is known of the pair, the clearest verdict first.")


@strawberry.type(description="A relationship in the graph.")
class Relationship:
    """schema.nodes.Relationship; its ends are loaded with those of its whole cohort."""

    type: RelationKind = about("What it says.")
    head: Node = to("head", "The node that it starts from.")
    tail: Node = to("tail", "The node that it leads to.")
    paper: Paper | None = to("paper", "The paper that says so; null for BEATS, which several papers may support.")


@strawberry.type(description="Some nodes, and every relationship between them.")
class Subgraph:
    """graph.answers.neighbourhood.Subgraph."""

    nodes: list[Node] = about("The nodes.")
    relationships: list[Relationship] = plain(
        lambda root: Cohort(root.cohort.context, root.part.relationships).items, "The relationships between them."
    )


@strawberry.type(description="How many of each the graph holds.")
class Stats:
    """graph.store.Stats."""

    papers: int = about("How many papers.")
    methods: int = about("How many methods.")
    models: int = about("How many models.")
    datasets: int = about("How many datasets.")
    metrics: int = about("How many metrics.")
    tasks: int = about("How many tasks.")
    results: int = about("How many results.")
    claims: int = about("How many claims.")
    beats: int = about("How many pairs where one beats the other on a dataset by a metric.")


@strawberry.type(description="A place in the list of what a search found.")
class SearchEdge:
    """A `Place` whose `via` is the graph.store.Hit."""

    cursor: str = about("This place, to go on from.")
    node: Node = about("The paper or entity.")
    score: float = plain(lambda place: place.via.score, "How well it fits; it only orders the hits of one search.")
    snippet: str = plain(lambda place: place.via.snippet, "A stretch of its text around what was searched for.")


@strawberry.type(description="One page of what a search found, the best first.")
class SearchConnection:
    """A search is not counted, so it has no total."""

    edges: list[SearchEdge] = about("The page with its cursors, scores and snippets.")
    nodes: list[Node] = about("The page without cursors.")
    page_info: PageInfo = about("Where the page stands in its list.")
