"""What one version of the extractor read in one paper: the truth from which the graph is folded.

Inside a record, facts point at entities by name, as a reader of the abstract would. Graph ids come later (identity).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from schema.kinds import NodeKind, RelationKind, Role

# Names that stand for something the abstract doesn't name; see the annotation guide in docs/extraction.md.
UNNAMED = ("@model", "@sota", "@previous", "@baseline", "@human")


class Polarity(StrEnum):
    """What a claim says of its winner against its loser."""

    BETTER = "better"
    EQUAL = "equal"
    NOT_BETTER = "not_better"


class Aspect(StrEnum):
    """What is compared: the score on a benchmark, or a cost such as time or parameters (no win on a benchmark)."""

    QUALITY = "quality"
    EFFICIENCY = "efficiency"


class Bound(StrEnum):
    """How a printed number limits the true one; "up to 50" and "over 50" are not the value 50."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


class DeltaKind(StrEnum):
    """How a difference was counted; "by 12 %" alone may be either."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One title and abstract as read, with what the source knows about the paper.

    `given_id` is the id in the source, if it has one; the id in the graph is `identity.paper_id(paper)`.
    `date` is ISO 8601 (YYYY, YYYY-MM or YYYY-MM-DD). `source` names the collection that `given_id` is unique in.
    """

    title: str
    abstract: str
    given_id: str | None = None
    year: int | None = None
    date: str | None = None
    url: str | None = None
    arxiv_id: str | None = None
    doi: str | None = None
    venue: str | None = None
    authors: tuple[str, ...] = ()
    source: str = "local"

    @property
    def text(self) -> str:
        """The string that every offset in the paper's record points into."""
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch [start, end) of `Paper.text` in code points, and the text found there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One thing that the abstract names, with all its names there. `name` is unique among a record's systems,
    and among its datasets, metrics and tasks."""

    name: str
    label: NodeKind
    role: Role
    forms: tuple[str, ...]
    mentions: tuple[Span, ...]
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An absolute score that the abstract states of a system.

    `subject` is an entity's name or "@model". `raw` is the number as printed ("84.3\\%"), `value` its reading as printed
    (84.3), `unit` "%" or None. `bound` is set for "up to" and the like: then `value` is a limit, no score.
    """

    subject: str
    dataset: str | None
    metric: str | None
    value: float
    raw: str
    unit: str | None
    evidence: Span
    confidence: float
    rule: str
    bound: Bound | None = None
    setting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """By how much a winner wins: a positive number as printed, its unit ("%", "points", "x", None) and how it was counted."""

    value: float
    unit: str | None
    kind: DeltaKind
    bound: Bound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The abstract says how a winner compares with a loser.

    `winner` and `loser` are names of entities, or one of `UNNAMED`; one of them may be None. `by` is the printed
    difference ("12%"), `hedge` the words that weaken the claim ("up to", "comparable", "in 41 of 49").
    """

    winner: str | None
    loser: str | None
    dataset: str | None
    metric: str | None
    polarity: Polarity
    evidence: Span
    confidence: float
    rule: str
    aspect: Aspect = Aspect.QUALITY
    hedge: str | None = None
    by: str | None = None
    delta: Delta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The abstract says how one entity relates to another; `head_label` and `tail_label` tell apart equal names."""

    head: str
    type: RelationKind
    tail: str
    head_label: NodeKind
    tail_label: NodeKind
    evidence: Span
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionRecord:
    """Everything that one version of the extractor read in one paper. `extractor` is "name/version"; results, claims and links
    that it was less sure of than `min_confidence` were left out."""

    paper: Paper
    extractor: str
    entities: tuple[Entity, ...] = ()
    results: tuple[Result, ...] = ()
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()
    min_confidence: float = 0.0


def confident(record: ExtractionRecord, least: float) -> ExtractionRecord:
    """Return the record without the results, claims and links below a confidence; what was left out before stays out."""
    if least <= record.min_confidence:
        return record
    return replace(
        record,
        results=tuple(fact for fact in record.results if fact.confidence >= least),
        claims=tuple(fact for fact in record.claims if fact.confidence >= least),
        links=tuple(fact for fact in record.links if fact.confidence >= least),
        min_confidence=least,
    )
