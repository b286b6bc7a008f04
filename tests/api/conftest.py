"""A real server on a real store: what a test asks goes over HTTP."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from api import ApiSettings, Ingest, create_app
from graph.assemble import assemble
from graph.neo4j import open_neo4j
from graph.report import IngestReport
from graph.sqlite import open_sqlite
from graph.store import Store
from schema.records import ExtractionRecord
from tests.api.graphs import EXTRACTOR, many_papers, small_graph
from tests.api.rich import rich_papers
from tests.neo4j_server.server import empty

Ask = Callable[..., dict[str, Any]]
WIDE = ApiSettings(
    max_depth=100,
    max_aliases=10_000,
    max_cost=1_000_000,
    max_query_length=1_000_000,
    max_tokens=100_000,
    max_root_fields=1_000,
)


class CountingStore:
    """A store that notes which of its verbs were called, in order."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._store, name)
        if name == "limited":
            return verb

        def call(*args: Any, **options: Any) -> Any:
            self.calls.append(name)
            return verb(*args, **options)

        return call


@contextmanager
def serving(store: Store, *, ingest: Ingest | None = None, settings: ApiSettings | None = None) -> Iterator[httpx.Client]:
    """Yield a client of a server of this store."""
    app = create_app(store, ingest=ingest or ingest_into(store), settings=settings)
    listener = socket.create_server(("127.0.0.1", 0))
    # Clients give up an idle connection after 5 s; were the server to do so then too, a request might meet a closed one.
    config = uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1, timeout_keep_alive=60)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=30) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def ingest_into(store: Store) -> Ingest:
    """Return an ingest function that reads nothing in a paper but that it is there."""

    def ingest(papers: Any) -> IngestReport:
        written = store.write([assemble(ExtractionRecord(paper=paper, extractor=EXTRACTOR)) for paper in papers])
        return IngestReport(read=len(papers), written=written.written, unchanged=written.unchanged, dropped={"no_claim": 1})

    return ingest


def asking(client: httpx.Client) -> Ask:
    """Return a function that sends a query with its variables, and returns the body of the response."""

    def ask(query: str, **variables: Any) -> dict[str, Any]:
        response = client.post("/graphql", json={"query": query, "variables": variables})
        body: dict[str, Any] = response.json()
        return body

    return ask


@pytest.fixture
def small(sqlite_store: Store) -> Store:
    """A store of the small graph, that may be changed."""
    sqlite_store.write(small_graph())
    return sqlite_store


@pytest.fixture
def counted(small: Store) -> CountingStore:
    """The store, counting."""
    return CountingStore(small)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server of the small graph in SQLite, that tests only read."""
    with _open_sqlite(tmp_path_factory) as opened:
        opened.write(small_graph())
        with serving(opened) as served:
            yield served


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the small graph, in each store in turn; tests only read it."""
    on_neo4j = request.param == "neo4j"
    with _open_neo4j(request) if on_neo4j else _open_sqlite(tmp_path_factory) as opened:
        opened.write(small_graph())
        with serving(opened) as served:
            yield asking(served)


@pytest.fixture(scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """Clients of two servers with wide limits, of the same rich graph in SQLite and in Neo4j."""
    papers = [*small_graph(), *many_papers(6), *rich_papers()]
    with ExitStack() as stack:
        clients = []
        for store in (stack.enter_context(_open_sqlite(tmp_path_factory)), stack.enter_context(_open_neo4j(request))):
            store.write(papers)
            clients.append(stack.enter_context(serving(store, settings=WIDE)))
        yield clients[0], clients[1]


def answer(client: httpx.Client, query: str, **variables: Any) -> tuple[Any, Any]:
    """Return the data, and where each error is with its code; names that a store suggests are left out."""
    headers = {"accept": "text/event-stream" if query.startswith("subscription") else "application/json"}
    response = client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    events = response.text.startswith("event")
    body = json.loads(response.text.partition("data: ")[2].partition("\n")[0]) if events else response.json()
    errors = [(error.get("path"), error["extensions"]["code"]) for error in body.get("errors", ())]
    assert "INTERNAL_SERVER_ERROR" not in [code for _, code in errors], body
    return body.get("data"), errors


@contextmanager
def _open_sqlite(folders: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(open_sqlite(str(folders.mktemp("api") / "graph.db"))) as opened:
        yield opened


@contextmanager
def _open_neo4j(request: pytest.FixtureRequest) -> Iterator[Store]:
    server = request.getfixturevalue("running_neo4j")
    empty(server)
    with closing(open_neo4j(server.uri, user=server.user, password=server.password)) as opened:
        yield opened
