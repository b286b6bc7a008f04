"""The fixtures that give tests a Neo4j; tests/conftest.py imports them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.neo4j_server.server import Neo4jServer, empty, neo4j_server

CACHE = Path(os.environ.get("SOTAGRAPH_NEO4J_CACHE", Path(__file__).parents[2] / "build" / "neo4j"))


@pytest.fixture(scope="session")
def running_neo4j() -> Iterator[Neo4jServer]:
    """One server for the whole run."""
    with neo4j_server(CACHE) as server:
        yield server


@pytest.fixture
def empty_neo4j(running_neo4j: Neo4jServer) -> Neo4jServer:
    """The server with an empty graph."""
    empty(running_neo4j)
    return running_neo4j
