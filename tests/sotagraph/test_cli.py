"""The command line as a person or a script meets it: what is printed where, and with which exit code."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.record import EXTRACTOR
from schema.record_json import record_to_json
from sotagraph import __version__
from tests.factories import record

Run = Callable[..., Any]
TITLE = "DeepThing: Proving by Depth"
PAPERS = [
    {
        "id": "a",
        "title": TITLE,
        "abstract": "We introduce DeepThing, a model for theorem proving. DeepThing reaches 46.3% on MATH, outperforming GPT-4 at 23.0%.",
        "year": 2023,
    },
    {
        "id": "b",
        "title": "WideThing",
        "abstract": "We introduce WideThing, a language model. WideThing achieves 61.0% accuracy on GSM8K.",
        "year": 2024,
    },
]


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(map(json.dumps, PAPERS)), "utf-8")
    return str(path)


@pytest.fixture
def records(tmp_path: Path) -> str:
    """A file of records, so that what is asked does not hang on what the extractor reads."""
    path = tmp_path / "records.jsonl"
    lines = [
        record_to_json(record(given_id="a", year=2023)),
        record_to_json(
            record(
                "WideThing",
                "WideThing beats DeepThing on MATH: accuracy 61.0% and 46.3%.",
                given_id="b",
                winner="WideThing",
                loser="DeepThing",
                scores=(61.0, 46.3),
                year=2024,
            )
        ),
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return str(path)


def test_papers_are_loaded_once(sotagraph: Run, page: str) -> None:
    first, second = sotagraph("ingest", page, "--json"), sotagraph("ingest", page, "--json")
    assert json.loads(first.out) == {"read": 2, "written": 2, "unchanged": 0, "dropped": {}}
    assert json.loads(second.out) == {"read": 2, "written": 0, "unchanged": 2, "dropped": {}}
    assert (first.code, first.err) == (0, "")
    assert json.loads(sotagraph("stats", "--json").out)["papers"] == 2


def test_extract_prints_a_line_a_paper_that_ingest_reads(sotagraph: Run, page: str, tmp_path: Path) -> None:
    done = sotagraph("extract", page)
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [(line["id"], line["title"], line["abstract"]) for line in lines] == [
        (p["id"], p["title"], p["abstract"]) for p in PAPERS
    ]
    for line in lines:
        text = line["title"] + "\n" + line["abstract"]
        spans = [mention for entity in line["entities"] for mention in entity["mentions"]]
        spans += [fact["evidence"] for kind in ("results", "claims", "outperforms", "links") for fact in line[kind]]
        assert spans
        assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    sotagraph("ingest", page)
    direct = sotagraph("export", "--to", "jsonl").out
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert sotagraph("ingest", "-", "--store", other, stdin=done.out.encode()).code == 0
    assert sotagraph("--store", other, "export", "--to", "jsonl").out == direct


def test_several_processes_give_the_same_graph(sotagraph: Run, page: str, tmp_path: Path) -> None:
    sotagraph("ingest", page)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert sotagraph("ingest", page, "--workers", "2", "--store", other).code == 0
    assert sotagraph("export", "--to", "jsonl", "--store", other).out == sotagraph("export", "--to", "jsonl").out


def test_leaderboard(sotagraph: Run, records: str) -> None:
    sotagraph("ingest", records)
    board = json.loads(sotagraph("leaderboard", "math", "--json").out)
    (group,) = board["groups"]
    assert (board["dataset"], group["metric"], group["metric_basis"], group["direction"]) == (
        "MATH",
        "accuracy",
        "stated",
        "higher",
    )
    assert [(row["rank"], row["system"], row["value"]) for row in group["rows"]] == [
        (1, "WideThing", 61.0),
        (2, "DeepThing", 46.3),
        (2, "DeepThing", 46.3),
        (4, "GPT-4", 23.0),
    ]
    early = json.loads(sotagraph("leaderboard", "MATH", "--as-of", "2023-06", "--json").out)
    assert [row["system"] for row in early["groups"][0]["rows"]] == ["DeepThing", "GPT-4"]
    shown = sotagraph("leaderboard", "MATH").out
    assert "DeepThing reaches 46.3% accuracy on MATH" in shown


def test_beats_says_why(sotagraph: Run, records: str) -> None:
    sotagraph("ingest", records)
    told = json.loads(sotagraph("beats", "DeepThing", "GPT-4", "--on", "MATH", "--json").out)
    (benchmark,) = told["benchmarks"]
    assert (told["winner"], told["loser"], benchmark["verdict"], benchmark["dataset"]) == ("DeepThing", "GPT-4", "both", "MATH")
    assert (
        "one paper says that DeepThing is better, and the printed scores are 46.3 % of DeepThing and 23 % of GPT-4"
        in benchmark["reason"]
    )
    assert {item["paper"] for item in benchmark["evidence"]} == {"local:a"}
    against = json.loads(sotagraph("beats", "gpt4", "deepthing", "--json").out)
    assert [item["verdict"] for item in against["benchmarks"]] == ["contradicted"]
    done = sotagraph("beats", "WideThing", "GPT-4", "--on", "MATH", "--json")
    assert [item["verdict"] for item in json.loads(done.out)["benchmarks"]] == ["computed"]
    assert "Does WideThing beat GPT-4?" in sotagraph("beats", "WideThing", "GPT-4").out


def test_compare_search_path_central_journal(sotagraph: Run, records: str) -> None:
    sotagraph("ingest", records)
    both = json.loads(sotagraph("compare", "GPT-4", "DeepThing", "--json").out)
    assert [(item["verdict"], item["winner"]) for item in both["benchmarks"]] == [("both", "DeepThing")]
    assert [hit["id"] for hit in json.loads(sotagraph("search", "widething", "--json").out)] == ["system:widething", "local:b"]
    (route,) = json.loads(sotagraph("path", "WideThing", "GPT-4", "--beats", "--json").out)
    assert [(edge["head"], edge["tail"]) for edge in route] == [
        ("system:widething", "system:deepthing"),
        ("system:deepthing", "system:gpt4"),
    ]
    (first, *_) = json.loads(sotagraph("central", "--json").out)
    assert (first["name"], {fact["paper"] for fact in first["evidence"]}) == ("DeepThing", {"local:a"})
    assert first["evidence"][0]["quote"] in sotagraph("central").out
    for kind in ("task", "dataset", "paper", "claim"):
        assert all(node["evidence"][0]["quote"] for node in json.loads(sotagraph("central", "--kind", kind, "--json").out))
    assert [(row["action"], row["papers"]) for row in json.loads(sotagraph("journal", "--json").out)] == [("write", 2)]


def test_delete_by_id_or_title(sotagraph: Run, records: str) -> None:
    sotagraph("ingest", records)
    assert json.loads(sotagraph("delete", TITLE, "--json").out) == {"deleted": ["local:a"]}
    assert json.loads(sotagraph("delete", "b", "--json").out) == {"deleted": ["local:b"]}
    assert sotagraph("export", "--to", "jsonl").out == ""
    assert sotagraph("delete", "b").code == 1


def test_check_tells_what_is_wrong(sotagraph: Run, records: str, tmp_path: Path) -> None:
    import sqlite3

    sotagraph("ingest", records)
    assert json.loads(sotagraph("check", "--json").out) == {"ok": True, "violations": []}
    with sqlite3.connect(tmp_path / "graph.db") as connection:
        connection.execute("DELETE FROM edges WHERE type = 'BEATS'")
        connection.execute("UPDATE results SET start = start + 1 WHERE subject = 'system:gpt4'")
        connection.execute("DELETE FROM entities WHERE id = 'system:widething'")
    connection.close()
    done = sotagraph("check", "--json")
    told = json.loads(done.out)
    assert (done.code, told["ok"]) == (1, False)
    text = "\n".join(told["violations"])
    assert "BEATS from 'system:deepthing' to 'system:gpt4' is missing" in text
    assert "does not quote its paper" in text
    assert "dangles: 'system:widething' is not in the graph" in text


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--version"], 0, f"sotagraph {__version__}"),
        (["--help"], 0, "Which method beats which"),
        ([], 2, "Usage"),
        (["nonsense"], 2, "No such command"),
        (["leaderboard"], 2, "Missing argument"),
        (["export", "--to", "xml"], 2, "the formats are jsonl, records"),
        (["ingest", "nowhere.txt"], 1, "nowhere.txt can't be opened: No such file or directory"),
        (["leaderboard", "MATHS"], 1, "No dataset called 'MATHS' is in the graph. Did you mean 'MATH'?"),
        (["beats", "DeepThing", "GPT-5"], 1, "Did you mean 'GPT-4'?"),
        (["beats", "DeepThing", "", "--on", "MATH"], 1, "No method or model called ''"),
        (["beats", "WideThing", "GPT-4", "--on", "MATH"], 0, "computed"),
        (["search", "nothing like it"], 0, "Nothing in the graph has all words"),
        (["leaderboard", "MATH", "--as-of", "banana"], 2, "'banana' is no date; write YYYY"),
        (["ingest", "-", "--format", "bogus"], 2, "'bogus' is unknown; the formats are text, jsonl"),
        (["search", "a\udcff"], 2, "is not valid text"),
        (["stats", "--store", "mysql://x/y"], 1, "is no store's address"),
        (["stats", "--store", "neo4j://x:port"], 1, "is no number"),
        (["evaluate", "nowhere.jsonl"], 2, "does not exist"),
    ],
)
def test_exit_codes(sotagraph: Run, records: str, words: list[str], code: int, told: str) -> None:
    sotagraph("ingest", records)
    done = sotagraph(*words)
    assert done.code == code
    assert told in " ".join((done.out + done.err).replace("│", " ").split())


@pytest.mark.parametrize(("name", "value", "told"), [
    ("SOTAGRAPH_BATCH", "0", "SOTAGRAPH_BATCH='0': Input should be greater than or equal to 1."),
    ("SOTAGRAPH_MENTIONS", "magic", "SOTAGRAPH_MENTIONS='magic': Input should be 'auto', 'patterns' or 'encoder'."),
])  # fmt: skip
def test_a_wrong_setting_is_named(sotagraph: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    done = sotagraph("stats")
    assert (done.code, done.err.strip()) == (2, f"sotagraph: {told}")


def test_a_port_in_use_is_told(sotagraph: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = sotagraph("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 1
    assert "ddress already in use" in done.err


def test_nothing_readable_is_a_failure(sotagraph: Run) -> None:
    for command in ("ingest", "extract"):
        assert sotagraph(command, "-", "--format", "jsonl", stdin=b"{broken\n{broken too\n").code == 1


def test_one_paper_met_twice_is_counted(sotagraph: Run) -> None:
    lines = json.dumps(PAPERS[0]) + "\n" + json.dumps({**PAPERS[1], "id": "a"})
    report = json.loads(sotagraph("ingest", "-", "--json", stdin=lines.encode()).out)
    assert report == {"read": 2, "written": 1, "unchanged": 0, "dropped": {"duplicate": 1}}


def test_a_title_of_two_papers_deletes_neither(sotagraph: Run) -> None:
    lines = "\n".join(json.dumps({**PAPERS[0], "id": name}) for name in "xy")
    sotagraph("ingest", "-", stdin=lines.encode())
    done = sotagraph("delete", TITLE)
    assert (done.code, "name one by its id: local:x, local:y" in done.err) == (1, True)
    assert json.loads(sotagraph("stats", "--json").out)["papers"] == 2


def test_a_bad_entry_costs_only_itself(sotagraph: Run, page: str, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(json.dumps(PAPERS[0]) + "\n{broken\n" + json.dumps({"id": "x", "abstract": "no title"}) + "\n", "utf-8")
    done = sotagraph("ingest", str(path), "--json")
    report = json.loads(done.out)
    assert (done.code, report["read"], report["written"], report["dropped"]) == (0, 3, 1, {"bad_json": 1, "no_title": 1})
    assert "line 2" in done.err
    assert sotagraph("ingest", str(path), "--strict").code == 1
    assert sotagraph("extract", str(path), "--strict").code == 1


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), "Überschrift".encode("latin-1") * 50, b"<html><body>x</body></html>"]
)
def test_an_unreadable_file_leaves_the_store_as_it_was(sotagraph: Run, records: str, tmp_path: Path, content: bytes) -> None:
    sotagraph("ingest", records)
    before = sotagraph("export", "--to", "jsonl").out
    bad = tmp_path / "bad"
    bad.write_bytes(content)
    alone = sotagraph("ingest", str(bad), "--json")
    assert alone.code == 1
    assert json.loads(alone.out)["dropped"] == {"unreadable_file": 1}
    assert "bad" in alone.err
    assert sotagraph("ingest", str(bad), records).code == 0, "the other file is loaded"
    assert sotagraph("export", "--to", "jsonl").out == before


def test_the_page(sotagraph: Run, shared_data: Path) -> None:
    done = sotagraph("ingest", str(shared_data / "seed-page.txt"), "--json")
    assert json.loads(done.out) == {"read": 73, "written": 73, "unchanged": 0, "dropped": {}}
    before = sotagraph("export", "--to", "jsonl").out
    assert json.loads(sotagraph("ingest", str(shared_data / "seed-page.txt"), "--json").out)["unchanged"] == 73
    assert sotagraph("export", "--to", "jsonl").out == before

    board = json.loads(sotagraph("leaderboard", "MATH", "--json").out)
    rows = {(row["system"], row["value"]): row for group in board["groups"] for row in group["rows"]}
    dotamath = rows["DotaMath-deepseek-7B", 64.8]
    assert "64.8% on the competitive MATH dataset" in dotamath["quote"]
    verified = {
        value: row["quote"] for (_, value), row in rows.items() if "code-based self-verification" in row["title"].lower()
    }
    assert set(verified) == {53.9, 84.3}
    assert all(r"(53.9\% to 84.3\%)" in quote for quote in verified.values())

    told = json.loads(sotagraph("beats", "DeepSeek-Prover", "GPT-4", "--on", "miniF2F", "--json").out)
    assert {item["verdict"] for item in told["benchmarks"]} <= {"claimed", "both"}
    assert any("surpassing the baseline GPT-4 at 23.0%" in item["quote"] for b in told["benchmarks"] for item in b["evidence"])
    assert sotagraph("check").code == 0


def test_extract_explains_for_people(sotagraph: Run, page: str, records: str) -> None:
    told = sotagraph("extract", page, records, "--explain")
    assert told.code == 0
    assert [line for line in told.out.splitlines() if line and not line.startswith(" ")] == [
        f"{TITLE} (local:a, read by {EXTRACTOR})",
        f"WideThing (local:b, read by {EXTRACTOR})",
        f"{TITLE} (local:a, read by test/1)",
        "WideThing (local:b, read by test/1)",
    ]
    assert "    subject: DeepThing ← “DeepThing”" in told.out
    wrong = sotagraph("extract", page, "--explain", "--json")
    assert (wrong.code, wrong.out) == (2, "")


def test_facts_may_be_asked_to_be_surer(sotagraph: Run, records: str) -> None:
    assert sotagraph("ingest", records, "--min-confidence", "0.75").code == 0
    counts = json.loads(sotagraph("stats", "--json").out)
    assert (counts["results"], counts["claims"]) == (4, 0), "of 0.8 and 0.7"
    kept = [json.loads(line) for line in sotagraph("export", "--to", "records").out.splitlines()]
    assert [line["min_confidence"] for line in kept] == [0.75, 0.75]
    assert json.loads(sotagraph("ingest", records, "--min-confidence", "0.75", "--json").out)["unchanged"] == 2
    assert sotagraph("extract", records, "--min-confidence", "2").code == 2
