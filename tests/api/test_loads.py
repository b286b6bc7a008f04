"""How often the store is asked: by what a query names, never by how many rows it meets."""

from pathlib import Path
from typing import Any

import pytest

from graph.neo4j import Neo4jStore
from graph.sqlite import SqliteStore, open_sqlite
from graph.store import Store
from tests.api.conftest import CountingStore, asking, serving
from tests.api.graphs import many_papers, small_graph

QUERIES = {
    "papers with all they say": """{ papers(first: 100) { nodes { title introduces { name aliases } mentions { entity { name } spans { text } }
        results { subject { name } dataset { name } metric { name } paper { title } }
        claims { winner { name } loser { name } dataset { name } } } } }""",
    "systems with their surroundings": """{ methods(first: 100) { nodes { papers(first: 3) { totalCount nodes { title } }
        results(first: 3) { totalCount nodes { paper { title } } } claims(first: 3) { nodes { quote } }
        beats(first: 3) { totalCount nodes { loser { name } evidence { quote } papers { title } } }
        beatenBy(first: 3) { nodes { winner { name } } }
        basedOn(first: 3) { edges { paper { title } node { name } quote } } usedBy(first: 3) { totalCount } } } }""",
    "beats": """{ beats(first: 100) { nodes { winner { name } loser { name } dataset { name } metric { name } papers { title }
        evidence { __typename quote paper { title } } } } }""",
    "leaderboard": """{ leaderboard(dataset: "MATH") { dataset { name } groups { metric { name } rows(first: 100) { nodes {
        system { name beats(first: 2) { nodes { loser { name } } } } result { quote metric { name } } paper { title } } } } } }""",
    "search": '{ search(text: "alder", first: 100) { nodes { name ... on Paper { results { raw } } } } }',
    "neighbourhood": """{ neighbourhood(id: "system:alder", limit: 200) { nodes { id name }
        relationships { type head { name } tail { name } paper { title } } } }""",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_calls_do_not_grow_with_the_page(tmp_path: Path, query: str) -> None:
    store = CountingStore(open_sqlite(str(tmp_path / "graph.db")))
    store.write([*small_graph(), *many_papers(4)])
    with serving(store) as client:
        few = _calls(store, asking(client)(query))
        store.write(list(many_papers(60, start=4)))
        many = _calls(store, asking(client)(query))
    store.close()
    assert few == many
    assert len(many) <= 30


@pytest.mark.parametrize("on", ["sqlite", "neo4j"])
def test_statements_do_not_grow_with_the_page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, on: str) -> None:
    store: Store = request.getfixturevalue(f"{on}_store")
    store.write([*small_graph(), *many_papers(4)])
    texts: list[str] = []

    def noted(run: Any) -> Any:
        def call(self: Any, statement: str, *args: Any, **options: Any) -> Any:
            texts.append(statement)
            return run(self, statement, *args, **options)

        return call

    for kind in (SqliteStore, Neo4jStore):
        monkeypatch.setattr(kind, "_run", noted(kind._run))
    with serving(store) as client:
        for name, query in QUERIES.items():
            counts = []
            for first in (2, 50):
                texts.clear()
                assert "errors" not in asking(client)(query.replace("first: 100", f"first: {first}"))
                counts.append(len(texts))
            few, many = counts
            # A leaderboard's page that isn't full asks once more, for the rows that can't be ranked.
            assert few <= many <= few + (name == "leaderboard") <= 60, name
        store.write(list(many_papers(60, start=4)))
        page = QUERIES["systems with their surroundings"]
        texts.clear()
        asking(client)(page)
        assert len(texts) <= 60


def _calls(store: CountingStore, answer: dict[str, object]) -> list[str]:
    assert "errors" not in answer
    calls = [name for name in store.calls if name != "write"]
    store.calls.clear()
    return calls
