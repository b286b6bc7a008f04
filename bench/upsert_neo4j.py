"""The Neo4j side of bench/upsert.py: a real server of its own, and the bare statements played through a bare driver session."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import neo4j

from graph.facts import Facts
from graph.neo4j import open_neo4j, transact
from tests.neo4j_server.server import Neo4jServer, empty, neo4j_server

CACHE = Path(__file__).parents[1] / "build" / "neo4j"

Tape = list[list[tuple[str, dict[str, Any]]]]


def measure(
    batches: list[list[Facts]], runs: int, timed: Callable[[Callable[[], None]], float]
) -> tuple[list[float], list[float]]:
    """Return the seconds of each run of `store.write` and of the bare statements, in turn on one warm server."""
    ours, bare = [], []
    with neo4j_server(CACHE) as server:
        tape = _record(server, batches)
        driver = neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password))
        for _ in range(runs):
            empty(server)
            ours.append(timed(lambda: _write_all(server, batches)))
            empty(server)
            open_neo4j(server.uri, user=server.user, password=server.password).close()
            bare.append(timed(lambda: _play(driver, tape)))
        driver.close()
    return ours, bare


def _write_all(server: Neo4jServer, batches: list[list[Facts]]) -> None:
    store = open_neo4j(server.uri, user=server.user, password=server.password)
    for batch in batches:
        store.write(batch)
    store.close()


def _record(server: Neo4jServer, batches: list[list[Facts]]) -> Tape:
    tape: Tape = []
    apply = transact.apply

    def recording(run: Any, *args: Any) -> None:
        notes: list[tuple[str, dict[str, Any]]] = []
        tape.append(notes)

        def noted(statement: str, **params: Any) -> Any:
            notes.append((statement, params))
            return run(statement, **params)

        apply(noted, *args)

    empty(server)
    transact.apply = recording
    try:
        _write_all(server, batches)
    finally:
        transact.apply = apply
    if not any(tape):
        raise SystemExit("no statement was recorded, so there is nothing to compare with: where is `apply` called now?")
    return tape


def _play(driver: neo4j.Driver, tape: Tape) -> None:
    with driver.session() as session:
        for batch in tape:
            with session.begin_transaction() as tx:
                for statement, params in batch:
                    tx.run(statement, params).consume()
                tx.commit()
