"""A page of another site reaches nothing here, whatever its name resolves to."""

import socket
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from api import ApiSettings
from graph.sqlite import open_sqlite
from graph.store import Store
from sotagraph.serve import api_settings
from sotagraph.settings import Settings
from tests.api.conftest import serving
from tests.api.graphs import small_graph

DELETE = {"query": 'mutation { deletePaper(id: "tests:b-1") { id } }'}
STATS = {"query": "{ stats { papers } }"}


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server with the settings that `serve` chooses on this machine's own address."""
    store = open_sqlite(str(tmp_path_factory.mktemp("hosts") / "graph.db"))
    store.write(small_graph())
    with serving(store, settings=api_settings(Settings(), "127.0.0.1")) as client:
        yield client
    store.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:8000", "[::1]:8000", "127.0.0.1:1"])
def test_its_own_names_are_served(local: httpx.Client, host: str) -> None:
    assert local.post("/graphql", json=STATS, headers={"host": host}).json() == {"data": {"stats": {"papers": 3}}}


@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:8000", "localhost.rebound.example", "127.0.0.2", "", "[", "::1"]
)
@pytest.mark.parametrize("path", ["/graphql", "/", "/metrics", "/readyz"])
def test_other_names_are_not(local: httpx.Client, host: str, path: str) -> None:
    # A rebound page is of one origin with its server, as its browser sees it.
    headers = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    for method in ("GET", "POST"):
        response = local.request(method, path, json=DELETE, headers=headers)
        assert response.status_code == 421
        assert "SOTAGRAPH_ALLOWED_HOSTS" in response.json()["errors"][0]["message"]
        assert "x-request-id" in response.headers
    assert local.post("/graphql", json=STATS).json() == {"data": {"stats": {"papers": 3}}}


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://{host}", 200),
        ("https://{host}", 200),
        ("http://127.0.0.1:1", 403),
        ("https://other.example", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_pages_of_other_origins_ask_in_vain(local: httpx.Client, origin: str | None, status: int) -> None:
    headers = {} if origin is None else {"origin": origin.format(host=local.base_url.netloc.decode())}
    response = local.post("/graphql", json=STATS, headers=headers)
    assert response.status_code == status
    if status == 403:
        assert response.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_listed_origins_may_ask(small: Store) -> None:
    for listed in ("https://ours.example", "*"):
        with serving(small, settings=ApiSettings(cors_origins=(listed,))) as client:
            asked = client.post("/graphql", json=STATS, headers={"origin": "https://ours.example"})
            assert (asked.status_code, asked.json()) == (200, {"data": {"stats": {"papers": 3}}})


@pytest.mark.parametrize(
    ("name", "origin", "status"),
    [
        ("127.0.0.1", None, 101),
        ("127.0.0.1", "http://127.0.0.1", 101),
        ("rebound.example", "http://rebound.example", 403),
        ("127.0.0.1", "https://other.example", 403),
    ],
)
def test_sockets_are_checked_too(local: httpx.Client, name: str, origin: Any, status: int) -> None:
    protocols: Any = ["graphql-transport-ws"]
    reached = socket.create_connection((local.base_url.host, local.base_url.port or 80))
    with (
        nullcontext() if status == 101 else pytest.raises(InvalidStatus, match=str(status)),
        connect(f"ws://{name}/graphql", sock=reached, subprotocols=protocols, origin=origin),
    ):
        pass


@pytest.mark.parametrize(
    ("given", "host", "allowed"),
    [
        ((), "127.0.0.1", {"localhost", "127.0.0.1", "::1"}),
        ((), "127.0.0.7", {"localhost", "127.0.0.1", "::1", "127.0.0.7"}),
        ((), "0.0.0.0", set()),
        ((), "api.example", set()),
        (("api.example",), "127.0.0.1", {"api.example"}),
        (("api.example",), "0.0.0.0", {"api.example"}),
    ],
)
def test_which_names_serve_chooses(given: tuple[str, ...], host: str, allowed: set[str]) -> None:
    assert set(api_settings(Settings(allowed_hosts=given), host).allowed_hosts) == allowed


def test_switches_reach_the_api(tmp_path: Path) -> None:
    given = Settings(graphiql=False, introspection=False, suggestions=True, statuses="draft", max_cost=7, query_seconds=0.5)
    chosen = api_settings(given, "127.0.0.1")
    for name in ("graphiql", "introspection", "suggestions", "statuses", "max_cost", "query_seconds"):
        assert getattr(chosen, name) == getattr(given, name)
    assert ApiSettings().max_cost == Settings().max_cost
    assert ApiSettings().query_seconds == Settings().query_seconds
