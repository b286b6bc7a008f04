"""What a record becomes: ids, values, inferred metrics, variants, and what is left out."""

from dataclasses import replace

import pytest

from graph.assemble import assemble
from schema.kinds import NodeKind, RelationKind, Role
from schema.metrics import find_metric
from schema.records import Bound, Entity, ExtractionRecord, Link, Paper, Result, Span
from schema.values import canonical
from tests.factories import record, span

BASE = record(given_id="a")
RESULT = BASE.results[0]


def with_result(**changes: object) -> ExtractionRecord:
    return replace(BASE, results=(replace(RESULT, **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "unit", "metric", "expected"),
    [
        (0.21, None, "accuracy", (21.0, "fraction times 100")),
        (0.21, "%", "accuracy", (0.21, "as printed")),
        (21.0, None, "accuracy", (21.0, "as printed")),
        (21.0, "%", "accuracy", (21.0, "as printed")),
        (1.0, None, "accuracy", (None, "1 without a unit may be a fraction or a percentage")),
        (101.0, "%", "accuracy", (None, "outside accuracy's range")),
        (28.4, None, "BLEU", (28.4, "as printed")),
        (28.4, "points", "accuracy", (None, "printed in points, the metric is in %")),
        (3.2, None, "perplexity", (3.2, "as printed")),
        (0.5, None, None, (None, "no known metric")),
    ],
)
def test_readings_of_a_number(value: float, unit: str | None, metric: str | None, expected: tuple[float | None, str]) -> None:
    assert canonical(value, unit, find_metric(metric) if metric else None) == expected


def test_a_bound_is_no_value() -> None:
    (result,) = assemble(with_result(bound=Bound.AT_MOST)).results
    assert (result.value, result.canonical, result.scaled, result.bound) == (46.3, None, "a bound, not a value", "at_most")


def test_the_usual_metric_fills_a_gap_and_says_so() -> None:
    folded = assemble(with_result(metric=None))
    (result,) = folded.results
    assert (result.metric, result.metric_basis, result.canonical) == ("metric:accuracy", "inferred", 46.3)


def test_an_inferred_metric_is_there_without_being_counted_as_named() -> None:
    unnamed = replace(BASE, entities=BASE.entities[:3], results=(replace(RESULT, metric=None),))
    folded = assemble(unnamed)
    assert folded.ballots["metric:accuracy"] == ("label:Metric", "name:accuracy")
    assert not any(edge.tail == "metric:accuracy" and edge.head == "local:a" for edge in folded.relationships)


def test_two_spellings_of_one_thing_are_one_entity() -> None:
    paper = Paper(title="T", abstract="GPT-4 and GPT4 on miniF2F-test", given_id="x")
    entities = tuple(
        Entity(
            name=name,
            label=NodeKind.MODEL,
            role=role,
            forms=(name,),
            mentions=(span(paper.text, name),),
            confidence=0.5,
            rule="t",
        )
        for name, role in (("GPT-4", Role.MENTIONED), ("GPT4", Role.USED))
    )
    folded = assemble(ExtractionRecord(paper=paper, extractor="t/1", entities=entities))
    (edge,) = folded.relationships
    assert (edge.type, edge.tail, edge.props["forms"], edge.props["starts"]) == (
        RelationKind.USES,
        "system:gpt4",
        ("GPT-4", "GPT4"),
        (2, 12),
    )


def test_an_acronym_is_no_identity() -> None:
    """The page's Chain of Code abstract calls Chain of Code "CoT"; elsewhere that is Chain of Thought."""

    def folded(name: str, given_id: str) -> set[str]:
        paper = Paper(title="T", abstract=f"We propose {name} (CoT).", given_id=given_id)
        mentions = (span(paper.text, name), span(paper.text, "CoT"))
        entity = Entity(
            name=name,
            label=NodeKind.METHOD,
            role=Role.INTRODUCED,
            forms=(name, "CoT"),
            mentions=mentions,
            confidence=0.9,
            rule="t",
        )
        return set(assemble(ExtractionRecord(paper=paper, extractor="t/1", entities=(entity,))).ballots)

    assert folded("Chain of Code", "1") == {"system:chainofcode"}
    assert folded("Chain of Thought", "2") == {"system:chainofthought"}


@pytest.mark.parametrize(
    ("head", "kind", "tail", "head_label", "tail_label", "dropped"),
    [
        ("DeepThing", RelationKind.EVALUATED_ON, "MATH", NodeKind.MODEL, NodeKind.DATASET, {}),
        ("MATH", RelationKind.EVALUATED_ON, "DeepThing", NodeKind.DATASET, NodeKind.MODEL, {"link_not_allowed": 1}),
        ("DeepThing", RelationKind.BASED_ON, "DeepThing", NodeKind.MODEL, NodeKind.MODEL, {"link_to_itself": 1}),
        ("DeepThing", RelationKind.BASED_ON, "nobody", NodeKind.MODEL, NodeKind.MODEL, {"link_to_unnamed": 1}),
    ],
)
def test_links_keep_to_the_schema(
    head: str, kind: RelationKind, tail: str, head_label: NodeKind, tail_label: NodeKind, dropped: dict[str, int]
) -> None:
    link = Link(
        head=head,
        type=kind,
        tail=tail,
        head_label=head_label,
        tail_label=tail_label,
        evidence=RESULT.evidence,
        confidence=0.5,
        rule="t",
    )
    folded = assemble(replace(BASE, links=(link,)))
    assert folded.dropped == dropped
    assert any(edge.type is kind and edge.head == "system:deepthing" for edge in folded.relationships) == (not dropped)


def test_a_fact_said_twice_is_one() -> None:
    folded = assemble(replace(BASE, results=(RESULT, RESULT), claims=BASE.claims * 2))
    assert (len(folded.results), len(folded.claims), folded.dropped) == (1, 1, {"duplicate_claim": 1, "duplicate_result": 1})


@pytest.mark.parametrize("evidence", [Span(0, 3, "xyz"), Span(5, 5, ""), Span(-1, 3, "Dee"), Span(0, 9999, "DeepThing")])
def test_evidence_must_quote_the_text(evidence: Span) -> None:
    with pytest.raises(ValueError, match="is not at"):
        assemble(with_result(evidence=evidence))


def test_sized_models_are_variants_of_their_family() -> None:
    paper = Paper(title="T", abstract="Llama 2 and Llama 2 70B and GPT-4o and GPT-4", given_id="x")
    entities = tuple(
        Entity(
            name=name,
            label=NodeKind.MODEL,
            role=Role.USED,
            forms=(name,),
            mentions=(span(paper.text, name),),
            confidence=0.5,
            rule="t",
        )
        for name in ("Llama 2", "Llama 2 70B", "GPT-4o", "GPT-4")
    )
    folded = assemble(ExtractionRecord(paper=paper, extractor="t/1", entities=entities))
    assert [(e.head, e.tail) for e in folded.relationships if e.type is RelationKind.VARIANT_OF] == [
        ("system:llama2-70b", "system:llama2")
    ]


def test_an_unnamed_model_has_no_node() -> None:
    (result,) = assemble(with_result(subject="@model")).results
    assert (result.subject, result.role) == (None, "introduced")
    assert isinstance(RESULT, Result)
