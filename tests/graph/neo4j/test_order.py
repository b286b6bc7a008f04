"""Ids and keys sort in Neo4j as they do in Python."""

from hypothesis import given
from hypothesis import strategies as st

from graph.assemble import assemble
from graph.neo4j.order import ordered, plain
from graph.request import Condition as Is
from graph.request import Op, Request, Sort
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import PaperNode
from tests.factories import record

# The edges of what UTF-16 and code points order differently.
ODD = ["a", "é", "\ud7fe", "\ud7ff", "\ue000", "\ufffd", "\uffff", "\U00010000", "\U0001f600"]
TEXT = st.text(st.sampled_from(ODD) | st.characters(codec="utf-8"))


@given(TEXT)
def test_plain_undoes_ordered(text: str) -> None:
    assert plain(ordered(text)) == text


@given(TEXT, TEXT)
def test_units_of_utf16_order_as_code_points(a: str, b: str) -> None:
    assert (ordered(a).encode("utf-16-be") < ordered(b).encode("utf-16-be")) == (a < b)
    assert (ordered(a) < ordered(b)) == (a < b)


def test_common_text_stays_as_it_is() -> None:
    for text in ("gpt-4", "Poincaré", "定理证明", "🤗 transformers"):
        assert ordered(text) == text


def test_every_verb_sorts_and_finds_odd_ids(neo4j_store: Store) -> None:
    papers = [assemble(record(title=f"{char} DeepThing", given_id=f"{char}x")) for char in ODD]
    neo4j_store.write(papers)
    ids = sorted(item.paper.id for item in papers)
    assert [line["id"] for line in neo4j_store.dump() if line.get("node") == "Paper"] == ids
    assert list(neo4j_store.get(ids)) == ids
    assert sorted(neo4j_store.edges(ids)) == ids
    everything = Request(kinds=(NodeKind.PAPER,))
    assert [node.id for node in neo4j_store.find(everything)] == ids
    # given_id is neither an id in the graph nor a key: its order is kept in a second property.
    behind = Request(kinds=(NodeKind.PAPER,), sort=(Sort("given_id", True),), where=Is("given_id", Op.GT, "\ue000x"))
    found = [node.given_id for node in neo4j_store.find(behind) if isinstance(node, PaperNode)]
    assert found == sorted((f"{char}x" for char in ODD if char > "\ue000"), reverse=True)
    assert list(neo4j_store.delete(ids)) == ids
    assert list(neo4j_store.dump()) == []
