"""The demo's sample holds together, and the extractor finds an answer to each of its questions."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest

from extractors import build_nlp, extract_all
from extractors.readers import read_papers
from graph.answers.compare import beats, compare
from graph.answers.leaderboard import leaderboard
from graph.assemble import assemble
from graph.sqlite import open_sqlite
from graph.store import Store
from schema.identity import paper_id
from schema.nodes import ClaimNode, PaperNode, ResultNode
from schema.records import Paper

SAMPLE = files("sotagraph.sample")
ROWS: list[dict[str, Any]] = [json.loads(line) for line in SAMPLE.joinpath("papers.jsonl").read_text("utf-8").splitlines()]
QUESTIONS: list[dict[str, Any]] = json.loads(SAMPLE.joinpath("questions.json").read_text("utf-8"))
FIELDS: Mapping[str, type] = {"id": str, "title": str, "abstract": str, "year": int, "url": str, "authors": list}

Found = tuple[ResultNode | ClaimNode, PaperNode]


def read_sample() -> list[Paper]:
    stream = BytesIO(SAMPLE.joinpath("papers.jsonl").read_bytes())
    return [paper for paper in read_papers(stream, name="papers.jsonl") if isinstance(paper, Paper)]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = open_sqlite(":memory:")
    store.write([assemble(record) for record in extract_all(build_nlp(), read_sample())])
    yield store
    store.close()


def test_every_line_is_a_paper_of_its_own() -> None:
    papers = read_sample()

    assert len(papers) == len(ROWS) >= 30
    assert len({paper_id(paper) for paper in papers}) == len(papers)
    assert len({paper.title.casefold() for paper in papers}) == len(papers)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_paper_has_its_fields(row: dict[str, Any]) -> None:
    assert {field: type(row.get(field)) for field in FIELDS} == dict(FIELDS)
    assert row["authors"]
    assert re.fullmatch(r"\d{4}\.\d{4,5}", row["id"])
    assert row["url"] == f"https://arxiv.org/abs/{row['id']}"
    # An arXiv id begins with the year and month of the listing, which is that of the submission or the next.
    assert row["id"][:2] == str(row["year"])[2:]
    if date := row.get("date"):
        assert date[:4] == str(row["year"])
        assert int(row["id"][2:4]) - int(date[5:7]) in (0, 1)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_an_abstract_is_several_sentences_on_one_line(row: dict[str, Any]) -> None:
    abstract = row["abstract"]

    assert len(abstract) >= 300
    assert 4 <= len(re.findall(r"[.!?](?= [A-Z]|$)", abstract)) <= 7
    assert abstract == " ".join(abstract.split())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: " ".join(question["command"]))
def test_a_question_has_an_answer_quoted_from_the_sample(store: Store, question: dict[str, Any]) -> None:
    found = answer(store, question["command"])

    assert question["question"].endswith("?")
    assert found
    for fact, paper in found:
        assert fact.quote
        assert f"{paper.title}\n{paper.abstract}"[fact.start : fact.end] == fact.quote


def test_there_are_three_questions_of_three_kinds() -> None:
    assert sorted(question["command"][0] for question in QUESTIONS) == ["beats", "compare", "leaderboard"]


def test_the_gsm8k_board_is_true(store: Store) -> None:
    rows = [row for group in leaderboard(store, "GSM8K").groups for row in group.rows]
    scores = {(row.system.name, row.result.value) for row in rows if row.system}

    assert {("GPT-4", 92.0), ("PAL", 72.0)} <= scores
    assert len(scores) >= 4
    assert {value for _, value in scores} <= {92.0, 78.5, 74.4, 72.0, 56.9, 56.8, 17.9}


def test_codex_beats_gpt_3_on_humaneval_and_gpt_4_tops_codex(store: Store) -> None:
    (claimed,) = beats(store, "Codex", "GPT-3", on="HumanEval").benchmarks
    across = {item.dataset.name: item for item in compare(store, "GPT-4", "Codex").benchmarks if item.dataset}

    assert claimed.verdict in ("claimed", "both")
    assert across["HumanEval"].verdict == "computed"
    assert across["HumanEval"].winner is not None
    assert across["HumanEval"].winner.name == "GPT-4"
    assert across["HumanEval"].margin == pytest.approx(67.0 - 28.8)


def answer(store: Store, command: list[str]) -> list[Found]:
    """Return the facts that the command's answer rests on, each with its paper."""
    match command:
        case ["leaderboard", dataset]:
            groups = leaderboard(store, dataset).groups
            return [(row.result, row.paper) for group in groups for row in group.rows]
        case ["beats", winner, loser, "--on", dataset]:
            comparison = beats(store, winner, loser, on=dataset)
        case ["compare", a, b]:
            comparison = compare(store, a, b)
        case _:
            raise AssertionError(f"the demo has no such command: {command}")
    return [(evidence.node, evidence.paper) for item in comparison.benchmarks for evidence in item.evidence]
