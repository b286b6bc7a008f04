"""The port on Neo4j. A write is one transaction, and writers take turns."""

import heapq
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import neo4j

from graph.assemble import assemble
from graph.change import BeatKey, last_of_each, plan, touched
from graph.facts import Facts
from graph.hits import snippet, tier
from graph.jobs import Job, from_text, to_text
from graph.names import ids_of, ranked
from graph.neo4j import read
from graph.neo4j.compile import count, count_each, select, select_each
from graph.neo4j.connect import connect, explained, host
from graph.neo4j.migrate import migrate
from graph.neo4j.order import ordered, plain
from graph.neo4j.rows import LABELS, label, read_node, read_relationship
from graph.neo4j.search import quoted, search_statements
from graph.neo4j.write import Run, apply
from graph.request import Request, resolve
from graph.rows import node_line, relationship_line
from graph.store import SCHEMA_VERSION, Batch, Direction, Hit, Stats, StoreError, TooSlow, Written
from schema.identity import name_key
from schema.kinds import ALLOWED, FAMILY, NodeKind, RelationKind
from schema.nodes import EntityNode, Node, Relationship
from schema.record_json import record_from_json

T = TypeVar("T")

READ_SECONDS = 60.0
WRITE_SECONDS = 600.0
_PAGE = 1_000

# Counts the batches; a write on this one node is also what makes writers take turns.
_BEGIN = (
    "MATCH (meta:SotagraphMeta {id: 'schema'}) SET meta.batches = coalesce(meta.batches, 0) + 1"
    " RETURN meta.version AS version, meta.batches AS batch"
)
_JOURNAL = "CREATE (n:Batch) SET n = $row"


def open_neo4j(uri: str, *, user: str, password: str, database: str | None = None) -> "Neo4jStore":
    """Return the store in a Neo4j database, made or upgraded if need be.

    Raises StoreError if no server answers, refuses the user, is too old, or holds a graph of a newer version.
    """
    store = Neo4jStore(connect(uri, user, password), uri, user, database)
    try:
        store.migrate()
    except BaseException:
        store.close()
        raise
    return store


class Neo4jStore:
    """See `graph.store.Store`."""

    def __init__(self, driver: neo4j.Driver, uri: str, user: str, database: str | None) -> None:
        self._driver = driver
        self._uri, self._user, self._database = uri, user, database
        self._local = threading.local()

    def migrate(self) -> None:
        migrate(partial(self._rows, write=True), host(self._uri))

    def write(self, facts: Sequence[Facts]) -> Written:
        return self._transaction(partial(_write, last_of_each(facts)), write=True)

    def delete(self, papers: Sequence[str]) -> tuple[str, ...]:
        return self._transaction(partial(_delete, papers), write=True)

    def get(self, ids: Sequence[str]) -> Mapping[str, Node]:
        found = {node.id: node for node in map(read_node, self._rows(read.GET, ids=[*map(ordered, ids)]))}
        return {key: found[key] for key in ids if key in found}

    def find(self, request: Request) -> tuple[Node, ...]:
        statement, params = select(resolve(request))
        return tuple(map(read_node, self._rows(statement, **params)))

    def count(self, request: Request) -> int:
        statement, params = count(resolve(replace(request, after=None)))
        return int(self._rows(statement, **params)[0]["n"])

    def find_each(self, request: Request, *, ends: Sequence[str], ids: Sequence[str]) -> Mapping[str, tuple[Node, ...]]:
        statement, params = select_each(resolve(request), ends)
        found: dict[str, list[Node]] = {key: [] for key in ids}
        for row in self._rows(statement, ids=[*map(ordered, found)], **params):
            found[plain(row["owner"])].append(read_node(row))
        return {key: tuple(nodes) for key, nodes in found.items() if nodes}

    def count_each(self, request: Request, *, ends: Sequence[str], ids: Sequence[str]) -> Mapping[str, int]:
        statement, params = count_each(resolve(replace(request, after=None)), ends)
        rows = self._rows(statement, ids=[*map(ordered, dict.fromkeys(ids))], **params)
        return {plain(row["owner"]): row["n"] for row in rows if row["n"]}

    def named(self, names: Sequence[str], kinds: Sequence[NodeKind] = ()) -> Mapping[str, tuple[EntityNode, ...]]:
        keys = {key for name in names if (key := name_key(name))}
        # The key of its own name is in an entity's id; other keys are in the index.
        ids = {f"{family}:{key}" for family in FAMILY.values() for key in keys}
        ids.update(key for name in names for key in ids_of(name, kinds))
        queries = [{"key": key, "query": quoted(key)} for key in sorted(keys)]
        nodes = map(read_node, self._rows(read.NAMED, ids=sorted(map(ordered, ids)), keys=queries))
        found = [node for node in nodes if isinstance(node, EntityNode)]
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
        statement = read.edges(types, direction, far, behind=after is not None, limited=first is not None)
        found: dict[str, list[Relationship]] = {key: [] for key in ids}
        behind = [*map(ordered, after or ())]
        for row in self._rows(statement, ids=[*map(ordered, found)], first=first, after=behind):
            found[plain(row["id"])].append(read_relationship(row))
        return {key: tuple(edges) for key, edges in found.items() if edges}

    def count_edges(
        self,
        ids: Sequence[str],
        *,
        types: Sequence[RelationKind] = (),
        direction: Direction = Direction.BOTH,
        far: Sequence[NodeKind] = (),
    ) -> Mapping[str, int]:
        statement = read.edges_count(types, direction, far)
        rows = self._rows(statement, ids=[*map(ordered, dict.fromkeys(ids))])
        return {plain(row["id"]): row["edges"] for row in rows if row["edges"]}

    def beats(
        self,
        *,
        winner: str | None = None,
        loser: str | None = None,
        dataset: str | None = None,
        first: int | None = None,
        after: tuple[str, ...] | None = None,
    ) -> tuple[Relationship, ...]:
        given = {"winner": winner, "loser": loser, "dataset": dataset}
        ends: dict[str, Any] = {name: ordered(key) for name, key in given.items() if key is not None}
        statement = read.beats(**{name: name in ends for name in given}, limited=first is not None)
        _, head, tail, _, on, by = map(ordered, after or ("",) * 6)
        return tuple(map(read_relationship, self._rows(statement, **ends, after=[head, tail, on, by], first=first)))

    def search(self, text: str, *, kinds: Sequence[NodeKind] = (), first: int = 20, offset: int = 0) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        for statement, params in search_statements(text, kinds, first + offset):
            for row in self._rows(statement, **params):
                node = read_node(row)
                hits.append(Hit(node=node, score=row["score"], snippet=snippet(node, text)))
        hits.sort(key=lambda hit: (tier(hit.node, text), -hit.score, hit.node.id))
        return tuple(hits[offset : offset + first])

    def stats(self) -> Stats:
        return Stats(**self._rows(read.STATS)[0])

    def records(self, papers: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        if papers is None:
            rows = self._pages(read.RECORD_PAGE)
        else:
            ids = sorted(map(ordered, set(papers)))
            pages = (self._rows(read.RECORDS, papers=ids[at : at + _PAGE]) for at in range(0, len(ids), _PAGE))
            rows = (row for page in pages for row in page)
        for row in rows:
            yield json.loads(row["json"])

    def dump(self) -> Iterator[dict[str, Any]]:
        nodes = (map(read_node, self._pages(read.node_page(name))) for name in sorted(LABELS))
        yield from map(node_line, heapq.merge(*nodes, key=lambda node: node.id))
        for kind in sorted(RelationKind):
            labels = sorted({label(head) for head in ALLOWED[kind][0]})
            edges = (map(read_relationship, self._pages(read.relationship_page(kind, name))) for name in labels)
            yield from map(relationship_line, heapq.merge(*edges, key=lambda edge: edge.key))

    def batches(self, first: int = 20) -> tuple[Batch, ...]:
        return tuple(Batch(**row["batch"]) for row in self._rows(read.BATCHES, first=first))

    def save_job(self, job: Job) -> None:
        self._rows(read.SAVE_JOB, write=True, id=ordered(job.id), name=f"Ingest {job.state}", job=to_text(job))

    def jobs(self, ids: Sequence[str]) -> Mapping[str, Job]:
        rows = self._rows(read.JOBS, ids=[*map(ordered, ids)])
        return {job.id: job for job in (from_text(row["job"]) for row in rows)}

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        before = getattr(self._local, "deadline", None)
        self._local.deadline = monotonic() + seconds
        try:
            yield
        finally:
            self._local.deadline = before

    def close(self) -> None:
        self._driver.close()

    def _pages(self, statement: str) -> Iterator[Mapping[str, Any]]:
        after = ""
        while True:
            rows = self._rows(statement, after=after, page=_PAGE)
            yield from rows
            if len({row["last"] for row in rows}) < _PAGE:
                return
            after = rows[-1]["last"]

    def _rows(self, statement: str, *, write: bool = False, **params: Any) -> list[Any]:
        return self._transaction(lambda run: run(statement, **params), write=write)

    def _transaction(self, work: Callable[[Run], T], *, write: bool = False) -> T:
        """Return what `work` returns; it runs in one transaction, which is tried again where that may help."""

        def whole(tx: neo4j.ManagedTransaction) -> T:
            return work(lambda statement, **params: self._run(statement, params, tx))

        bounded = neo4j.unit_of_work(timeout=self._seconds(WRITE_SECONDS if write else READ_SECONDS))(whole)
        with explained(self._uri, self._user, self._database), self._driver.session(database=self._database) as session:
            return session.execute_write(bounded) if write else session.execute_read(bounded)

    def _seconds(self, most: float) -> float:
        deadline: float | None = getattr(self._local, "deadline", None)
        if deadline is None:
            return most
        left = deadline - monotonic()
        if left <= 0:
            raise TooSlow(f"Neo4j at {host(self._uri)}: the time for this question is over. Ask for less at once.")
        return min(most, left)

    def _run(self, statement: str, params: dict[str, Any], tx: neo4j.ManagedTransaction) -> list[Any]:
        return list(tx.run(statement, params))


def _write(latest: Sequence[Facts], run: Run) -> Written:
    batch = _begin(run)
    rows = run(read.DIGESTS, papers=[ordered(item.paper.id) for item in latest])
    digests = {plain(row["id"]): row["digest"] for row in rows}
    new = [item for item in latest if digests.get(item.paper.id) != item.digest]
    _change(run, new, _facts(run, [item.paper.id for item in new if item.paper.id in digests]))
    written = Written(written=len(new), unchanged=len(latest) - len(new))
    _journal(run, batch, "write", written.written, written.unchanged)
    return written


def _delete(papers: Sequence[str], run: Run) -> tuple[str, ...]:
    batch = _begin(run)
    old = _facts(run, papers)
    _change(run, [], old)
    _journal(run, batch, "delete", len(old), 0)
    return tuple(sorted(item.paper.id for item in old))


def _begin(run: Run) -> int:
    rows = run(_BEGIN)
    if not rows or rows[0]["version"] != SCHEMA_VERSION:
        raise StoreError(
            "Another program emptied or upgraded the graph while this one had it open; nothing was written. Open it again."
        )
    return int(rows[0]["batch"])


def _change(run: Run, new: Sequence[Facts], old: Sequence[Facts]) -> None:
    entities, keys = touched([*new, *old])
    votes = {plain(row["id"]): json.loads(row["votes"]) for row in run(read.VOTES, ids=[*map(ordered, entities)])}
    edges = map(read_relationship, run(read.BEATS_OF, keys=[[*map(ordered, key)] for key in keys]))
    beats: dict[BeatKey, Relationship] = {(edge.head, edge.tail, edge.dataset or "", edge.metric or ""): edge for edge in edges}
    apply(run, plan(new, old, votes, beats), beats)


def _facts(run: Run, papers: Sequence[str]) -> list[Facts]:
    rows = run(read.RECORDS, papers=sorted(map(ordered, set(papers)))) if papers else ()
    return [assemble(record_from_json(json.loads(row["json"]))) for row in rows]


def _journal(run: Run, batch: int, action: str, papers: int, unchanged: int) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    name = f"{action} {papers}"
    run(_JOURNAL, row={"id": batch, "name": name, "at": now, "action": action, "papers": papers, "unchanged": unchanged})
