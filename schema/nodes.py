"""The nodes and relationships of the graph, as both stores hold them and as every question returns them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.conditions import benchmark_key
from schema.kinds import NodeKind, RelationKind

# Facts carry the ids of what they touch, so that a row answers a question without another look-up;
# the same ends are relationships in the graph, and `sotagraph check` holds the two equal.


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNode:
    """A paper. `name` is a short caption, `key` the folded title by which lists are ordered."""

    id: str
    name: str
    key: str
    title: str
    abstract: str
    given_id: str | None
    year: int | None
    date: str | None
    url: str | None
    arxiv_id: str | None
    doi: str | None
    venue: str | None
    authors: tuple[str, ...]
    source: str
    kind: NodeKind = NodeKind.PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityNode:
    """A method, model, dataset, metric or task: one node for one thing, folded from all papers that name it.

    `papers` counts those papers. `direction` ("higher", "lower", "unknown"), `unit`, `min`, `max` and `parameters`
    (such as "k=10") are set on metrics, `size` and `version` on models.
    """

    id: str
    kind: NodeKind
    name: str
    key: str
    aliases: tuple[str, ...]
    papers: int
    direction: str | None = None
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    parameters: str | None = None
    size: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultNode:
    """A score that a paper states of a system; see `records.Result`.

    `canonical` is the value in the metric's unit, None where it can't be known; `scaled` says how it was got.
    `metric_basis` is "stated", or "inferred" where the benchmark's usual metric fills a gap, or None.
    `role` is "introduced" if the paper introduces the system, else "baseline". `benchmark` follows from the other fields:
    only results that share it are ranked together (see `conditions.benchmark_key`).
    """

    id: str
    name: str
    paper: str
    subject: str | None
    dataset: str | None
    variant: str | None
    metric: str | None
    metric_basis: str | None
    raw: str
    value: float
    unit: str | None
    canonical: float | None
    scaled: str | None
    bound: str | None
    setting: str | None
    role: str
    quote: str
    start: int
    end: int
    confidence: float
    extractor: str
    rule: str
    review: str = "unreviewed"
    kind: NodeKind = NodeKind.RESULT
    benchmark: str | None = field(init=False)

    def __post_init__(self) -> None:
        """Fill in what follows from the rest."""
        object.__setattr__(self, "benchmark", benchmark_key(self.dataset, self.variant, self.metric, self.setting))


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimNode:
    """A comparison that a paper states; see `records.Claim`.

    A side that the abstract does not name has a class instead of an id: "model" (the authors' own), "sota", "previous",
    "baseline" or "human".
    """

    id: str
    name: str
    paper: str
    winner: str | None
    winner_class: str | None
    loser: str | None
    loser_class: str | None
    dataset: str | None
    variant: str | None
    metric: str | None
    polarity: str
    aspect: str
    hedge: str | None
    by: str | None
    delta_value: float | None
    delta_unit: str | None
    delta_kind: str | None
    delta_bound: str | None
    quote: str
    start: int
    end: int
    confidence: float
    extractor: str
    rule: str
    review: str = "unreviewed"
    kind: NodeKind = NodeKind.CLAIM


Node = PaperNode | EntityNode | ResultNode | ClaimNode

Value = str | int | float | tuple[str, ...] | tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A directed relationship. One exists per (head, type, tail, paper); a BEATS has no paper but its benchmark instead."""

    head: str
    type: RelationKind
    tail: str
    paper: str | None = None
    dataset: str | None = None
    metric: str | None = None
    props: Mapping[str, Value] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """What makes it one relationship, and its place in a dump."""
        return (self.type.value, self.head, self.tail, self.paper or "", self.dataset or "", self.metric or "")
