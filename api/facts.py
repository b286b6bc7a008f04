"""The GraphQL types of results, claims and BEATS: what papers say, with the sentence that says it."""

from typing import Any

import strawberry

from api.enums import Aspect, Bound, DeltaKind, MetricBasis, Polarity, ResultRole, SideClass, Verdict
from api.evidence import evidence
from api.fields import about, plain, to
from api.nodes import Dataset, Metric, Node, Paper, System
from api.relations import nodes


@strawberry.interface(description="A result or a claim: what one sentence of one paper says.")
class Fact(Node):
    """See schema.nodes.ResultNode and ClaimNode."""

    paper: Paper = to("paper", "The paper that says it.")
    quote: str = about("The sentence that says it.")
    start: int = about("Where the quote starts, in code points of title, newline, abstract.")
    end: int = about("Where the quote ends: behind its last code point.")
    confidence: float = about("How sure the extractor was, from 0 to 1.")
    extractor: str = about("Which extractor read it: name/version.")
    rule: str = about("Which of its rules or models.")
    review: str = about("What a person decided on it; unreviewed if nobody did.")
    dataset: Dataset | None = to("dataset", "The dataset; null where the text names none.")
    variant: str | None = about("The split or variant of the dataset.")
    metric: Metric | None = to("metric", "The metric; null where it is not known.")


@strawberry.type(description="A score that a paper states of a system.")
class Result(Fact):
    """See schema.nodes.ResultNode."""

    subject: System | None = to("subject", "The system that got the score; null for the paper's own model without a name.")
    metric_basis: MetricBasis | None = about("Whether the text names the metric or it is the benchmark's usual one.")
    raw: str = about("The number as printed.")
    value: float = about("The number as printed, read.")
    unit: str | None = about("The unit as printed; null is not known, not the default.")
    canonical: float | None = about("The number in the metric's unit; null where that can not be known.")
    scaled: str | None = about("How the canonical number was got.")
    bound: Bound | None = about("Set for up to and the like: then the number is a limit, not a score.")
    setting: str | None = about("Shots, samples, tools and the like, as the text has it.")
    role: ResultRole = about("Whether the paper introduces the system or reports it as a baseline.")


@strawberry.type(description="A comparison that a paper states.")
class Claim(Fact):
    """See schema.nodes.ClaimNode."""

    winner: System | None = to("winner", "The better side; null where the text does not name it.")
    winner_class: SideClass | None = about("Who the winner is when it has no name.")
    loser: System | None = to("loser", "The other side; null where the text does not name it.")
    loser_class: SideClass | None = about("Who the loser is when it has no name.")
    polarity: Polarity = about("Whether the winner is better, equal or not better.")
    aspect: Aspect = about("What is compared; only quality is a win on a benchmark.")
    hedge: str | None = about("The words that weaken the claim.")
    by: str | None = about("The difference as printed.")
    delta_value: float | None = about("The difference, read.")
    delta_unit: str | None = about("The unit of the difference.")
    delta_kind: DeltaKind | None = about("Whether the difference is absolute or relative; often the text leaves it open.")
    delta_bound: Bound | None = about("Set for up to and the like.")


def _papers(item: Any) -> list[Any]:
    """Return the papers of a BEATS, loaded for all BEATS of its cohort at once."""
    found = item.cohort.once(
        "papers",
        lambda cohort: nodes(cohort.context, (paper for each in cohort.items for paper in each.node.props["papers"])),
    )
    return [found[paper] for paper in item.node.props["papers"]]


@strawberry.type(description="A system beats another on a dataset, according to at least one paper that covers both.")
class Beats:
    """A BEATS relationship."""

    winner: System = to("head", "The better system.")
    loser: System = to("tail", "The other system.")
    dataset: Dataset = to("dataset", "The dataset it is so on.")
    metric: Metric | None = to("metric", "The metric; null where no paper names one.")
    verdict: Verdict = plain(
        lambda item: item.node.props["verdict"], "Whether it is claimed in words, computed from printed scores, or both."
    )
    margin: float | None = plain(
        lambda item: item.node.props.get("margin"),
        "The difference of the printed scores, in the metric's unit; the least if papers differ.",
    )
    papers: list[Paper] = plain(_papers, "The papers that say so.")
    evidence: list[Fact] = plain(evidence, "The claims and results that say so, with their sentences.")
