"""Conditions on lists, in the spelling of @neo4j/graphql 7; where.py says what they mean."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.operators import (
    AspectFilter,
    FloatFilter,
    IDFilter,
    IntFilter,
    KindFilter,
    MetricDirectionFilter,
    PolarityFilter,
    StringFilter,
)

_SOME, _NONE, _EVERY = "At least one is like this.", "None is like this.", "All that there are are like this."


def on(what: str) -> Any:
    """Return an optional input field that says what it is a condition on."""
    return strawberry.field(default=UNSET, description=f"A condition on {what}.")


def _quantifier(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


def _all() -> Any:
    return strawberry.field(name="AND", default=UNSET, description="All of these hold.")


def _any() -> Any:
    return strawberry.field(name="OR", default=UNSET, description="At least one of these holds.")


def _not() -> Any:
    return strawberry.field(name="NOT", default=UNSET, description="This does not hold.")


@strawberry.input(description="A condition on the papers that are related.")
class PaperRelation:
    """The quantifiers of a relation."""

    some: "PaperWhere | None" = _quantifier(_SOME)
    none: "PaperWhere | None" = _quantifier(_NONE)
    all: "PaperWhere | None" = _quantifier(_EVERY)


@strawberry.input(description="A condition on the entities that are related.")
class EntityRelation:
    """The quantifiers of a relation."""

    some: "EntityWhere | None" = _quantifier(_SOME)
    none: "EntityWhere | None" = _quantifier(_NONE)
    all: "EntityWhere | None" = _quantifier(_EVERY)


@strawberry.input(description="A condition on the results that are related.")
class ResultRelation:
    """The quantifiers of a relation."""

    some: "ResultWhere | None" = _quantifier(_SOME)
    none: "ResultWhere | None" = _quantifier(_NONE)
    all: "ResultWhere | None" = _quantifier(_EVERY)


@strawberry.input(description="A condition on the claims that are related.")
class ClaimRelation:
    """The quantifiers of a relation."""

    some: "ClaimWhere | None" = _quantifier(_SOME)
    none: "ClaimWhere | None" = _quantifier(_NONE)
    all: "ClaimWhere | None" = _quantifier(_EVERY)


@strawberry.input(description="Conditions on papers; all that are given hold.")
class PaperWhere:
    """Fields of schema.nodes.PaperNode."""

    id: IDFilter | None = on("the id")
    title: StringFilter | None = on("the title")
    abstract: StringFilter | None = on("the abstract")
    given_id: StringFilter | None = on("the id in its source")
    year: IntFilter | None = on("the year")
    date: StringFilter | None = on("the date, as ISO 8601 text")
    url: StringFilter | None = on("the address")
    arxiv_id: StringFilter | None = on("the arXiv id")
    doi: StringFilter | None = on("the DOI")
    venue: StringFilter | None = on("the venue")
    source: StringFilter | None = on("the collection it came from")
    results: ResultRelation | None = on("the scores that it states")
    claims: ClaimRelation | None = on("the comparisons that it states")
    introduces: EntityRelation | None = on("what it is the first to name")
    names: EntityRelation | None = on("all that it names")
    and_: list["PaperWhere"] | None = _all()
    or_: list["PaperWhere"] | None = _any()
    not_: "PaperWhere | None" = _not()


@strawberry.input(description="Conditions on methods; all that are given hold.")
class MethodWhere:
    """Fields of a method's node."""

    id: IDFilter | None = on("the id")
    name: StringFilter | None = on("the name")
    paper_count: IntFilter | None = on("the number of papers that name it")
    papers: PaperRelation | None = on("the papers that name it")
    introduced_by: PaperRelation | None = on("the papers that introduce it")
    results: ResultRelation | None = on("the scores of it")
    claims: ClaimRelation | None = on("the comparisons of it")
    and_: list["MethodWhere"] | None = _all()
    or_: list["MethodWhere"] | None = _any()
    not_: "MethodWhere | None" = _not()


@strawberry.input(description="Conditions on models; all that are given hold.")
class ModelWhere:
    """Fields of a model's node."""

    id: IDFilter | None = on("the id")
    name: StringFilter | None = on("the name")
    paper_count: IntFilter | None = on("the number of papers that name it")
    size: StringFilter | None = on("the size in the name, such as 7B")
    version: StringFilter | None = on("the version in the name")
    papers: PaperRelation | None = on("the papers that name it")
    introduced_by: PaperRelation | None = on("the papers that introduce it")
    results: ResultRelation | None = on("the scores of it")
    claims: ClaimRelation | None = on("the comparisons of it")
    and_: list["ModelWhere"] | None = _all()
    or_: list["ModelWhere"] | None = _any()
    not_: "ModelWhere | None" = _not()


@strawberry.input(description="Conditions on datasets; all that are given hold.")
class DatasetWhere:
    """Fields of a dataset's node."""

    id: IDFilter | None = on("the id")
    name: StringFilter | None = on("the name")
    paper_count: IntFilter | None = on("the number of papers that name it")
    papers: PaperRelation | None = on("the papers that name it")
    introduced_by: PaperRelation | None = on("the papers that introduce it")
    results: ResultRelation | None = on("the scores on it")
    claims: ClaimRelation | None = on("the comparisons on it")
    and_: list["DatasetWhere"] | None = _all()
    or_: list["DatasetWhere"] | None = _any()
    not_: "DatasetWhere | None" = _not()


@strawberry.input(description="Conditions on metrics; all that are given hold.")
class MetricWhere:
    """Fields of a metric's node."""

    id: IDFilter | None = on("the id")
    name: StringFilter | None = on("the name")
    paper_count: IntFilter | None = on("the number of papers that name it")
    direction: MetricDirectionFilter | None = on("which values are the better ones")
    unit: StringFilter | None = on("the unit")
    parameters: StringFilter | None = on("the parameters, such as k=10")
    papers: PaperRelation | None = on("the papers that name it")
    introduced_by: PaperRelation | None = on("the papers that introduce it")
    results: ResultRelation | None = on("the scores by it")
    claims: ClaimRelation | None = on("the comparisons by it")
    and_: list["MetricWhere"] | None = _all()
    or_: list["MetricWhere"] | None = _any()
    not_: "MetricWhere | None" = _not()


@strawberry.input(description="Conditions on tasks; all that are given hold.")
class TaskWhere:
    """Fields of a task's node."""

    id: IDFilter | None = on("the id")
    name: StringFilter | None = on("the name")
    paper_count: IntFilter | None = on("the number of papers that name it")
    papers: PaperRelation | None = on("the papers that name it")
    introduced_by: PaperRelation | None = on("the papers that introduce it")
    and_: list["TaskWhere"] | None = _all()
    or_: list["TaskWhere"] | None = _any()
    not_: "TaskWhere | None" = _not()


@strawberry.input(description="Conditions on entities of every kind; all that are given hold.")
class EntityWhere:
    """Fields of schema.nodes.EntityNode."""

    id: IDFilter | None = on("the id")
    kind: KindFilter | None = on("the kind")
    name: StringFilter | None = on("the name")
    paper_count: IntFilter | None = on("the number of papers that name it")
    papers: PaperRelation | None = on("the papers that name it")
    introduced_by: PaperRelation | None = on("the papers that introduce it")
    and_: list["EntityWhere"] | None = _all()
    or_: list["EntityWhere"] | None = _any()
    not_: "EntityWhere | None" = _not()


@strawberry.input(description="Conditions on results; all that are given hold.")
class ResultWhere:
    """Fields of schema.nodes.ResultNode."""

    id: IDFilter | None = on("the id")
    paper: IDFilter | None = on("the id of the paper")
    subject: IDFilter | None = on("the id of the system that got the score; null: a system without a name")
    dataset: IDFilter | None = on("the id of the dataset")
    variant: StringFilter | None = on("the split or variant of the dataset")
    metric: IDFilter | None = on("the id of the metric")
    value: FloatFilter | None = on("the number as printed")
    canonical: FloatFilter | None = on("the number in the metric's unit")
    unit: StringFilter | None = on("the printed unit")
    setting: StringFilter | None = on("the setting")
    quote: StringFilter | None = on("the quoted sentence")
    confidence: FloatFilter | None = on("the confidence")
    extractor: StringFilter | None = on("the extractor and its version")
    rule: StringFilter | None = on("the rule that read it")
    review: StringFilter | None = on("the state of its review")
    and_: list["ResultWhere"] | None = _all()
    or_: list["ResultWhere"] | None = _any()
    not_: "ResultWhere | None" = _not()


@strawberry.input(description="Conditions on claims; all that are given hold.")
class ClaimWhere:
    """Fields of schema.nodes.ClaimNode."""

    id: IDFilter | None = on("the id")
    paper: IDFilter | None = on("the id of the paper")
    winner: IDFilter | None = on("the id of the winner; null: a winner without a name")
    loser: IDFilter | None = on("the id of the loser; null: a loser without a name")
    dataset: IDFilter | None = on("the id of the dataset; null: no dataset is named")
    variant: StringFilter | None = on("the split or variant of the dataset")
    metric: IDFilter | None = on("the id of the metric")
    polarity: PolarityFilter | None = on("the polarity")
    aspect: AspectFilter | None = on("what is compared")
    hedge: StringFilter | None = on("the words that weaken it")
    quote: StringFilter | None = on("the quoted sentence")
    confidence: FloatFilter | None = on("the confidence")
    extractor: StringFilter | None = on("the extractor and its version")
    rule: StringFilter | None = on("the rule that read it")
    review: StringFilter | None = on("the state of its review")
    and_: list["ClaimWhere"] | None = _all()
    or_: list["ClaimWhere"] | None = _any()
    not_: "ClaimWhere | None" = _not()
