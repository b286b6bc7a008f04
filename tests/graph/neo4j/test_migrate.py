"""A database is brought to this version's schema once, and never harmed."""

from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

import graph.neo4j.migrate as module
from graph.assemble import assemble
from graph.neo4j import open_neo4j
from graph.neo4j.migrate import migrate, statements
from graph.neo4j.store import Neo4jStore
from graph.sqlite import open_sqlite
from graph.store import SCHEMA_VERSION, StoreError
from schema.decisions import Decision, DecisionKind, PairTarget
from schema.kinds import NodeKind
from tests.contract.test_decisions import named
from tests.factories import record
from tests.neo4j_server.server import Neo4jServer


@pytest.fixture
def driver(empty_neo4j: Neo4jServer):  # type: ignore[no-untyped-def]
    with GraphDatabase.driver(empty_neo4j.uri, auth=(empty_neo4j.user, empty_neo4j.password)) as driver:
        yield driver


def opened(server: Neo4jServer) -> Neo4jStore:
    return open_neo4j(server.uri, user=server.user, password=server.password)


def test_statements_are_split_at_the_end_of_a_line() -> None:
    assert list(statements("// a; b\nONE 'x;y'\n  // c\nTWO;\n\nTHREE;")) == ["ONE 'x;y'\nTWO", "THREE"]


def test_every_constraint_and_index_of_the_script_is_there(empty_neo4j: Neo4jServer, driver: Driver) -> None:
    opened(empty_neo4j).close()
    texts = [Path(module.__file__).with_name(name).read_text("utf-8") for name in module.STEPS]
    lines = [line.split() for text in texts for line in statements(text)]
    dropped = {words[2] for words in lines if words[:2] == ["DROP", "INDEX"]}
    made = {name for words in lines if words[0] == "CREATE" for name in words[2:4] if name.islower()}
    online = driver.execute_query("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name").records
    assert len(made) == len([words for words in lines if words[0] == "CREATE"])
    assert {row["name"] for row in online} & (made | dropped) == made - dropped
    version = driver.execute_query("MATCH (m:SotagraphMeta) RETURN m.version AS version").records
    assert [row["version"] for row in version] == [SCHEMA_VERSION]


def test_the_first_graphs_of_version_3_get_the_indexes_of_new_ones(empty_neo4j: Neo4jServer, driver: Driver) -> None:
    opened(empty_neo4j).close()
    new = indexes_of(driver)
    for name in ("result_on", "result_ranked", "result_by", "result_best_by"):
        driver.execute_query(f"DROP INDEX {name}")
    driver.execute_query("CREATE INDEX result_board FOR (n:Result) ON (n.dataset, n.benchmark, n.review)")
    driver.execute_query("CREATE INDEX result_rank FOR (n:Result) ON (n.benchmark, n.canonical, n.review)")
    driver.execute_query("CREATE INDEX result_of FOR (n:Result) ON (n.subject, n.benchmark)")
    driver.execute_query("MATCH (m:SotagraphMeta) SET m.version = 3")
    opened(empty_neo4j).close()
    assert indexes_of(driver) == new


def indexes_of(driver: Driver) -> list[tuple[str, object, object]]:
    """Each index that is ready, with what it is on."""
    shown = "SHOW INDEXES YIELD name, state, labelsOrTypes, properties WHERE state = 'ONLINE' RETURN * ORDER BY name"
    return [(row["name"], row["labelsOrTypes"], row["properties"]) for row in driver.execute_query(shown).records]


def test_a_newer_version_is_refused_and_untouched(empty_neo4j: Neo4jServer, driver: Driver) -> None:
    opened(empty_neo4j).close()
    driver.execute_query("MATCH (m:SotagraphMeta) SET m.version = 99")
    with pytest.raises(StoreError, match=f"schema version 99, and this sotagraph knows versions up to {SCHEMA_VERSION}"):
        opened(empty_neo4j)
    assert driver.execute_query("MATCH (m:SotagraphMeta) RETURN m.version AS v").records[0]["v"] == 99


def test_an_upgrade_during_a_session_stops_its_writes(empty_neo4j: Neo4jServer, driver: Driver) -> None:
    store = opened(empty_neo4j)
    driver.execute_query("MATCH (m:SotagraphMeta) SET m.version = 99")
    with pytest.raises(StoreError, match="Open it again"):
        store.write([assemble(record())])
    assert store.stats().papers == 0
    store.close()


def test_other_nodes_stay_and_are_not_read(empty_neo4j: Neo4jServer, driver: Driver) -> None:
    driver.execute_query("CREATE (:Person {id: 'system:gpt4', name: 'Ada'})-[:USES]->(:Thing {id: 'x'})")
    store = opened(empty_neo4j)
    store.write([assemble(record(given_id="a"))])
    assert store.stats().models == 2
    assert store.get(["system:gpt4"])["system:gpt4"].kind is NodeKind.MODEL
    store.delete(["local:a"])
    assert list(store.dump()) == []
    assert driver.execute_query("MATCH (p:Person)-[:USES]->(:Thing) RETURN p.name AS name").records[0]["name"] == "Ada"
    store.close()


def test_our_labels_in_foreign_hands_are_refused(empty_neo4j: Neo4jServer, driver: Driver) -> None:
    driver.execute_query("CREATE (:Paper {id: 1}), (:Paper {id: 2})")
    with pytest.raises(StoreError, match="holds Paper nodes of another program, so nothing was written"):
        opened(empty_neo4j)
    assert driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"] == 2


def test_what_an_older_version_kept_apart_is_merged_by_acronym(empty_neo4j: Neo4jServer, driver: Driver) -> None:
    papers = [assemble(named("Chain of Thought", "a", "CoT")), assemble(named("CoT", "b"))]
    apart = PairTarget(entities=("system:chainofthought", "system:cot"))
    store = opened(empty_neo4j)
    store.decide([Decision(who="ada", at="2024", kind=DecisionKind.SPLIT, target=apart)])
    store.write(papers)
    store.close()
    driver.execute_query("MATCH (n:Decision|DecisionKey|Meaning|Redirect) DETACH DELETE n")
    driver.execute_query("MATCH (m:SotagraphMeta) SET m.version = 3")
    new = open_sqlite(":memory:")
    new.write(papers)
    store = opened(empty_neo4j)
    assert list(store.dump()) == list(new.dump())
    assert store.meanings() == {"system:cot": {"system:chainofthought": 1}}
    store.close()


def test_a_later_step_runs_once(
    empty_neo4j: Neo4jServer, driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(empty_neo4j)
    (tmp_path / "next.cypher").write_text("MATCH (m:SotagraphMeta) SET m.steps = coalesce(m.steps, 0) + 1;")
    monkeypatch.setattr(module, "STEPS", (*module.STEPS, "next.cypher"))
    monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    for _ in range(2):
        store.migrate()
    meta = driver.execute_query("MATCH (m:SotagraphMeta) RETURN m.version AS version, m.steps AS steps").records[0]
    assert (meta["version"], meta["steps"]) == (SCHEMA_VERSION + 1, 1)
    store.close()


def test_migrate_takes_any_way_to_run() -> None:
    asked: list[str] = []

    def run(statement: str, **params: object) -> list[dict[str, int]]:
        asked.append(statement)
        return [{"version": SCHEMA_VERSION}]

    migrate(run, "host", lambda work: work(run))
    assert len(asked) == 1
