"""The port on SQLite. Each thread has a connection of its own; a write is one immediate transaction."""

import heapq
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from graph.change import last_of_each
from graph.facts import Facts
from graph.hits import snippet, tier
from graph.jobs import Job, from_text, to_text
from graph.names import ids_of, ranked
from graph.refold import refold
from graph.request import Request, resolve
from graph.rows import node_line, relationship_line
from graph.sqlite import read
from graph.sqlite.compile import TABLE, count_each, select, select_each
from graph.sqlite.connect import connect, explained, limit, prepare_for_writing, writing
from graph.sqlite.ledger import Ledger, meanings
from graph.sqlite.migrate import migrate
from graph.sqlite.read import node, relationship
from graph.sqlite.search import search_statements
from graph.sqlite.text import from_json, to_json
from graph.sqlite.write import apply
from graph.store import Around, Batch, Direction, Hit, NoGraph, Stats, Written, unobserved
from schema.decisions import END_OF_TIME, Decision, decision_from_json
from schema.identity import name_key
from schema.kinds import ENTITY_KINDS, NodeKind, RelationKind
from schema.nodes import EntityNode, Node, Relationship

_NODE_TABLES = ("claims", "entities", "papers", "results")
_MANY = 2**62


def open_sqlite(path: str, *, create: bool = True) -> "SqliteStore":
    """Return the store in a file, made or upgraded if need be; ":memory:" is a store for this thread alone.

    Raises StoreError for a file that can't be opened, isn't ours, or was made by a newer version, and NoGraph for one that
    would have to be made, if it may not.
    """
    if not create and not Path(path).exists():
        raise NoGraph(path)
    connection = connect(path)
    try:
        with explained(path):
            migrate(connection, path)
        prepare_for_writing(connection, path)
    except BaseException:
        connection.close()
        raise
    return SqliteStore(path, connection)


class SqliteStore:
    """See `graph.store.Store`."""

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self._path = path
        self._around: Around = unobserved
        self._local = threading.local()
        self._local.connection = connection
        self._connections = [connection]

    def write(self, facts: Sequence[Facts]) -> Written:
        latest = last_of_each(facts)
        with self._transaction() as ledger:
            digests = ledger.digests([item.paper.id for item in latest])
            new = {item.paper.id: item for item in latest if digests.get(item.paper.id) != item.digest}
            apply(ledger.connection, refold(ledger, new))
            written = Written(written=len(new), unchanged=len(latest) - len(new))
            self._journal("write", written.written, written.unchanged)
        return written

    def delete(self, papers: Sequence[str]) -> tuple[str, ...]:
        with self._transaction() as ledger:
            there = sorted(ledger.digests(papers))
            apply(ledger.connection, refold(ledger, dict.fromkeys(there)))
            self._journal("delete", len(there), 0)
        return tuple(there)

    def decide(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        with self._transaction() as ledger:
            change = refold(ledger, {}, decisions)
            apply(ledger.connection, change)
            self._journal("decide", len(change.papers), 0)
        return change.decisions

    def get(self, ids: Sequence[str]) -> Mapping[str, Node]:
        found: dict[str, Node] = {}
        for table in _NODE_TABLES:
            statement = f"SELECT * FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
            found.update((row["id"], node(table, row)) for row in self._run(statement, [_json(ids)]))
        if missing := [key for key in ids if key not in found]:
            rows = self._run(read.MERGED, [_json(missing)])
            found.update((row["asked"], node("entities", row)) for row in rows)
        return {key: found[key] for key in ids if key in found}

    def find(self, request: Request) -> tuple[Node, ...]:
        statement, params = select(resolve(request))
        return tuple(node(TABLE[request.kinds[0]], row) for row in self._run(statement, params))

    def count(self, request: Request) -> int:
        statement, params = select(resolve(replace(request, after=None)), "count(*)")
        return int(self._run(statement, params)[0][0])

    def find_each(self, request: Request, *, ends: Sequence[str], ids: Sequence[str]) -> Mapping[str, tuple[Node, ...]]:
        statement, params = select_each(resolve(request), ends)
        found: dict[str, list[Node]] = {key: [] for key in ids}
        for row in self._run(statement, [_json(found), *params]):
            found[row["owner"]].append(node(TABLE[request.kinds[0]], row))
        return {key: tuple(nodes) for key, nodes in found.items() if nodes}

    def count_each(self, request: Request, *, ends: Sequence[str], ids: Sequence[str]) -> Mapping[str, int]:
        statement, params = count_each(resolve(replace(request, after=None)), ends)
        return {row["owner"]: row["n"] for row in self._run(statement, [*params, _json(dict.fromkeys(ids))]) if row["n"]}

    def named(self, names: Sequence[str], kinds: Sequence[NodeKind] = ()) -> Mapping[str, tuple[EntityNode, ...]]:
        keys = _json([name_key(name) for name in names])
        ids = _json([key for name in names for key in ids_of(name, kinds)])
        statement = (
            "SELECT * FROM entities WHERE id IN (SELECT entity FROM names WHERE key IN (SELECT value FROM json_each(?)))"
            " OR id IN (SELECT value FROM json_each(?))"
        )
        found = [entity for row in self._run(statement, [keys, ids]) if isinstance(entity := node("entities", row), EntityNode)]
        return {name: ranked(name, found, kinds) for name in names}

    def edges(
        self,
        ids: Sequence[str],
        *,
        types: Sequence[RelationKind] = (),
        direction: Direction = Direction.BOTH,
        far: Sequence[NodeKind] = (),
        first: int | None = None,
        after: tuple[str, ...] | None = None,
    ) -> Mapping[str, tuple[Relationship, ...]]:
        statement = read.edges(direction, typed=bool(types), far=far)
        found: dict[str, list[Relationship]] = {key: [] for key in ids}
        params = [_json(found), _json(types), _json(far), *(after or ("",) * 6), _MANY if first is None else first]
        for row in self._run(statement, params):
            found[row["node"]].append(relationship(row))
        return {key: tuple(edges) for key, edges in found.items() if edges}

    def count_edges(
        self,
        ids: Sequence[str],
        *,
        types: Sequence[RelationKind] = (),
        direction: Direction = Direction.BOTH,
        far: Sequence[NodeKind] = (),
    ) -> Mapping[str, int]:
        statement = read.edges_count(direction, typed=bool(types), far=far)
        params = [_json(dict.fromkeys(ids)), _json(types), _json(far)]
        return {row["node"]: row["n"] for row in self._run(statement, params)}

    def beats(
        self,
        *,
        winner: str | None = None,
        loser: str | None = None,
        dataset: str | None = None,
        first: int | None = None,
        after: tuple[str, ...] | None = None,
    ) -> tuple[Relationship, ...]:
        given = {"head": winner, "tail": loser, "dataset": dataset}
        ends = {column: key for column, key in given.items() if key is not None}
        params = [*ends.values(), *(after or ("",) * 6)[1:], _MANY if first is None else first]
        return tuple(map(relationship, self._run(read.beats(tuple(ends)), params)))

    def search(self, text: str, *, kinds: Sequence[NodeKind] = (), first: int = 20, offset: int = 0) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        for table, statement, params in search_statements(text, kinds, first + offset):
            for row in self._run(statement, params):
                found = node(table, row)
                hits.append(Hit(node=found, score=row["score"], snippet=snippet(found, text)))
        hits.sort(key=lambda hit: (tier(hit.node, text), -hit.score, hit.node.id))
        return tuple(hits[offset : offset + first])

    def stats(self) -> Stats:
        kinds = {row["kind"]: row["n"] for row in self._run("SELECT kind, count(*) AS n FROM entities GROUP BY kind")}
        (counts,) = self._run(
            "SELECT (SELECT count(*) FROM papers) AS papers, (SELECT count(*) FROM results) AS results,"
            " (SELECT count(*) FROM claims) AS claims, (SELECT count(*) FROM edges WHERE type = 'BEATS') AS beats"
        )
        entities = {f"{kind.value.lower()}s": kinds.get(kind.value, 0) for kind in ENTITY_KINDS}
        return Stats(**{**dict(counts), **entities})

    def records(self, papers: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        some = "" if papers is None else " WHERE paper IN (SELECT value FROM json_each(?))"
        params = [] if papers is None else [_json(papers)]
        for row in self._stream(f"SELECT json FROM records{some} ORDER BY paper", params):
            yield from_json(row["json"])

    def dump(self) -> Iterator[dict[str, Any]]:
        nodes = (map(partial(node, table), self._stream(f"SELECT * FROM {table} ORDER BY id")) for table in _NODE_TABLES)
        for found in heapq.merge(*nodes, key=lambda found: found.id):
            yield node_line(found)
        for row in self._stream("SELECT * FROM edges ORDER BY type, head, tail, paper, dataset, metric"):
            yield relationship_line(relationship(row))

    def decisions(self, keys: Sequence[str] | None = None) -> Iterator[Decision]:
        if keys is not None:
            with explained(self._path):
                yield from Ledger(self._connection()).decisions(keys)
            return
        for row in self._stream("SELECT json FROM decisions ORDER BY at, id"):
            yield decision_from_json(from_json(row["json"]))

    def latest_decisions(self, first: int, *, before: tuple[str, str] | None = None) -> tuple[Decision, ...]:
        rows = self._run(read.LATEST_DECISIONS, [*(before or END_OF_TIME), first])
        return tuple(decision_from_json(from_json(row["json"])) for row in rows)

    def count_decisions(self) -> int:
        return int(self._run("SELECT count(*) AS n FROM decisions")[0]["n"])

    def meanings(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        some, params = ("", []) if ids is None else (read.ABOUT, [_json(ids)])
        return meanings(self._run(f"SELECT short, long, papers FROM meanings{some} ORDER BY short, long", params))

    def merged(self, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        with explained(self._path):
            return Ledger(self._connection()).merged(ids)

    def batches(self, first: int = 20) -> tuple[Batch, ...]:
        rows = self._run("SELECT id, at, action, papers, unchanged FROM batches ORDER BY id DESC LIMIT ?", [first])
        return tuple(Batch(**dict(row)) for row in rows)

    def save_job(self, job: Job) -> None:
        with self._transaction():
            self._run("INSERT OR REPLACE INTO jobs (id, job) VALUES (?, ?)", [job.id, to_text(job)])

    def jobs(self, ids: Sequence[str]) -> Mapping[str, Job]:
        rows = self._run("SELECT id, job FROM jobs WHERE id IN (SELECT value FROM json_each(?))", [_json(ids)])
        return {row["id"]: from_text(row["job"]) for row in rows}

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        before = getattr(self._local, "deadline", None)
        self._limit(monotonic() + seconds)
        try:
            yield
        finally:
            self._limit(before)

    def observe(self, around: Around) -> None:
        self._around = around

    def close(self) -> None:
        while self._connections:
            self._connections.pop().close()
        self._local = threading.local()

    def _journal(self, action: str, papers: int, unchanged: int) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._run("INSERT INTO batches (at, action, papers, unchanged) VALUES (?, ?, ?, ?)", [now, action, papers, unchanged])

    @contextmanager
    def _transaction(self) -> Iterator[Ledger]:
        connection = self._connection()
        with explained(self._path), writing(connection):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Ledger(connection)
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

    def _run(self, statement: str, params: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._around(statement), explained(self._path):
            return self._connection().execute(statement, params).fetchall()

    def _stream(self, statement: str, params: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        with explained(self._path):
            yield from self._connection().execute(statement, params)

    def _limit(self, deadline: float | None) -> None:
        self._local.deadline = deadline
        limit(self._connection(), deadline)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = connect(self._path)
            prepare_for_writing(connection, self._path)
            self._connections.append(connection)
        return connection


def _json(values: Iterable[object]) -> str:
    return to_json(list(values))
