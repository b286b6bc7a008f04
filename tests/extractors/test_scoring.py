"""Small annotations by hand: which spans, which pairs of entities, which facts count."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from extractors.readers import UnreadableInput
from extractors.scoring import Annotation, Gold, Row, annotation_of, ceilings, compare, read_gold
from extractors.scoring.annotation import Bond, Named, Score, Win, folded
from schema.kinds import NodeKind, Role
from schema.records import Aspect, Claim, Entity, ExtractionRecord, Paper, Polarity, Result, Span

METHOD, MODEL, DATASET, METRIC, TASK = (
    NodeKind.METHOD,
    NodeKind.MODEL,
    NodeKind.DATASET,
    NodeKind.METRIC,
    NodeKind.TASK,
)
PAPER = Paper(title="Title", abstract="Abstract.")


def named(name: str, label: NodeKind, *forms: str, role: Role = Role.USED, at: tuple[int, int] | None = None) -> Named:
    spans = frozenset([at] if at else [])
    return Named(name=name, label=label, role=role, spellings=folded((name, *forms)), spans=spans)


def counts(gold: Annotation, predicted: Annotation) -> dict[str, tuple[int, int, int]]:
    """Return (right, gold, predicted) of each figure."""
    table, _ = compare([(Gold("a", PAPER, gold), predicted)])
    return {name: (round(row.recall * row.gold), row.gold, row.predicted) for name, row in table.items()}


ENTITIES = [
    ("same form", [named("long short-term memory", METHOD, "LSTM")], [named("LSTM", METHOD)], (1, 1, 1), (1, 1, 1)),
    ("case and hyphens", [named("Best-of-N", METHOD)], [named("best of  n", METHOD)], (1, 1, 1), (1, 1, 1)),
    ("method for model", [named("GPT-4", MODEL)], [named("GPT-4", METHOD)], (0, 1, 1), (1, 1, 1)),
    ("dataset for task", [named("MATH", DATASET)], [named("MATH", TASK)], (0, 1, 1), (0, 1, 1)),
    ("one gold is taken once", [named("A", METHOD, "B")], [named("A", METHOD), named("B", METHOD)], (1, 1, 2), (1, 1, 2)),
    ("nothing predicted", [named("A", METHOD)], [], (0, 1, 0), (0, 1, 0)),
    ("nothing annotated", [], [named("A", METHOD)], (0, 0, 1), (0, 0, 1)),
    # The first of two twins takes the gold; the second finds the next one, not the same again.
    (
        "two twins",
        [named("A", METHOD, "x"), named("B", METHOD, "x")],
        [named("x", METHOD), named("X.", METHOD, "x")],
        (2, 2, 2),
        (2, 2, 2),
    ),
]


@pytest.mark.parametrize(("gold", "predicted", "strict", "loose"), [row[1:] for row in ENTITIES], ids=[r[0] for r in ENTITIES])
def test_entities_are_the_same_by_label_and_any_spelling(
    gold: list[Named], predicted: list[Named], strict: tuple[int, int, int], loose: tuple[int, int, int]
) -> None:
    got = counts(Annotation(entities=tuple(gold)), Annotation(entities=tuple(predicted)))
    assert (got["entities"], got["entities_loose"]) == (strict, loose)


def test_mentions_need_the_exact_span_and_label() -> None:
    gold = Annotation(entities=(named("A", METHOD, at=(0, 3)), named("B", DATASET, at=(5, 8)), named("C", TASK, at=(9, 12))))
    predicted = Annotation(
        entities=(named("A", METHOD, at=(0, 3)), named("B", DATASET, at=(5, 7)), named("C", MODEL, at=(9, 12)))
    )
    got = counts(gold, predicted)
    assert got["mentions"] == (1, 3, 3)
    assert {label: got[f"mentions.{label}"] for label in ("METHOD", "MODEL", "DATASET", "METRIC", "TASK")} == {
        "METHOD": (1, 1, 1),
        "MODEL": (0, 0, 1),
        "DATASET": (0, 1, 1),
        "METRIC": (0, 0, 0),
        "TASK": (0, 1, 0),
    }


def test_introduced_counts_the_role_on_both_sides() -> None:
    gold = Annotation(entities=(named("A", METHOD, role=Role.INTRODUCED), named("B", METHOD)))
    predicted = Annotation(entities=(named("A", MODEL, role=Role.INTRODUCED), named("B", METHOD, role=Role.INTRODUCED)))
    assert counts(gold, predicted)["introduced"] == (1, 1, 2)


NAMES = (named("Alpha", METHOD, "Al"), named("Beta", MODEL), named("D", DATASET), named("accuracy", METRIC))
FACTS = [
    ("another spelling", "results", Score("Al", "D", None, 80.0), Score("Alpha", "D", None, 80.0), 1),
    ("another value", "results", Score("Al", "D", None, 80.1), Score("Alpha", "D", None, 80.2), 0),
    ("metric does not matter", "results", Score("Al", "D", "accuracy", 80.0), Score("Alpha", "D", None, 80.0), 1),
    ("metric matters in full", "results_full", Score("Al", "D", "accuracy", 80.0), Score("Alpha", "D", None, 80.0), 0),
    ("dataset missing", "results", Score("Al", None, None, 80.0), Score("Alpha", "D", None, 80.0), 0),
    ("unnamed subject", "results", Score("@model", "D", None, 80.0), Score("@model", "D", None, 80.0), 1),
    ("a name must be an entity", "results", Score("Alpha", "D", None, 80.0), Score("Alpha", "D", None, 80.0), 0),
    ("win", "outperforms", Win("Al", "Beta", None, None), Win("Alpha", "Beta", "D", None), 1),
    ("win without its dataset", "outperforms_full", Win("Al", "Beta", None, None), Win("Alpha", "Beta", "D", None), 0),
    ("win on its dataset", "outperforms_full", Win("Al", "Beta", "D", None), Win("Alpha", "Beta", "D", "accuracy"), 1),
    ("wrong way round", "outperforms", Win("Beta", "Al", None, None), Win("Alpha", "Beta", None, None), 0),
    ("win over a class", "outperforms", Win("Al", "@sota", None, None), Win("Alpha", "@sota", None, None), 1),
    ("win over another class", "outperforms", Win("Al", "@sota", None, None), Win("Alpha", "@baseline", None, None), 0),
    ("link", "links", Bond("Al", "EVALUATED_ON", "D"), Bond("Alpha", "EVALUATED_ON", "D"), 1),
    ("link of another type", "links", Bond("Al", "TRAINED_ON", "D"), Bond("Alpha", "EVALUATED_ON", "D"), 0),
]


@pytest.mark.parametrize(("figure", "predicted", "gold", "right"), [row[1:] for row in FACTS], ids=[row[0] for row in FACTS])
def test_a_fact_is_right_in_all_its_slots(figure: str, predicted: Any, gold: Any, right: int) -> None:
    kept = figure.removesuffix("_full")
    spelled = (named("Al", METHOD), *NAMES[1:])
    got = counts(Annotation(entities=NAMES, **{kept: (gold,)}), Annotation(entities=spelled, **{kept: (predicted,)}))
    assert got[figure] == (right, 1, 1)


def test_a_fact_that_is_repeated_counts_once_and_an_entity_each_time() -> None:
    twice = Annotation(
        entities=(named("A", METHOD), named("A", METHOD), named("D", DATASET)),
        outperforms=(Win("A", "@sota", "D", None), Win("A", "@sota", None, None)),
    )
    got = counts(twice, twice)
    assert (got["entities"], got["outperforms"], got["outperforms_full"]) == ((3, 3, 3), (1, 1, 1), (2, 2, 2))


def test_a_row_holds_rounded_shares_of_the_sums() -> None:
    pairs = [
        (Gold("a", PAPER, Annotation(entities=(named("A", TASK), named("B", TASK)))), Annotation(entities=(named("A", TASK),))),
        (Gold("b", PAPER, Annotation(entities=(named("C", TASK),))), Annotation(entities=(named("X", TASK),))),
    ]
    table, mistakes = compare(pairs)
    assert table["entities"] == Row(precision=0.5, recall=0.3333, f1=0.4, gold=3, predicted=2)
    assert table["results"] == Row(0.0, 0.0, 0.0, 0, 0)
    assert [(m.kind, m.paper, m.item) for m in mistakes if m.figure == "entities"] == [
        ("missed", "a", ("B", "TASK")),
        ("missed", "b", ("C", "TASK")),
        ("spurious", "b", ("?X", "TASK")),
    ]


def line(**changes: Any) -> str:
    entity = {"name": "NTM", "label": "METHOD", "forms": ["NTM"], "role": "introduced"}
    return json.dumps({"id": "a", "title": "NTM", "abstract": "We try NTM.", "entities": [entity], **changes})


SPANS = [
    ("every occurrence", "A", "Use B and B.", [("B", ["B"])], {(6, 7), (12, 13)}),
    ("whole words", "A", "Bs, aB, B2 and B-2", [("B", ["B"])], {(17, 18)}),
    ("case matters", "MATH", "math", [("MATH", ["MATH"])], {(0, 4)}),
    ("the longer form first", "A", "GPT-4 Turbo", [("GPT-4", ["GPT-4"]), ("Turbo", ["GPT-4 Turbo"])], {(2, 13)}),
    ("signs are no patterns", "A", "C++ Cxx (C.)", [("C++", ["C++"]), ("C", ["(C.)", "C.."])], {(2, 5), (10, 14)}),
]


@pytest.mark.parametrize(("title", "abstract", "entities", "spans"), [row[1:] for row in SPANS], ids=[r[0] for r in SPANS])
def test_gold_spans(title: str, abstract: str, entities: list[tuple[str, list[str]]], spans: set[tuple[int, int]]) -> None:
    drafts = [{"name": name, "label": "MODEL", "forms": forms, "role": "used"} for name, forms in entities]
    (gold,) = read_gold([line(title=title, abstract=abstract, entities=drafts)], "gold.jsonl")
    assert {(start, end) for start, end, _ in gold.mentions()} == spans


@pytest.mark.parametrize(
    ("sentences", "starts"),
    [(None, [0, 2, 9, 16]), ([0], [0]), ([1], [2]), ([2, 3], [9, 16]), ([], []), ([9], [])],
)
def test_gold_sentences_restrict_a_form(sentences: list[int] | None, starts: list[int]) -> None:
    entity = {"name": "B", "label": "TASK", "forms": ["B"], "role": "used", "sentences": sentences}
    (gold,) = read_gold([line(title="B", abstract='B one. B is? "B" ends', entities=[entity])], "gold.jsonl")
    assert [start for start, _, _ in gold.mentions()] == starts


BAD = [
    ("not JSON", '{"id": \n', "not valid JSON at column 7: Expecting value"),
    ("no object", "[]", "the line is [], not a JSON object"),
    ("no title", json.dumps({"id": "a", "abstract": "", "entities": []}), "the line has no 'title', which must be a string"),
    ("id is a number", line(id=7), "'id' of the line is 7, but must be a string"),
    ("no entities", json.dumps({"id": "a", "title": "", "abstract": ""}), "the line has no 'entities'"),
    (
        "label",
        line(entities=[{"name": "x", "label": "TOOL", "forms": ["x"], "role": "used"}]),
        "'label' of entities[0] is 'TOOL'",
    ),
    (
        "role",
        line(entities=[{"name": "x", "label": "TASK", "forms": ["x"], "role": "new"}]),
        "one of introduced, used, mentioned",
    ),
    ("forms", line(entities=[{"name": "x", "label": "TASK", "forms": [""], "role": "used"}]), "a list of non-empty strings"),
    ("value", line(results=[{"subject": "x", "dataset": None, "metric": None, "value": "80"}]), "a number or null"),
    ("subject", line(results=[{"subject": 3, "value": 1}]), "'subject' of results[0] is 3"),
    (
        "link",
        line(links=[{"head": "x", "type": "LIKES", "tail": "y"}]),
        "'type' of links[0] is 'LIKES', but must be one of BASED_ON",
    ),
    ("results", line(results={}), "'results' of the line is {}, but must be a list of objects"),
    ("id twice", line(), "the id 'a' stands on line 1 too"),
]


@pytest.mark.parametrize(("text", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_bad_line_is_told_by_number(text: str, says: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_gold([line(), "", text], "gold.jsonl")
    assert str(caught.value).startswith("gold.jsonl, line 3: ")
    assert says in str(caught.value)


def test_a_file_without_abstracts_is_no_gold() -> None:
    with pytest.raises(UnreadableInput, match="holds no annotated abstract"):
        read_gold(["", "\n"], "gold.jsonl")


def test_ceilings_count_what_the_abstract_spells_out() -> None:
    entities = [
        {"name": "NTM", "label": "METHOD", "forms": ["NTM"], "role": "introduced"},
        {"name": "Copy", "label": "DATASET", "forms": ["Copy"], "role": "used"},
        {"name": "elsewhere", "label": "METRIC", "forms": ["not in the text"], "role": "used"},
    ]
    results = [
        {"subject": "NTM", "dataset": "Copy", "metric": "elsewhere", "value": 1080.5},
        {"subject": "@model", "dataset": None, "metric": None, "value": 7},
        {"subject": "@model", "dataset": None, "metric": None, "value": 7},
    ]
    wins = [{"winner": "NTM", "loser": "@sota", "dataset": "Copy"}]
    text = line(abstract="NTM has 1,080.5 on Copy.", entities=entities, results=results, outperforms=wins)
    found = ceilings(read_gold([text], "gold.jsonl"))
    assert {slot: (c.stated, c.gold, c.recall) for slot, c in found.items()} == {
        "results.subject": (1, 2, 0.5),
        "results.dataset": (1, 2, 0.5),
        "results.metric": (0, 2, 0.0),
        "results.value": (1, 2, 0.5),
        "results.all": (0, 2, 0.0),
        "outperforms.winner": (1, 1, 1.0),
        "outperforms.loser": (0, 1, 0.0),
        "outperforms.dataset": (1, 1, 1.0),
        "outperforms.metric": (0, 1, 0.0),
        "outperforms.all": (0, 1, 0.0),
    }


def test_a_record_is_counted_by_its_spellings_and_its_wins() -> None:
    span = Span(0, 3, "NTM")
    claim = Claim(
        winner="n", loser="@human", dataset=None, metric=None, polarity=Polarity.BETTER, evidence=span, confidence=1, rule=""
    )
    cheap = Claim(
        winner="n", loser="m", dataset=None, metric=None, polarity=Polarity.BETTER, evidence=span, confidence=1, rule="",
        aspect=Aspect.EFFICIENCY,
    )  # fmt: skip
    record = ExtractionRecord(
        paper=PAPER,
        extractor="test/1",
        entities=(Entity(name="n", label=METHOD, role=Role.USED, forms=("ntm",), mentions=(span,), confidence=1, rule=""),),
        results=(
            Result(
                subject="n", dataset=None, metric=None, value=1.23456, raw="", unit=None, evidence=span, confidence=1, rule=""
            ),
        ),
        claims=(claim, cheap),
    )
    assert asdict(annotation_of(record)) == {
        "entities": (
            {
                "name": "n",
                "label": METHOD,
                "role": Role.USED,
                "spellings": frozenset({"n", "ntm"}),
                "spans": frozenset({(0, 3)}),
            },
        ),
        "results": ({"subject": "n", "dataset": None, "metric": None, "value": 1.2346},),
        "outperforms": ({"winner": "n", "loser": "@baseline", "dataset": None, "metric": None},),
        "links": (),
    }
