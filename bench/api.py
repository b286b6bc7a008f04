"""How fast the API answers: typical operations on both stores, beside a bare FastAPI route that returns the same JSON.

Every server is a process of its own and answers in turn, in the same run, so that the last column means something on any
machine; the times want one that has nothing else to do. Run: python -m bench.api [--papers N] [--seconds S] [--store sqlite]
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.synthetic import papers
from graph.neo4j import open_neo4j
from graph.sqlite import open_sqlite
from graph.store import Store
from tests.neo4j_server.server import neo4j_server

CACHE = Path(__file__).parents[1] / "build" / "neo4j"

OPERATIONS = {
    "counts": "{ stats { papers claims } }",
    "one paper": '{ node(id: "local:p7") { ... on Paper { title claims { quote winner { name } loser { name } } } } }',
    "20 papers, their results": "{ papers(sort: [{ year: DESC }]) { nodes { title results { raw subject { name } } } } }",
    "100 results": "{ results(first: 100, sort: [{ value: DESC }]) { nodes { raw subject { name } dataset { name } } } }",
    "leaderboard": '{ leaderboard(dataset: "Bench-1") { groups { rows(first: 10) { nodes { rank system { name } '
    "result { raw } } } } } }",
    "compare": '{ compare(a: "Model-1", b: "Model-2") { benchmarks { dataset { name } verdict reason } } }',
    "search": '{ search(text: "solving") { nodes { id name } } }',
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each operation on each server, in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--store", choices=["sqlite", "neo4j"], nargs="+", default=["sqlite", "neo4j"])
    options = parser.parse_args()
    sys.stdout.write("| operation | server | requests/s | p50, ms | p99, ms | of bare |\n|---|---|---|---|---|---|\n")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = {name: stack.enter_context(_filled(name, folder, options.papers)) for name in options.store}
        ports = {name: stack.enter_context(_sotagraph(address)) for name, address in addresses.items()}
        answers = folder / "answers.json"
        answers.write_text(json.dumps({name: _once(next(iter(ports.values())), query) for name, query in OPERATIONS.items()}))
        ports["bare"] = stack.enter_context(_listening([sys.executable, "-m", "bench.bare_api", str(answers)], {}))
        for name, query in OPERATIONS.items():
            paths = {server: f"/bare/{name.replace(' ', '%20')}" if server == "bare" else "/graphql" for server in ports}
            times: dict[str, list[list[float]]] = {server: [] for server in ports}
            for _ in range(options.rounds):
                for server, port in ports.items():
                    times[server].append(asyncio.run(_load(port, paths[server], query, options.clients, options.seconds)))
            _write_rows(name, times, options.seconds)


def _write_rows(operation: str, times: dict[str, list[list[float]]], seconds: float) -> None:
    rates = {server: [len(found) / seconds for found in rounds] for server, rounds in times.items()}
    for server, rounds in times.items():
        every = [one * 1000 for found in rounds for one in found]
        ratio = median(ours / bare for ours, bare in zip(rates[server], rates["bare"], strict=True))
        sys.stdout.write(
            f"| {operation} | {server} | {median(rates[server]):,.0f} | {median(every):.1f}"
            f" | {quantiles(every, n=100)[98]:.1f} | {ratio:.0%} |\n"
        )


@contextmanager
def _filled(name: str, folder: Path, count: int) -> Iterator[str]:
    """Give the address of a store with so many papers."""
    if name == "sqlite":
        _fill(open_sqlite(str(folder / "graph.db")), count)
        yield f"sqlite:///{folder / 'graph.db'}"
        return
    with neo4j_server(CACHE) as server:
        _fill(open_neo4j(server.uri, user=server.user, password=server.password), count)
        yield server.uri.replace("://", f"://{server.user}:{server.password}@")


def _fill(store: Store, count: int) -> None:
    with closing(store):
        made = papers(count)
        while batch := list(islice(made, 200)):
            store.write(batch)


def _sotagraph(address: str) -> Any:
    return _listening([sys.executable, "-m", "sotagraph", "serve", "--port", "0"], {"SOTAGRAPH_STORE": address})


@contextmanager
def _listening(command: Sequence[str], settings: dict[str, str]) -> Iterator[int]:
    """Give the port of a server that says its address on stderr."""
    with subprocess.Popen(command, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True) as server:
        try:
            lines = server.stderr or ()
            yield int(next(found[1] for line in lines if (found := re.search(r"http://127\.0\.0\.1:(\d+)", line))))
        finally:
            server.terminate()


def _once(port: int, query: str) -> Any:
    answer: list[bytes] = []
    asyncio.run(_load(port, "/graphql", query, 1, 0, answer))
    found = json.loads(answer[0])
    if "errors" in found:
        raise SystemExit(f"{query} can't be answered: {found['errors'][0]['message']}")
    return found


async def _load(
    port: int, path: str, query: str, clients: int, seconds: float, answers: list[bytes] | None = None
) -> list[float]:
    """Return the seconds of each request that so many clients sent one after the other, in this time; at least one each."""
    body = json.dumps({"query": query}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    end, times = time.perf_counter() + seconds, []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        more = True
        while more:
            start = time.perf_counter()
            writer.write(f"{head}\r\n\r\n".encode() + body)
            length = re.search(rb"content-length: (\d+)", await reader.readuntil(b"\r\n\r\n"))
            answer = await reader.readexactly(int(length[1]) if length else 0)
            times.append(time.perf_counter() - start)
            if answers is not None:
                answers.append(answer)
            more = time.perf_counter() < end
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return times


if __name__ == "__main__":
    main()
