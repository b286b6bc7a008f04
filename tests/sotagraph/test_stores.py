"""The command line on Neo4j says what it says on SQLite, and tells plainly what is wrong with a server."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from neo4j import GraphDatabase

from schema.record_json import record_to_json
from tests.factories import record
from tests.neo4j_server.server import Neo4jServer

Run = Callable[..., Any]
QUESTIONS = [
    ["stats", "--json"],
    ["leaderboard", "MATH", "--json"],
    ["beats", "DeepThing", "GPT-4", "--on", "MATH", "--json"],
    ["compare", "GPT-4", "DeepThing", "--json"],
    ["search", "deepthing", "--json"],
    ["path", "DeepThing", "GPT-4", "--json"],
    ["central", "--json"],
    ["export", "--to", "jsonl"],
    ["export", "--to", "records"],
    ["check", "--json"],
]


@pytest.fixture
def records(tmp_path: Path) -> str:
    path = tmp_path / "records.jsonl"
    path.write_text(json.dumps(record_to_json(record(given_id="a"))), "utf-8")
    return str(path)


def address(server: Neo4jServer, password: str | None = None) -> str:
    scheme, _, host = server.uri.partition("://")
    return f"{scheme}://{server.user}:{quote(password or server.password, safe='')}@{host}"


def test_both_stores_answer_alike(sotagraph: Run, empty_neo4j: Neo4jServer, records: str) -> None:
    uri = address(empty_neo4j)
    assert sotagraph("ingest", records).out == sotagraph("ingest", records, "--store", uri).out
    for words in QUESTIONS:
        here, there = sotagraph(*words), sotagraph(*words, "--store", uri)
        assert (there.code, there.out, there.err) == (0, here.out, "")
    assert json.loads(sotagraph("delete", "a", "--json", "--store", uri).out) == {"deleted": ["local:a"]}


def test_user_and_password_may_come_from_settings(
    sotagraph: Run, empty_neo4j: Neo4jServer, records: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOTAGRAPH_NEO4J_USER", empty_neo4j.user)
    monkeypatch.setenv("SOTAGRAPH_NEO4J_PASSWORD", empty_neo4j.password)
    sotagraph("ingest", records, "--store", empty_neo4j.uri)
    assert json.loads(sotagraph("stats", "--json", "--store", empty_neo4j.uri).out)["papers"] == 1


MISTYPED = [["stats"], ["leaderboard", "MATH"], ["export", "--to", "jsonl"], ["delete", "a"], ["undo"], ["decisions"], ["diff"]]


@pytest.mark.parametrize("words", MISTYPED, ids=" ".join)
def test_a_mistyped_file_is_no_empty_graph(sotagraph: Run, words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "typo" / "grahp.db"
    done = sotagraph(*words, "--store", str(path))
    told = f"sotagraph: There is no graph at {path}. `sotagraph ingest PATH --store URI` makes one; is the address right?\n"
    assert (done.code, done.out, done.err) == (1, "", told)
    assert not path.parent.exists(), "nothing was made"


def test_a_database_without_a_graph_stays_as_it_is(sotagraph: Run, empty_neo4j: Neo4jServer) -> None:
    done = sotagraph("stats", "--store", address(empty_neo4j))
    assert (done.code, done.out) == (1, "")
    assert f"There is no graph at Neo4j, {empty_neo4j.uri.partition('://')[2]}." in done.err
    with GraphDatabase.driver(empty_neo4j.uri, auth=(empty_neo4j.user, empty_neo4j.password)) as driver:
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda server: address(server, "wrong-password"), "or its password is wrong"),
        (lambda server: "neo4j://neo4j:secret-word@127.0.0.1:1", "no Neo4j answers there"),
        (lambda server: f"{address(server)}/nowhere", "there is no database 'nowhere'"),
        (lambda server: "bolt://", "names no host"),
    ],
)
def test_what_is_wrong_with_a_server(
    sotagraph: Run, empty_neo4j: Neo4jServer, change: Callable[[Neo4jServer], str], told: str
) -> None:
    done = sotagraph("stats", "--store", change(empty_neo4j))
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert "wrong-password" not in done.err
    assert "secret-word" not in done.err
    assert empty_neo4j.password not in done.err
