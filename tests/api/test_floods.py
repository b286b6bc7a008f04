"""A thousand clients at once, and a flood of queries that are refused: no error of ours, and memory stays flat."""

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median

import pytest

from tests.api.graphs import many_papers, small_graph
from tests.api.rich import rich_papers
from tests.neo4j_server.server import Neo4jServer

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1_000),
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc"),
]

CLIENTS, SECONDS, WARM_SECONDS = 1_000, 60, 20
# A leak of 1 kB for each request would show as several times this.
MOST_MB = 24
ASKED = [
    ("{ stats { papers claims } }", {}),
    ("query($n: Int!) { papers(first: $n, sort: [{ year: DESC }]) { nodes { title results { raw } } } }", {"n": 5}),
    ('{ leaderboard(dataset: "MATH") { groups { metric { name } rows(first: 5) { nodes { rank result { raw } } } } } }', {}),
    ('{ beats(loser: "Alder", first: 5) { nodes { winner { name } evidence { quote } } } }', {}),
]


@contextmanager
def served(store: str, log: Path) -> Iterator[tuple[int, int]]:
    """Yield the port and the process id of `sotagraph serve` on a store; what it says goes to a log."""
    command = [sys.executable, "-m", "sotagraph", "serve", "--port", "0"]
    # A pipe that nobody reads would stop the server once it is full.
    with log.open("wb") as said, subprocess.Popen(command, env={**os.environ, "SOTAGRAPH_STORE": store}, stderr=said) as server:
        try:
            while not (told := re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text(encoding="utf-8"))):
                assert server.poll() is None, log.read_text(encoding="utf-8")
                time.sleep(0.05)
            yield int(told[1]), server.pid
        finally:
            server.terminate()


@pytest.fixture(params=["sqlite", "neo4j"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """The port and process id of a server in a process of its own, on each store in turn."""
    store = request.getfixturevalue(f"{request.param}_store")
    store.write([*small_graph(), *many_papers(60), *rich_papers()])
    address = f"sqlite:///{tmp_path / 'graph.db'}"
    if request.param == "neo4j":
        neo4j: Neo4jServer = request.getfixturevalue("running_neo4j")
        address = neo4j.uri.replace("://", f"://{neo4j.user}:{neo4j.password}@")
    with served(address, tmp_path / "server.log") as found:
        yield found


def memory_mb(process: int) -> float:
    """Return how much of the machine's memory a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


async def client(port: int, bodies: AsyncIterator[bytes], seen: Callable[[int, bytes], None]) -> None:
    """Send one body after the other over one connection, and tell the status and body of each response."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: "
    try:
        async for body in bodies:
            writer.write(f"{head}{len(body)}\r\n\r\n".encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", answer)
            assert length, answer
            seen(int(answer.split(b" ", 2)[1]), await reader.readexactly(int(length[1])))
    finally:
        writer.close()


def test_a_thousand_clients_for_a_minute(server: tuple[int, int]) -> None:
    port, process = server
    bodies = [json.dumps({"query": query, "variables": variables}).encode() for query, variables in ASKED]
    sizes: list[tuple[float, float]] = []
    wrong: list[tuple[int, bytes]] = []
    answered = 0

    def seen(status: int, answer: bytes) -> None:
        nonlocal answered
        answered += 1
        if status != 200 or b'"errors"' in answer:
            wrong.append((status, answer))

    async def until(end: float, place: int) -> AsyncIterator[bytes]:
        while time.monotonic() < end:
            place += 1
            yield bodies[place % len(bodies)]

    async def measured(start: float, end: float) -> None:
        while (now := time.monotonic()) < end:
            sizes.append((now - start, memory_mb(process)))
            await asyncio.sleep(0.5)

    async def crowd() -> None:
        start = time.monotonic()
        end = start + SECONDS
        await asyncio.gather(measured(start, end), *(client(port, until(end, place), seen) for place in range(CLIENTS)))

    asyncio.run(crowd())
    assert wrong[:1] == []
    assert answered > CLIENTS
    early = median(size for at, size in sizes if WARM_SECONDS <= at < WARM_SECONDS + 10)
    late = median(size for at, size in sizes if at >= SECONDS - 10)
    assert late - early < MOST_MB, f"{early:.0f} MB, then {late:.0f} MB after {answered} answers"


def bad(place: int) -> bytes:
    """Return a body that is refused, and that no other place gives."""
    long = " ".join(f"a{place}_{turn}" for turn in range(600))
    query = (
        f"{{ a{place}",
        f"{{ nothing{place} }}",
        f"{{ {long} }}",
        f'{{ papers(after: "{place}") {{ totalCount }} }}',
        f'{{ entity(name: "nobody {place}") {{ id }} }}',
        f"{{ papers {{ nodes {{ nothing{place} }} }} }} #{'x' * 50_000}",
        "{ " + " ".join(f"b{place}_{turn}: __typename" for turn in range(40)) + " }",
    )[place % 8 - 1]
    if place % 8 == 0:
        return json.dumps({"documentId": f"none-{place}"}).encode()
    return json.dumps({"query": query, "operationName": None}).encode()


def test_a_flood_of_bad_queries(server: tuple[int, int]) -> None:
    port, process = server
    # By the first all caches are full; 1 kB kept of each query after that shows.
    first, whole, most_mb = 2_000, 5_000, 3
    places = count()
    accepted: list[bytes] = []

    def seen(_: int, answer: bytes) -> None:
        if b'"errors"' not in answer or b"INTERNAL" in answer:
            accepted.append(answer)

    async def up_to(end: int) -> AsyncIterator[bytes]:
        while (place := next(places)) < end:
            yield bad(place)

    async def flood(end: int) -> None:
        await asyncio.gather(*(client(port, up_to(end), seen) for _ in range(16)))

    asyncio.run(flood(first))
    early = memory_mb(process)
    asyncio.run(flood(whole))
    late = memory_mb(process)
    assert accepted[:1] == []
    assert late - early < most_mb, f"{early:.1f} MB, then {late:.1f} MB"
