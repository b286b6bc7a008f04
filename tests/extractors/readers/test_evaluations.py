"""Evaluation tables and evaluation records: what is a score, what stays text, and where each comes from."""

import io
import json
from typing import Any

import pytest

from extractors.readers import read_papers
from graph.answers.leaderboard import leaderboard
from graph.assemble import assemble
from graph.sqlite import open_sqlite
from schema.records import ExtractionRecord

TABLES = [
    {
        "task": "Image Classification",
        "datasets": [
            {
                "dataset": "ImageNet",
                "sota": {
                    "metrics": ["Top 1 Accuracy"],
                    "rows": [
                        {
                            "model_name": "NetOne",
                            "paper_title": "One Net",
                            "paper_url": "https://arxiv.org/abs/2001.00001",
                            "paper_date": "2020-01-02",
                            "metrics": {"Top 1 Accuracy": "76.1%", "Number of params": "24M"},
                        },
                        {"model_name": "NetTwo", "metrics": {"Top 1 Accuracy": "93.0/90.7"}, "uses_additional_data": True},
                        {"metrics": {"Top 1 Accuracy": "1"}},
                    ],
                },
            }
        ],
        "subtasks": [
            {
                "task": "Small",
                "datasets": [{"dataset": "CIFAR-10", "sota": {"rows": [{"model_name": "NetOne", "metrics": {"Error": "-"}}]}}],
            }
        ],
    }
]
EVAL = {
    "evaluation_id": "board/acme_Big/1740000000",
    "retrieved_timestamp": "1740000000",
    "source_metadata": {"source_name": "A Board", "evaluator_relationship": "third_party"},
    "model_info": {"name": "acme/Big", "id": "acme/Big"},
    "evaluation_results": [
        {"evaluation_name": "IFEval", "metric_config": {"metric_name": "accuracy"}, "score_details": {"score": 0.7354}},
        {
            "evaluation_name": "GSM8K",
            "score_details": {"score": 91.2},
            "generation_config": {"additional_details": {"n_shot": "5"}},
        },
        {"evaluation_name": "MATH", "score_details": {"score": None}},
    ],
}


def read(data: Any) -> list[Any]:
    return list(read_papers(io.BytesIO(json.dumps(data).encode()), name="file"))


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("76.1%", 76.1, "%"),
        ("76.1", 76.1, None),
        ("76.1 %", 76.1, "%"),
        ("-3", -3.0, None),
        (0.5, 0.5, None),
        ("93.0/90.7", None, None),
        ("17.1(16.1 …)", None, None),
        ("24M", None, None),
        ("-", None, None),
        ("~80", None, None),
        ("1,024", None, None),
        ("80.1±0.2", None, None),
        ("1e3", None, None),
    ],
)
def test_a_cell_is_a_score_only_if_it_is_one_plain_number(cell: object, value: float | None, unit: str | None) -> None:
    row = {"model_name": "Net", "metrics": {"accuracy": cell}}
    (record,) = read([{"task": "t", "datasets": [{"dataset": "D", "sota": {"rows": [row]}}]}])
    assert [(result.value, result.unit, result.raw) for result in record.results] == (
        [] if value is None else [(value, unit, str(cell))]
    )
    assert f"Net | D | accuracy | {cell}" in record.paper.abstract, "kept as it is"


def test_tables_keep_their_provenance() -> None:
    records = [item for item in read(TABLES) if isinstance(item, ExtractionRecord)]
    skipped = [item for item in read(TABLES) if not isinstance(item, ExtractionRecord)]
    assert [item.reason for item in skipped] == ["no_scores"]
    first, second, third = records
    assert (first.paper.source, first.paper.url, first.paper.date) == (
        "papers-with-code",
        "https://arxiv.org/abs/2001.00001",
        "2020-01-02",
    )
    assert first.results[0].evidence.text == "NetOne | ImageNet | Top 1 Accuracy | 76.1%"
    assert [len(record.results) for record in records] == [1, 0, 0]
    assert "93.0/90.7 | extra training data" in second.paper.abstract
    assert "CIFAR-10 | Error | -" in third.paper.abstract


def test_imported_scores_stand_on_the_leaderboard_and_quote_their_cell() -> None:
    store = open_sqlite(":memory:")
    store.write([assemble(record) for record in [*read(TABLES), *read(EVAL)] if isinstance(record, ExtractionRecord)])
    (group,) = leaderboard(store, "ImageNet").groups
    (row,) = group.rows
    assert (row.rank, row.result.value, row.result.quote) == (1, 76.1, "NetOne | ImageNet | Top 1 Accuracy | 76.1%")
    (row,) = leaderboard(store, "IFEval").groups[0].rows
    assert (row.result.raw, row.result.canonical, row.result.scaled) == ("0.7354", 73.54, "fraction times 100")
    (row,) = leaderboard(store, "GSM8K").groups[0].rows
    assert (row.result.setting, row.paper.date, row.result.role) == ("5-shot", "2025-02-19", "baseline")


def test_records_come_in_lists_and_lines_too() -> None:
    lines = "\n".join(json.dumps({**EVAL, "evaluation_id": str(number)}) for number in range(3))
    found = list(read_papers(io.BytesIO(lines.encode()), name="file"))
    assert [record.paper.given_id for record in found if isinstance(record, ExtractionRecord)] == ["0", "1", "2"]
    assert len(read([EVAL, EVAL])) == 2


@pytest.mark.parametrize("data", [[{"sota": {}}], [{"datasets": [{"sota": {}}]}], {"evaluation_results": [], "model_info": 3}])
def test_what_is_no_row_is_skipped_or_gives_nothing(data: Any) -> None:
    assert not [item for item in read(data) if isinstance(item, ExtractionRecord)]
