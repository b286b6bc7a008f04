"""The questions for Neo4j Browser are answered, and its page shows them as they are."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from graph.assemble import assemble
from graph.store import Store
from schema.kinds import NodeKind, RelationKind
from tests.factories import record
from tests.neo4j_server.server import Neo4jServer

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "neo4j-browser.md"
QUERIES = sorted((ROOT / "cypher").glob("*.cypher"))

AGAINST = "GPT-4 has 60.0% accuracy on MATH against DeepThing's 40.0%."
PAPERS = [
    record(given_id="deep"),
    record(
        "Other", "Other beats DeepThing on MATH by accuracy.", given_id="other", winner="Other", loser="DeepThing", scores=()
    ),
    record(
        "Deeper",
        "Other 50.0, DeepThing 46.3 on MATH, accuracy",
        given_id="d2",
        winner="Other",
        loser="DeepThing",
        scores=(50.0, 46.3),
    ),
    record("Against", AGAINST, given_id="no", winner="GPT-4", loser="DeepThing", scores=(60.0, 40.0)),
]
DEEP = PAPERS[0].paper.abstract
EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "leaderboard": [
        ("accuracy", None, "GPT-4", 60.0, None, "Against", AGAINST),
        ("accuracy", None, "Other", 50.0, None, "Deeper", "Other 50.0, DeepThing 46.3 on MATH, accuracy"),
        ("accuracy", None, "DeepThing", 46.3, None, "DeepThing", DEEP),
        ("accuracy", None, "DeepThing", 46.3, None, "Deeper", "Other 50.0, DeepThing 46.3 on MATH, accuracy"),
        ("accuracy", None, "DeepThing", 40.0, None, "Against", AGAINST),
        ("accuracy", None, "GPT-4", 23.0, None, "DeepThing", DEEP),
    ],
    "who-beats-whom": [
        ("DeepThing", "GPT-4", "MATH", "accuracy", "both", 23.3, 1),
        ("GPT-4", "DeepThing", "MATH", "accuracy", "both", 20.0, 1),
        ("Other", "DeepThing", "MATH", "accuracy", "both", 3.7, 1),
        ("Other", "DeepThing", "MATH", None, "claimed", None, 1),
    ],
    # GPT-4 and DeepThing beat each other, and a chain names nobody twice.
    "beat-chains": [(["Other", "DeepThing", "GPT-4"], "accuracy", ["both", "both"])],
    "introduced-by-a-paper": [("DeepThing: Proving by Depth", "Model", "DeepThing", [])],
    "most-used-datasets": [("MATH", 4)],
    "claims-without-a-number": [
        ("Other > DeepThing on MATH", "Other", "Other beats DeepThing on MATH by accuracy."),
    ],
    "contradictions": [
        ("DeepThing", "GPT-4", "MATH", "metric:accuracy", "metric:accuracy", ["local:deep"], ["local:no"]),
    ],
}


@pytest.fixture
def driver(neo4j_store: Store, running_neo4j: Neo4jServer) -> Iterator[Driver]:
    neo4j_store.write([assemble(item) for item in PAPERS])
    with GraphDatabase.driver(running_neo4j.uri, auth=(running_neo4j.user, running_neo4j.password)) as driver:
        yield driver


def test_there_are_eight() -> None:
    assert {path.stem for path in QUERIES} == {*EXPECTED, "neighbourhood"}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_question_has_its_answer(driver: Driver, name: str) -> None:
    rows = driver.execute_query((ROOT / "cypher" / f"{name}.cypher").read_text("utf-8")).records
    assert [tuple(row.values()) for row in rows] == EXPECTED[name]


def test_neighbourhood_is_a_picture(driver: Driver) -> None:
    rows = driver.execute_query((ROOT / "cypher" / "neighbourhood.cypher").read_text("utf-8")).records
    links = [(row["path"].relationships[0].type, row["path"].end_node["name"]) for row in rows]
    assert ("INTRODUCES", "DeepThing") in links
    assert ("BEATS", "GPT-4") in links
    assert sorted(links) == links
    assert {kind for kind, _ in links} == {"BEATS", "INTRODUCES", "LOSER", "OF", "USES", "WINNER"}


def test_the_page_shows_the_questions_as_they_are() -> None:
    shown = re.findall(r"```cypher\n(.*?)```", PAGE.read_text("utf-8"), flags=re.DOTALL)
    assert sorted(shown) == sorted(path.read_text("utf-8") for path in QUERIES)


def test_the_page_names_every_kind() -> None:
    named = set(re.findall(r"`([A-Za-z_]+)`", PAGE.read_text("utf-8")))
    assert {*NodeKind, *RelationKind} <= named


def test_every_node_has_a_name(driver: Driver) -> None:
    rows = driver.execute_query("MATCH (n) WHERE n.name IS NULL OR n.name = '' RETURN labels(n) AS labels").records
    assert rows == []
