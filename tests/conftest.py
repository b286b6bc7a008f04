"""Fixtures that tests of every folder share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.neo4j import open_neo4j
from graph.sqlite import open_sqlite
from graph.store import Store
from tests.neo4j_server.server import Neo4jServer

pytest_plugins = ["tests.neo4j_server.fixtures"]

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of whoever runs it."""
    for name in [name for name in os.environ if name.startswith("SOTAGRAPH_") and "TEST" not in name and "CACHE" not in name]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real papers that the project does not hold; tests that need it are skipped without it."""
    folder = Path(os.environ.get("SOTAGRAPH_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}; set SOTAGRAPH_TEST_DATA")
    return folder


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    store = open_sqlite(str(tmp_path / "graph.db"))
    yield store
    store.close()


@pytest.fixture
def neo4j_store(empty_neo4j: Neo4jServer) -> Iterator[Store]:
    store = open_neo4j(empty_neo4j.uri, user=empty_neo4j.user, password=empty_neo4j.password)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each store in turn, empty."""
    chosen: Store = request.getfixturevalue(f"{request.param}_store")
    return chosen
