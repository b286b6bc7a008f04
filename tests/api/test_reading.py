"""A question may only read: were one of its statements to write, the store would refuse it."""

from typing import Any

import neo4j
import pytest

from graph.sqlite import SqliteStore
from graph.store import Store
from tests.api.conftest import asking, serving
from tests.api.graphs import small_graph

WRITES = {
    "sqlite": ["DELETE FROM papers", "UPDATE papers SET title = ''", "CREATE TABLE t (a)"],
    "neo4j": ["MATCH (p:Paper) DETACH DELETE p", "MERGE (:Paper {id: 'x'})", "CREATE INDEX i FOR (p:Paper) ON (p.x)"],
}
REFUSED = {"sqlite": "attempt to write a readonly database", "neo4j": "AccessMode"}


@pytest.mark.parametrize("kind", ["sqlite", "neo4j"])
def test_a_question_can_not_write(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    store: Store = request.getfixturevalue(f"{kind}_store")
    store.write(small_graph())
    before = list(store.dump())
    run_by: Any = SqliteStore if kind == "sqlite" else neo4j.ManagedTransaction
    name = "_run" if kind == "sqlite" else "run"
    run = getattr(run_by, name)
    with serving(store) as client:
        # Each thread's connection is to be one that has written, and one that has not.
        assert asking(client)('mutation { deletePaper(id: "nothing:1") { __typename } }')["data"]
        for statement in WRITES[kind]:
            with monkeypatch.context() as patched:
                patched.setattr(run_by, name, lambda self, _text, *_params, instead=statement: run(self, instead))
                refused = asking(client)("{ stats { papers } }")
            assert [error["extensions"]["code"] for error in refused["errors"]] == ["INTERNAL_SERVER_ERROR"]
            assert REFUSED[kind] in caplog.text, statement
            caplog.clear()
        assert asking(client)("{ stats { papers } }") == {"data": {"stats": {"papers": 3}}}
    assert list(store.dump()) == before
