"""The server that the tests run against is what people run: Neo4j 5.26 Community with a password and Neo4j Browser."""

import urllib.request
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from tests.neo4j_server import server
from tests.neo4j_server.server import Neo4jServer, NoServer, empty, neo4j_server


def test_is_community_of_the_long_term_line(empty_neo4j: Neo4jServer) -> None:
    with GraphDatabase.driver(empty_neo4j.uri, auth=(empty_neo4j.user, empty_neo4j.password)) as driver:
        row = driver.execute_query("CALL dbms.components()").records[0]
    assert row["versions"][0].startswith("5.26.")
    assert row["edition"] == "community"


def test_serves_neo4j_browser(empty_neo4j: Neo4jServer) -> None:
    if empty_neo4j.http_url is None:
        pytest.skip("a given server's web address is not known")
    with urllib.request.urlopen(f"{empty_neo4j.http_url}/browser/", timeout=10) as answer:
        assert b"<title>Neo4j Browser</title>" in answer.read()


def test_is_empty_again(empty_neo4j: Neo4jServer) -> None:
    with GraphDatabase.driver(empty_neo4j.uri, auth=(empty_neo4j.user, empty_neo4j.password)) as driver:
        driver.execute_query("UNWIND range(1, 12000) AS i CREATE (:X {i: i})-[:Y]->(:Z)")
        empty(empty_neo4j)
        assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 0


def test_without_java_and_docker_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOTAGRAPH_TEST_NEO4J", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoServer, match="Install Java 17"), neo4j_server(tmp_path):
        pass


def test_a_server_that_ends_is_an_error_with_its_last_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOTAGRAPH_TEST_NEO4J", raising=False)
    monkeypatch.setattr(server, "fetch", lambda cache: cache)
    with pytest.raises(NoServer, match="ended with code 1"), neo4j_server(tmp_path):
        pass


@pytest.mark.parametrize(
    ("url", "uri", "user", "password"),
    [
        ("bolt://neo4j:pa%3Ass@db:7700", "bolt://db:7700", "neo4j", "pa:ss"),
        ("neo4j://me:secret@10.0.0.1", "neo4j://10.0.0.1:7687", "me", "secret"),
    ],
)
def test_a_given_server_is_used(
    url: str, uri: str, user: str, password: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOTAGRAPH_TEST_NEO4J", url)
    with neo4j_server(tmp_path) as given:
        assert (given.uri, given.user, given.password) == (uri, user, password)
