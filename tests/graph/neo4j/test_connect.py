"""When Neo4j can't be used, one sentence says why and what to do, soon, and without the password."""

import socket
import time
from collections.abc import Iterator

import pytest
from neo4j import GraphDatabase

from graph.neo4j import open_neo4j
from graph.neo4j.connect import host
from graph.store import Store, StoreError
from tests.neo4j_server.server import Neo4jServer

SECRET = "s3cret-of-nobody"


def test_down() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.monotonic()
    with pytest.raises(StoreError, match=f"127.0.0.1:{port}: no Neo4j answers there. Start it") as caught:
        open_neo4j(f"bolt://127.0.0.1:{port}", user="neo4j", password=SECRET)
    assert time.monotonic() - started < 10
    assert SECRET not in str(caught.value)


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that takes connections and never says anything."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_server_that_never_answers(silent: int) -> None:
    started = time.monotonic()
    with pytest.raises(StoreError, match="no Neo4j answers there"):
        open_neo4j(f"bolt://127.0.0.1:{silent}", user="neo4j", password=SECRET)
    assert time.monotonic() - started < 30


def test_wrong_password(running_neo4j: Neo4jServer) -> None:
    with pytest.raises(StoreError, match="user 'neo4j' or its password is wrong") as caught:
        open_neo4j(running_neo4j.uri, user="neo4j", password=SECRET)
    assert SECRET not in str(caught.value)
    assert host(running_neo4j.uri) in str(caught.value)


def test_wrong_database(running_neo4j: Neo4jServer) -> None:
    with pytest.raises(StoreError, match="there is no database 'other'"):
        open_neo4j(running_neo4j.uri, user=running_neo4j.user, password=running_neo4j.password, database="other")


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "bolt://", "bolt://127.0.0.1:notaport", "127.0.0.1:7687"])
def test_an_address_that_is_none(uri: str) -> None:
    with pytest.raises(StoreError, match="no address of a Neo4j"):
        open_neo4j(uri, user="neo4j", password=SECRET)


def test_the_user_in_an_address_is_never_shown() -> None:
    assert host(f"bolt://me:{SECRET}@db.example:7700") == "db.example:7700"


def test_a_closed_store_says_so(neo4j_store: Store) -> None:
    neo4j_store.close()
    neo4j_store.close()
    with pytest.raises(StoreError, match="closed"):
        neo4j_store.stats()


def test_a_dropped_connection_is_made_again(neo4j_store: Store, running_neo4j: Neo4jServer) -> None:
    before = neo4j_store.stats()
    with GraphDatabase.driver(running_neo4j.uri, auth=(running_neo4j.user, running_neo4j.password)) as driver:
        rows = driver.execute_query("CALL dbms.listConnections() YIELD connectionId, userAgent").records
        for row in rows:
            if row["userAgent"].startswith("sotagraph"):
                driver.execute_query("CALL dbms.killConnection($id)", id=row["connectionId"])
    assert neo4j_store.stats() == before
