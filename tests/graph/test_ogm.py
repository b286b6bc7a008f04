"""py2neo reads the graph that the store wrote, and what of it no longer works fails as docs/py2neo.md says."""

import pytest
from py2neo import Graph, Node, Relationship, Subgraph
from py2neo.bulk import create_relationships, merge_nodes
from py2neo.errors import ClientError
from py2neo.ogm import GraphObject

import graph.ogm as ogm
from graph.assemble import assemble
from graph.store import Store
from schema.kinds import NodeKind
from tests.factories import record
from tests.neo4j_server.server import Neo4jServer


@pytest.fixture
def loaded(neo4j_store: Store, running_neo4j: Neo4jServer) -> Graph:
    neo4j_store.write([assemble(record(given_id="a", year=2024))])
    return ogm.connect(running_neo4j.uri, user=running_neo4j.user, password=running_neo4j.password)


def test_every_kind_of_node_has_its_class() -> None:
    classes = {kind: getattr(ogm, kind.value) for kind in NodeKind}
    assert {kind: found.__primarylabel__ for kind, found in classes.items()} == {kind: kind.value for kind in NodeKind}
    assert all(issubclass(found, GraphObject) for found in classes.values())


def test_match_and_walk(loaded: Graph) -> None:
    paper = ogm.Paper.match(loaded).where(year=2024).first()
    assert paper.title == "DeepThing: Proving by Depth"
    (introduced,) = paper.introduces
    assert (introduced.name, introduced.kind) == ("DeepThing", "Model")
    assert sorted(entity.name for entity in paper.uses) == ["GPT-4", "MATH", "accuracy"]
    assert sorted(result.value for result in paper.results) == [23.0, 46.3]
    model = ogm.Model.match(loaded, "system:deepthing").first()
    (beaten,) = model.beats
    assert beaten.name == "GPT-4"
    assert model.beats.get(beaten, "verdict") == "both"
    assert [winner.name for winner in beaten.beaten_by] == ["DeepThing"]
    (claim,) = paper.claims
    assert [side.name for side in (*claim.winner, *claim.loser)] == ["DeepThing", "GPT-4"]


def test_merge_and_push(loaded: Graph, neo4j_store: Store) -> None:
    task = ogm.Task()
    task.id, task.name, task.entity = "task:mine", "mine", True
    task.aliases, task.papers = [], 0
    for _ in range(2):
        loaded.merge(task)
    task.name = "renamed"
    loaded.push(task)
    assert loaded.nodes.match("Task", "Entity").count() == 1
    assert loaded.nodes.match("Task", id="task:mine").first()["name"] == "renamed"
    # The store goes on beside it.
    assert neo4j_store.write([assemble(record(given_id="b"))]).written == 1


def test_own_notes_beside_the_graph(loaded: Graph) -> None:
    model = loaded.nodes.match("Model", name="DeepThing").first()
    note = Node("Note", text="read again")
    loaded.create(Subgraph([note], [Relationship(note, "ABOUT", model)]))
    assert loaded.run("MATCH (n:Note)-[:ABOUT]->(m:Model) RETURN n.text, m.name").to_table() == [("read again", "DeepThing")]


def test_bulk(loaded: Graph) -> None:
    merge_nodes(loaded.auto(), [{"id": f"n{number}"} for number in range(50)], ("Note", "id"))
    pairs: list[tuple[str, dict[str, str], str]] = [(f"n{number}", {}, "system:deepthing") for number in range(50)]
    create_relationships(loaded.auto(), pairs, "ABOUT", start_node_key=("Note", "id"), end_node_key=("Entity", "id"))
    assert loaded.relationships.match(r_type="ABOUT").count() == 50


@pytest.mark.parametrize(
    "call",
    [
        lambda schema: schema.get_indexes("Paper"),
        lambda schema: schema.get_uniqueness_constraints("Paper"),
        lambda schema: schema.create_index("Note", "text"),
        lambda schema: schema.create_uniqueness_constraint("Note", "id"),
    ],
)
def test_schema_calls_no_longer_work(loaded: Graph, call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ClientError):
        call(loaded.schema)
