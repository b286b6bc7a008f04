"""The extractor against annotated abstracts, and our figures against those of the shared scoring script."""

import importlib.util
import json
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

from extractors import build_nlp, extract, extract_with
from extractors.readers import UnreadableInput
from schema.kinds import NodeKind
from schema.record_json import record_to_json
from schema.records import Paper
from sotagraph.evaluate import evaluate

SMALL = {
    "id": "a",
    "title": "Zeta: a small network",
    "abstract": "Zeta wins.",
    "entities": [{"name": "Zeta", "label": "METHOD", "forms": ["Zeta"], "role": "introduced"}],
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(SMALL) + "\n", encoding="utf-8")
    return path


def test_given_mentions_are_all_found(small: Path) -> None:
    done = evaluate(small, mentions="patterns", gold_mentions=True)
    row = done.table["mentions"]
    assert (done.abstracts, row.precision, row.recall, row.gold) == (1, 1.0, 1.0, 2)


def test_mistakes_are_told_up_to_a_number_of_each_kind(tmp_path: Path) -> None:
    absent = {"label": "TASK", "role": "used"}
    entities = [{"name": f"quite plain word {k}", "forms": ["never there"], **absent} for k in "abc"]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({**SMALL, "entities": entities}), encoding="utf-8")
    done = evaluate(path, mentions="patterns")
    told = [m.item for m in done.first_mistakes(2) if (m.figure, m.kind) == ("entities", "missed")]
    assert told == [("quite plain word a", "TASK"), ("quite plain word b", "TASK")]
    assert not list(done.first_mistakes(0))


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"\n{}\n", "gold.jsonl, line 2: the line has no 'title'"), (b"\xff\xfe", "can't be read as UTF-8"), (b"", "holds no")],
)
def test_bad_gold_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=says):
        evaluate(path, mentions="patterns")


@pytest.mark.parametrize("gold_mentions", [False, True])
def test_every_figure_is_that_of_the_scoring_script(shared_data: Path, tmp_path: Path, gold_mentions: bool) -> None:
    script = _load(shared_data.parent / "eval" / "score.py")
    path = tmp_path / "gold.jsonl"
    with (shared_data.parent / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        path.write_text("".join(islice(lines, 25)), encoding="utf-8")
    gold = script.load(path)

    nlp = build_nlp(mentions="patterns")
    predicted = {}
    for key, doc in gold.items():
        paper = Paper(title=doc["title"], abstract=doc["abstract"], given_id=key)
        spans = [(start, end, NodeKind[label]) for start, end, label in script.gold_mentions(doc, paper.text)]
        record = extract_with(nlp, paper, spans) if gold_mentions else extract(nlp, paper)
        predicted[key] = json.loads(json.dumps(record_to_json(record)))
    expected, _ = script.score(gold, predicted)

    done = evaluate(path, mentions="patterns", gold_mentions=gold_mentions)
    assert done.abstracts == 25
    assert [*done.table] == [*expected]
    assert {name: asdict(row) for name, row in done.table.items()} == expected
    assert expected["mentions"]["f1"] > 0.2, "an extractor that finds nothing would prove nothing"


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
