"""Corrections on the command line: made, listed, taken back, exported and imported."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schema.record_json import record_to_json
from tests.factories import record

Run = Callable[..., Any]


@pytest.fixture
def records(tmp_path: Path) -> str:
    other = record(
        "WideThing",
        "WideThing beats GPT4-x on MATH: accuracy 61.0% and 46.3%.",
        given_id="b",
        winner="WideThing",
        loser="GPT4-x",
        scores=(61.0, 46.3),
    )
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(json.dumps(record_to_json(item)) for item in (record(given_id="a"), other)), "utf-8")
    return str(path)


def test_a_claim_is_rejected_and_the_verdict_follows(sotagraph: Run, records: str) -> None:
    sotagraph("ingest", records)
    before = sotagraph("export", "--to", "jsonl").out
    facts = json.loads(sotagraph("review", "list", "local:a", "--json").out)
    claim = next(fact["id"] for fact in facts if fact["id"].startswith("claim:"))
    done = sotagraph("review", "reject", claim, "--reason", "a joke", "--who", "ada")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("reject the claim of local:a (dataset MATH, loser GPT-4, polarity better, winner DeepThing). ")
    verdicts = json.loads(sotagraph("beats", "DeepThing", "GPT-4", "--json").out)["benchmarks"]
    assert [item["verdict"] for item in verdicts] == ["computed"]
    (listed,) = json.loads(sotagraph("decisions", "--json").out)
    assert (listed["who"], listed["reason"], listed["state"]) == ("ada", "a joke", "in effect")
    assert sotagraph("undo").code == 0
    assert sotagraph("export", "--to", "jsonl").out == before
    assert [item["state"] for item in json.loads(sotagraph("decisions", "--json").out)] == ["undone", "in effect"]
    nothing = sotagraph("undo")
    assert (nothing.code, nothing.err) == (1, "sotagraph: No decision is in effect, so there is nothing to undo.\n")
    assert sotagraph("check").code == 0


def test_decisions_move_to_another_store(sotagraph: Run, records: str, tmp_path: Path) -> None:
    sotagraph("ingest", records)
    result = next(f for f in json.loads(sotagraph("review", "list", "a", "--json").out) if f["id"].startswith("result:"))
    for command in (
        ("merge", "GPT4-x", "GPT-4", "--reason", "one model"),
        ("rename", "DeepThing", "DeepThing 1"),
        ("alias", "GPT-4", "Geppetto"),
        ("direction", "accuracy", "lower"),
        ("split", "MATH", "--paper", "local:b", "--name", "MATH-500"),
        ("review", "edit", result["id"], "--set", "value=47", "--set", "setting=5-shot"),
    ):
        done = sotagraph(*command)
        assert (done.code, done.err) == (0, ""), command
    assert json.loads(sotagraph("compare", "Geppetto", "WideThing", "--json").out)["a"] == "GPT-4"
    told = sotagraph("merges", "GPT4-x").out
    assert "system:gpt4x is system:gpt4: local, one model" in told
    path, other = str(tmp_path / "decisions.jsonl"), f"sqlite:///{tmp_path / 'other.db'}"
    assert sotagraph("decisions", "--export", path).code == 0
    assert sotagraph("decisions", "--import", path, "--store", other).err == "6 decisions are new.\n"
    assert "waits: merge system:gpt4x and system:gpt4 (one model)" in sotagraph("decisions", "--store", other).out
    sotagraph("ingest", records, "--store", other)
    assert sotagraph("export", "--to", "jsonl", "--store", other).out == sotagraph("export", "--to", "jsonl").out
    assert sotagraph("decisions", "--import", path, "--store", other).err == "0 decisions are new.\n"
    assert {d["state"] for d in json.loads(sotagraph("decisions", "--json", "--store", other).out)} == {"in effect"}
    assert sotagraph("split", "GPT4-x", "GPT-4", "--store", other).code == 0
    assert sotagraph("merges", "GPT-4", "--store", other).out == "Nothing is merged.\n"


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (("merge", "GPT-4", "Nobody"), 1, "No entity called 'Nobody' is in the graph."),
        (("merge", "GPT-4", "GPT-4"), 2, "are one name of one entity"),
        (("merge", "GPT-4", "MATH"), 2, "are not two entities of one family"),
        (("review", "reject", "claim:none"), 1, "No claim or result called 'claim:none' is in the graph."),
        (("split", "GPT-4"), 2, "give either B, or --paper and --name"),
        (("rename", "GPT-4", "--", "-"), 2, "it has no letter or digit to go by"),
        (("direction", "accuracy", "sideways"), 2, "direction is one of higher, lower, unknown"),
        (("undo", "decision:none"), 1, "No decision has the id 'decision:none'"),
    ],
)
def test_what_can_not_be_decided_is_told(sotagraph: Run, records: str, command: tuple[str, ...], code: int, told: str) -> None:
    sotagraph("ingest", records)
    done = sotagraph(*command)
    assert (done.code, done.out) == (code, "")
    assert told in " ".join(done.err.replace("│", " ").split())
    assert sotagraph("decisions", "--json").out == "[]\n"


def test_a_bad_file_of_decisions_is_told_and_changes_nothing(sotagraph: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"who": "ada", "at": "2024", "kind": "alias", "target": {"entity": "system:x"}, "values": {}}\n', "utf-8")
    done = sotagraph("decisions", "--import", str(path))
    assert (done.code, done.err) == (1, f"sotagraph: {path}, line 1: alias needs a value for alias. Nothing was decided.\n")


def test_diff_tells_what_reading_again_would_change(sotagraph: Run, records: str, tmp_path: Path) -> None:
    sotagraph("ingest", records)
    same = sotagraph("diff", records)
    assert (same.code, same.out) == (0, "2 papers: 0 changed, 0 added, 0 removed, 0 altered\n")
    changed = tmp_path / "changed.jsonl"
    newer = record_to_json(record(given_id="a", scores=(46.3,)))
    newer["claims"][0]["hedge"] = "up to"
    changed.write_text(json.dumps(newer) + "\n" + json.dumps(record_to_json(record("New", given_id="n"))), "utf-8")
    told = sotagraph("diff", str(changed)).out.splitlines()
    assert told[:4] == [
        "DeepThing: Proving by Depth (local:a)",
        "  - score: subject GPT-4, dataset MATH, metric accuracy, value 23.0, unit %",
        "  ~ claim: winner DeepThing, loser GPT-4, dataset MATH, polarity better: hedge none → up to",
        "New (local:n), new",
    ]
    assert told[-1] == "2 papers: 2 changed, 7 added, 1 removed, 1 altered"
    total = json.loads(sotagraph("diff", str(changed), "--json").out)["total"]
    assert total == {"changed": 2, "added": 7, "removed": 1, "altered": 1}
    assert json.loads(sotagraph("stats", "--json").out)["papers"] == 2, "nothing was written"
    again = json.loads(sotagraph("diff", "--json").out)
    assert {each["paper"] for each in again["papers"]} == {"local:a", "local:b"}, "today's extractor reads otherwise"
