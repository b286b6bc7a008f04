"""The GraphQL types of the answers in graph.answers; a resolver meets each as an `Answer` around the part of that name."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import strawberry

from api.context import Answer, Cohort, Context
from api.enums import DeltaKind, MetricBasis, MetricDirection, RelationKind, Verdict
from api.facts import Claim, Fact, Result
from api.fields import about, plain, to
from api.nodes import Dataset, Metric, Node, Paper, System
from api.paging import DEFAULT_FIRST, After, Connection, First, Page, PageInfo, Place, decode, encode
from api.paging import size as length_of
from api.relations import nodes as nodes_of
from graph.answers import leaderboard

MAX_COUNTED = 1_000


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


def _rows(root: Any, first: First = DEFAULT_FIRST, after: After = None) -> Page:
    context, group, length = root.cohort.context, root.part, length_of(first)
    order = f"rows:{','.join(group.benchmarks)}:{group.as_of}"
    seen = decode(after, order, (float | int | None, str, int, int | None)) if after is not None else None
    page = leaderboard.page(context.store, group, first=length, after=seen)
    shown = answer(context, page)
    places = [Place(cursor=encode(order, row.place), node=shown.wrap(row)) for row in page.rows]
    return Page(
        edges=places,
        has_next_page=page.more,
        has_previous_page=after is not None,
        count=lambda: leaderboard.size(context.store, group),
    )


def _unscored(root: Any, first: First = DEFAULT_FIRST, after: After = None) -> Page:
    context, board, length = root.cohort.context, root.part, length_of(first)
    order = f"unscored:{board.dataset.id}:{board.metric and board.metric.id}:{board.as_of}"
    seen = decode(after, order, (str,))[0] if after is not None else None
    page = leaderboard.unscored(context.store, board, first=length, after=seen)
    items = Cohort(context, page.claims).items
    places = [Place(cursor=encode(order, (item.node.id,)), node=item) for item in items]
    if places and page.after:
        places[-1] = replace(places[-1], cursor=encode(order, (page.after,)))
    return Page(
        edges=places,
        has_next_page=page.after is not None,
        has_previous_page=after is not None,
        count=lambda: len(leaderboard.unscored(context.store, board, first=MAX_COUNTED).claims),
    )


@strawberry.type(description="One result in its group.")
class LeaderboardRow:
    """graph.answers.leaderboard.Row."""

    rank: int | None = about("The rank, shared by ties; null where the row can not be ranked.")
    tied: bool = about("Whether another row has the same rank.")
    system: System | None = about("The system; null for a paper's own model without a name.")
    result: Result = about("The score, with its sentence.")
    paper: Paper = about("The paper that states it.")
    conflicts: list[Result] = about("Other values that other papers print of this system in this group.")


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
    rows: Any = strawberry.field(
        graphql_type=Connection[LeaderboardRow],
        resolver=_rows,
        description="The rows, the best first, then those that can not be ranked.",
    )


@strawberry.type(description="Who scores what on a dataset.")
class Leaderboard:
    """graph.answers.leaderboard.Board."""

    dataset: Dataset = about("The dataset.")
    groups: list[LeaderboardGroup] = about("The groups, the largest first.")
    claims: Any = strawberry.field(
        graphql_type=Connection[Claim],
        resolver=_unscored,
        description="The claims on the dataset whose winner prints no score on it; a page may be short and the list go on.",
    )


@strawberry.type(
    description="One way to read a printed difference, such as by 12 %: as points, or as a share of the loser's score."
)
class DeltaReading:
    """graph.answers.deltas.Reading."""

    claim: Claim = about("The claim that prints it.")
    kind: DeltaKind = about("Points or a share.")
    score: float | None = about("The score that follows for the side without a printed one, in the metric's unit.")
    of: System | None = plain(
        lambda reading: nodes_of(reading.cohort.context, [reading.part.of]).get(reading.part.of) if reading.part.of else None,
        "The side that the score is for.",
    )
    agrees: bool | None = about("Whether the printed scores differ by just that; null where one of them is not printed.")


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
    inferred: bool = about(
        "Whether it leans on a claim to beat the state of the art, which the other system was by what was known before."
    )
    readings: list[DeltaReading] = about("What the differences that claims print mean in scores.")
    nearest: str | None = about("Where the verdict is unknown: which other evidence comes closest.")
    nearest_evidence: list[Fact] = plain(
        lambda benchmark: [benchmark.wrap(evidence.node) for evidence in benchmark.part.nearest_evidence],
        "That evidence, with its sentences.",
    )


@strawberry.type(description="Two systems head to head.")
class Comparison:
    """graph.answers.compare.Comparison."""

    a: System = about("The first system.")
    b: System = about("The second system.")
    benchmarks: list[Benchmark] = about("Every benchmark where something is known of the pair, the clearest verdict first.")
    after: strawberry.ID | None = about("The dataset to go on behind, where there are more than one answer holds.")


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
