"""How much the store's own work costs: `store.write` against the bare statements that it ends up running.

Both sides write the same papers into the same tables with the same indexes, full text and transaction size. The bare side
is handed its rows ready-made: it is the first run's statements and parameters, recorded and played again into an empty store.
Run: python -m bench.upsert [--papers N] [--store sqlite|neo4j]
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from bench.synthetic import papers
from graph.facts import Facts
from graph.sqlite import open_sqlite
from graph.sqlite import write as sqlite_write
from graph.sqlite.connect import connect

BATCH = 200


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--store", choices=["sqlite", "neo4j"], default="sqlite")
    options = parser.parse_args()
    batches = _batches(papers(options.papers))
    edges = sum(len(item.relationships) + len(item.beats) for batch in batches for item in batch)
    measure = _sqlite if options.store == "sqlite" else _neo4j
    ours, bare = measure(batches, options.runs)
    ratio = statistics.median(b / o for o, b in zip(ours, bare, strict=True))
    sys.stdout.write(
        f"| store | papers | relationships | store.write, s | bare statements, s | bare / ours |\n|---|---|---|---|---|---|\n"
        f"| {options.store} | {options.papers:,} | {edges:,} | {statistics.median(ours):.2f} | {statistics.median(bare):.2f}"
        f" | {ratio:.0%} |\n"
    )


def _batches(facts: Iterable[Facts]) -> list[list[Facts]]:
    facts = iter(facts)
    return list(iter(lambda: list(islice(facts, BATCH)), []))


def _sqlite(batches: list[list[Facts]], runs: int) -> tuple[list[float], list[float]]:
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        tape = _record_sqlite(batches, Path(folder) / "tape.db")
        for run in range(runs):
            ours.append(_timed(lambda: _write_all(str(Path(folder) / f"ours{run}.db"), batches)))  # noqa: B023
            bare.append(_timed(lambda: _play(str(Path(folder) / f"bare{run}.db"), tape)))  # noqa: B023
    return ours, bare


def _write_all(path: str, batches: list[list[Facts]]) -> None:
    store = open_sqlite(path)
    for batch in batches:
        store.write(batch)
    store.close()


class _Tape:
    """A connection that notes what it is asked to run."""

    def __init__(self, connection: Any, notes: list[tuple[str, list[Any]]]) -> None:
        self._connection, self._notes = connection, notes

    def executemany(self, statement: str, rows: Iterable[Any]) -> None:
        listed = list(rows)
        self._notes.append((statement, listed))
        self._connection.executemany(statement, listed)


def _record_sqlite(batches: list[list[Facts]], path: Path) -> list[list[tuple[str, list[Any]]]]:
    tape: list[list[tuple[str, list[Any]]]] = []
    apply = sqlite_write.apply

    def recording(connection: Any, change: Any) -> None:
        tape.append([])
        apply(_Tape(connection, tape[-1]), change)  # type: ignore[arg-type]

    import graph.sqlite.store as store_module

    store_module.apply = recording
    try:
        _write_all(str(path), batches)
    finally:
        store_module.apply = apply
    return tape


def _play(path: str, tape: list[list[tuple[str, list[Any]]]]) -> None:
    open_sqlite(path).close()  # the same tables, indexes and triggers
    connection = connect(path)
    connection.execute("PRAGMA synchronous = NORMAL")
    for batch in tape:
        connection.execute("BEGIN IMMEDIATE")
        for statement, rows in batch:
            connection.executemany(statement, rows)
        connection.execute("COMMIT")
    connection.close()


def _neo4j(batches: list[list[Facts]], runs: int) -> tuple[list[float], list[float]]:
    from bench.upsert_neo4j import measure

    return measure(batches, runs, _timed)


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"peak memory of this process, rows and all: {peak:.0f} MB\n")
