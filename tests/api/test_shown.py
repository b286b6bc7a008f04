"""What an answer shows of itself runs, and gives the same rows: GraphQL on SQLite, Cypher on Neo4j."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from api.shown import NAMES, Language, shown
from graph.answers.compare import compare
from graph.answers.contradictions import contradictions
from graph.answers.gaps import gaps
from graph.answers.history import sota_history
from graph.answers.leaderboard import leaderboard
from graph.answers.pareto import pareto
from graph.answers.paths import beat_paths
from graph.answers.structure import central
from graph.answers.ways import WayStep, ways
from graph.assemble import assemble
from graph.neo4j import open_neo4j
from graph.sqlite import open_sqlite
from graph.store import Store
from tests.api.conftest import asking, serving
from tests.graph.answers.notation import record
from tests.neo4j_server.server import Neo4jServer, empty

PAPERS = {
    "p1": ("2019", "A 60% on D; B 50% on D; A > B on D; A 9 on D by perplexity; B 5 on D by perplexity"),
    "p2": ("2020", "C 70% on D; C > A on D"),
    "p3": ("2021", "E 65% on D; B > A on D; A 61% on D"),
}
FACTS = [assemble(record(key, year, text, 1)) for key, (year, text) in PAPERS.items()]
DATASET, A, B, E = "SetD1", "SysA1", "SysB1", "SysE1"
VALUES: dict[str, dict[str, Any]] = {
    "leaderboard": {"dataset": DATASET, "metric": "accuracy"},
    "compare": {"a": A, "b": B, "on": DATASET},
    "paths": {"from": E, "to": B, "first": 100},
    "beat_paths": {"from": E, "to": B},
    "history": {"dataset": DATASET, "metric": "accuracy"},
    "contradictions": {},
    "gaps": {"dataset": DATASET},
    "pareto": {"dataset": DATASET, "x": "accuracy", "y": "perplexity"},
    "central": {},
    "communities": {},
    "search": {"text": "sysa1"},
    "stats": {},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_sqlite(str(tmp_path_factory.mktemp("shown") / "graph.db"))
    opened.write(FACTS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def driver(running_neo4j: Neo4jServer) -> Iterator[Driver]:
    empty(running_neo4j)
    opened = open_neo4j(running_neo4j.uri, user=running_neo4j.user, password=running_neo4j.password)
    opened.write(FACTS)
    opened.close()
    with GraphDatabase.driver(running_neo4j.uri, auth=(running_neo4j.user, running_neo4j.password)) as driver:
        yield driver


def expected(store: Store, question: str) -> Any:
    """Return the rows that the answer has, as comparable values."""
    match question:
        case "leaderboard":
            (group,) = leaderboard(store, DATASET, metric="accuracy").groups
            return [
                (row.system.name if row.system else None, row.result.raw, row.paper.id, row.result.quote) for row in group.rows
            ]
        case "compare":
            found = compare(store, A, B, on=DATASET).benchmarks
            return {(each.paper.id, each.node.quote) for item in found for each in item.evidence}
        case "paths":
            return {tuple(_names(way.steps)) for way in ways(store, E, B, first=100)}
        case "beat_paths":
            return [[path.steps[0].winner.name, *(step.loser.name for step in path.steps)] for path in beat_paths(store, E, B)]
        case "history":
            return [
                (step.date, step.system.name if step.system else None, step.result.raw)
                for step in sota_history(store, DATASET, "accuracy")
            ]
        case "contradictions":
            return {(each.kind, tuple(node.name for node in each.systems)) for each in contradictions(store)}
        case "gaps":
            pairs = [(gap.a.system, gap.b.system) for gap in gaps(store, DATASET).gaps]
            return {frozenset((a.name, b.name)) for a, b in pairs if a and b}
        case "pareto":
            return {point.system.name for point in pareto(store, DATASET, "accuracy", "perplexity").points}
        case "central":
            return [each.system.name for each in central(store)]
        case "search":
            return {hit.node.id for hit in store.search("sysa1")}
    return None


def _names(steps: Sequence[WayStep]) -> Iterator[str]:
    """Yield the names along a way, of which each step has two in either order."""
    at = E
    yield at
    for step in steps:
        at = step.tail.name if step.head.name == at else step.head.name
        yield at


def rows_of(question: str, rows: list[dict[str, Any]]) -> Any:
    """Return what Cypher gave, as comparable values."""
    match question:
        case "leaderboard":
            return [(row["system"], row["raw"], row["paper"], row["quote"]) for row in rows]
        case "compare":
            return {(row["paper"], row["quote"]) for row in rows}
        case "paths":
            return {tuple(row["names"]) for row in rows}
        case "beat_paths":
            return [row["systems"] for row in rows]
        case "history":
            return [(row["date"], row["system"], row["raw"]) for row in rows]
        case "contradictions":
            return {(row["kind"], tuple(row["systems"])) for row in rows}
        case "gaps":
            return {frozenset((row["a"], row["b"])) for row in rows}
        case "pareto" | "central":
            names = [row["system"] for row in rows]
            return set(names) if question == "pareto" else names
        case "search":
            return {row["id"] for row in rows}
    return None


def test_every_question_has_values_here() -> None:
    assert VALUES.keys() == NAMES.keys()


@pytest.mark.parametrize("question", NAMES)
def test_cypher_gives_the_same_rows(store: Store, driver: Driver, question: str) -> None:
    found = shown(store, question, VALUES[question], Language.CYPHER)
    rows = [row.data() for row in driver.execute_query(found.text, dict(found.values)).records]  # type: ignore[arg-type]
    assert rows
    assert rows_of(question, rows) == expected(store, question)


@pytest.mark.parametrize("question", NAMES)
def test_graphql_runs_and_is_told_over_http(store: Store, question: str) -> None:
    asked = shown(store, question, VALUES[question], Language.GRAPHQL)
    with serving(store) as client:
        ask = asking(client)
        body = ask(asked.text, **asked.values)
        assert "errors" not in body
        told = ask(
            "query ($q: Question!, $v: QuestionValues) { statement(question: $q, language: GRAPHQL, values: $v) { text values } }",
            q=question.upper(),
            v=VALUES[question],
        )
    assert told["data"]["statement"] == {"text": asked.text, "values": dict(asked.values)}
    (answer,) = body["data"].values()
    if question == "leaderboard":
        rows = [(row["system"]["name"], row["result"]["raw"]) for row in answer["groups"][0]["rows"]["nodes"]]
        assert rows == [row[:2] for row in expected(store, question)]
    elif question == "compare":
        quotes = {(fact["paper"]["id"], fact["quote"]) for item in answer["benchmarks"] for fact in item["evidence"]}
        assert quotes == expected(store, question)
    elif question == "contradictions":
        assert {
            (each["kind"].lower(), tuple(node["name"] for node in each["systems"])) for each in answer["nodes"]
        } == expected(store, question)
    elif question == "history":
        assert [(step["date"], step["system"]["name"], step["result"]["raw"]) for step in answer] == expected(store, question)
