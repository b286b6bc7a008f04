"""What can be watched, over sockets and as events; with the clients that front ends use, in the tests that take long."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from api import ApiSettings, Role, new_key
from graph.report import IngestReport
from graph.store import Store
from tests.api.clients import installed
from tests.api.conftest import asking, ingest_into, serving
from tests.api.graphs import many_papers, small_graph

PROGRESS = "subscription($id: ID!) { ingestProgress(job: $id) { fraction job { state read total } } }"
CLAIMS = "subscription($on: String!) { claimAdded(dataset: $on) { quote winner { name } paper { title } } }"
BEGIN = "mutation($papers: [PaperInput!]!) { ingest(papers: $papers, background: true) { job { id } } }"
OAKS = [{"title": f"Oak {place}", "abstract": "", "id": f"oak-{place}"} for place in range(45)]
QUICK = ApiSettings(poll_seconds=0.02)
KEY, TOKEN = new_key("reader", Role.READ)
ADMIN, ADMINS = new_key("admin", Role.ADMIN)
WHOLE = [(0.0, "RUNNING"), (20 / 45, "RUNNING"), (40 / 45, "RUNNING"), (1.0, "RUNNING"), (1.0, "DONE")]


class Steps:
    """An ingest function that reads a chunk each time it may."""

    def __init__(self, store: Store) -> None:
        self._ingest, self.may = ingest_into(store), threading.Semaphore(0)

    def __call__(self, papers: Any) -> IngestReport:
        self.may.acquire(timeout=20)
        return self._ingest(papers)


def over_events(client: httpx.Client, query: str, **variables: Any) -> Iterator[Any]:
    """Yield what comes of a subscription as server-sent events."""
    body = {"query": query, "variables": variables}
    with client.stream("POST", "/graphql", json=body, headers={"accept": "text/event-stream"}) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in response.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: ") and name == "next":
                yield json.loads(line.removeprefix("data: "))
            elif name == "complete":
                return


def over_socket(client: httpx.Client, query: str, *, token: str | None = None, **variables: Any) -> Iterator[Any]:
    """Yield what comes of a subscription over graphql-transport-ws."""
    with connect(f"ws://{client.base_url.netloc.decode()}/graphql", subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]
        payload = {"Authorization": f"Bearer {token}"} if token else {}
        socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        assert json.loads(socket.recv(20))["type"] == "connection_ack"
        body = {"query": query, "variables": variables}
        socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": body}))
        while (message := json.loads(socket.recv(20)))["type"] != "complete":
            assert message["id"] == "1"
            yield message["payload"] if message["type"] == "next" else {"errors": message["payload"]}
            if message["type"] == "error":
                return


WAYS = pytest.mark.parametrize("watch", [over_events, over_socket])


def reading(results: Iterator[Any]) -> "queue.SimpleQueue[Any]":
    """Return a queue that a thread fills with the results, and at the end with None."""
    found: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def read() -> None:
        # The server may end before what it is watched for does.
        with suppress(httpx.HTTPError, ConnectionClosed):
            for result in results:
                found.put(result)
        found.put(None)

    threading.Thread(target=read, daemon=True).start()
    return found


@WAYS
def test_progress_is_told_until_the_end(store: Store, watch: Callable[..., Iterator[Any]]) -> None:
    ingest = Steps(store)
    with serving(store, ingest=ingest, settings=QUICK) as client:
        job = asking(client)(BEGIN, papers=OAKS)["data"]["ingest"]["job"]["id"]
        found = reading(watch(client, PROGRESS, id=job))
        seen = []
        while (result := found.get(timeout=20)) is not None:
            told = result["data"]["ingestProgress"]
            if told["job"]["state"] != "QUEUED" and (not seen or seen[-1] != (told["fraction"], told["job"]["state"])):
                seen.append((told["fraction"], told["job"]["state"]))
            ingest.may.release()
    # How many steps are seen depends on the moment of asking; their order and their end do not.
    assert seen == [step for step in WHOLE if step in seen]
    assert seen[-1] == (1.0, "DONE")
    assert len(seen) >= 3


@WAYS
def test_an_ended_job_is_told_once(small: Store, watch: Callable[..., Iterator[Any]]) -> None:
    with serving(small, settings=QUICK) as client:
        query = "mutation($papers: [PaperInput!]!) { ingest(papers: $papers) { job { id } } }"
        job = asking(client)(query, papers=OAKS[:1])["data"]["ingest"]["job"]["id"]
        found = list(watch(client, PROGRESS, id=job))
    assert [result["data"]["ingestProgress"]["job"]["state"] for result in found] == ["DONE"]


@WAYS
def test_claims_are_told_once_they_are_there(store: Store, watch: Callable[..., Iterator[Any]]) -> None:
    store.write([*many_papers(2)])
    with serving(store, settings=QUICK) as client:
        found = reading(watch(client, CLAIMS, on="math"))
        time.sleep(1.0)
        store.write([*many_papers(1, start=5)])
        first = found.get(timeout=20)
        store.delete(["tests:elm-0"])
        store.write([*many_papers(1, start=6), *many_papers(1, start=1)])
        second = found.get(timeout=20)
        time.sleep(0.2)
        assert found.empty()
    told = {"quote": "Elm5 outperforms Alder", "winner": {"name": "Elm5"}, "paper": {"title": "Elm5: Better Proofs"}}
    assert first == {"data": {"claimAdded": told}}
    assert second["data"]["claimAdded"]["quote"] == "Elm6 outperforms Alder"


ERRORS = [
    ('subscription { ingestProgress(job: "none") { fraction } }', "NOT_FOUND"),
    ('subscription { claimAdded(dataset: "MTAH") { quote } }', "NOT_FOUND"),
    ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
    (
        'subscription { a: claimAdded(dataset: "MATH") { quote } b: claimAdded(dataset: "MATH") { quote } }',
        "GRAPHQL_VALIDATION_FAILED",
    ),
    (
        'subscription { claimAdded(dataset: "MATH") { ' + "paper { claims { " * 6 + "quote" + " } }" * 6 + " } }",
        "GRAPHQL_VALIDATION_FAILED",
    ),
]


@WAYS
@pytest.mark.parametrize(("query", "code"), ERRORS)
def test_errors_end_a_subscription(client: httpx.Client, watch: Callable[..., Iterator[Any]], query: str, code: str) -> None:
    (result,) = watch(client, query)
    assert [error["extensions"]["code"] for error in result["errors"]] == [code]


@WAYS
def test_queries_may_come_the_same_way(client: httpx.Client, watch: Callable[..., Iterator[Any]]) -> None:
    assert list(watch(client, "{ stats { papers } }")) == [{"data": {"stats": {"papers": 3}}}]


def test_plain_http_says_how_to_watch(client: httpx.Client) -> None:
    (error,) = asking(client)(CLAIMS, on="MATH")["errors"]
    assert (error["extensions"]["code"], "WebSocket" in error["message"]) == ("OPERATION_RESOLUTION_FAILURE", True)


def test_a_get_may_watch_and_not_change(client: httpx.Client) -> None:
    for query, expected in (
        ("{ stats { papers } }", '{"data":{"stats":{"papers":3}}}'),
        ('mutation { deletePaper(id: "x") { id } }', "OPERATION_RESOLUTION_FAILURE"),
    ):
        response = client.get("/graphql", params={"query": query}, headers={"accept": "text/event-stream"})
        assert expected in response.text
        assert response.text.endswith("event: complete\ndata:\n\n")


def test_sockets_of_other_sites_and_protocols_are_refused(client: httpx.Client) -> None:
    address = f"ws://{client.base_url.netloc.decode()}/graphql"
    with pytest.raises(InvalidStatus), connect(address, subprotocols=["graphql-transport-ws"], origin="https://other.example"):  # type: ignore[list-item,arg-type]
        pass
    with connect(address, subprotocols=["graphql-ws"]) as socket, pytest.raises(ConnectionClosed):  # type: ignore[list-item]
        socket.recv(20)


def test_a_socket_needs_a_key_where_reading_does(small: Store) -> None:
    with serving(small, settings=ApiSettings(read="keys", write="keys", keys=(KEY,))) as client:
        assert list(over_socket(client, "{ stats { papers } }", token=TOKEN)) == [{"data": {"stats": {"papers": 3}}}]
        for wrong in (None, "sota_reader_" + "0" * 40):
            with pytest.raises(ConnectionClosed):
                list(over_socket(client, "{ stats { papers } }", token=wrong))
        response = client.post("/graphql", json={"query": CLAIMS}, headers={"accept": "text/event-stream"})
        assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


def _watched(
    client: httpx.Client, kind: str, query: str, count: int, token: str = "", **variables: Any
) -> subprocess.Popen[str]:
    script = installed() / "watch.mjs"
    url = f"{client.base_url}/graphql".replace("//graphql", "/graphql")
    command = ["node", str(script), kind, url, query, json.dumps(variables), token, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _wait_until_watched(client: httpx.Client) -> None:
    end = time.monotonic() + 60
    while "sotagraph_subscriptions 1.0" not in client.get("/metrics", headers={"authorization": f"Bearer {ADMINS}"}).text:
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["ws", "sse"])
def test_npm_clients(store: Store, kind: str) -> None:
    store.write(small_graph())
    settings = ApiSettings(read="keys", write="keys", keys=(KEY, ADMIN), poll_seconds=0.02)
    with serving(store, settings=settings) as client:
        with _watched(client, kind, CLAIMS, 2, TOKEN, on="MATH") as node:
            assert node.stdout
            _wait_until_watched(client)
            store.write([*many_papers(2)])
            lines = [json.loads(line) for line in node.stdout]
        assert [line["data"]["claimAdded"]["winner"]["name"] for line in lines[:-1]] == ["Elm0", "Elm1"]
        assert lines[-1] == "complete"
        with _watched(client, kind, "{ stats { papers } }", 1, TOKEN) as node:
            assert json.loads(node.communicate(timeout=60)[0].splitlines()[0]) == {"data": {"stats": {"papers": 5}}}
        with _watched(client, kind, "subscription { nothing }", 1, TOKEN) as node:
            assert "errors" in json.loads(node.communicate(timeout=60)[0].splitlines()[0])
        with _watched(client, kind, "{ stats { papers } }", 1) as node:
            assert "closed" in json.loads(node.communicate(timeout=60)[0].splitlines()[0])
