"""The port on Neo4j. A write is one transaction, and writers take turns."""

import heapq
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Any, TypeVar

import neo4j

from graph.change import last_of_each
from graph.facts import Facts
from graph.hits import snippet, tier
from graph.jobs import Job, from_text, to_text
from graph.names import ids_of, ranked
from graph.neo4j import read
from graph.neo4j.compile import count, count_each, select, select_each
from graph.neo4j.connect import connect, explained, host
from graph.neo4j.ledger import Ledger, meanings
from graph.neo4j.migrate import migrate
from graph.neo4j.order import ordered, plain
from graph.neo4j.rows import LABELS, label, read_node, read_relationship
from graph.neo4j.search import quoted, search_statements
from graph.neo4j.transact import decide, delete, write
from graph.neo4j.write import Run
from graph.request import Request, resolve
from graph.rows import node_line, relationship_line
from graph.store import Around, Batch, Direction, Hit, Stats, TooSlow, Written, unobserved
from schema.decisions import END_OF_TIME, Decision, decision_from_json
from schema.identity import name_key
from schema.kinds import ALLOWED, FAMILY, NodeKind, RelationKind
from schema.nodes import EntityNode, Node, Relationship

T = TypeVar("T")

READ_SECONDS = 60.0
WRITE_SECONDS = 600.0
_PAGE = 1_000


def open_neo4j(uri: str, *, user: str, password: str, database: str | None = None, create: bool = True) -> "Neo4jStore":
    """Return the store in a Neo4j database, made or upgraded if need be.

    Raises StoreError if no server answers, refuses the user, is too old, or holds a graph of a newer version, and NoGraph if
    a graph would have to be made and may not.
    """
    store = Neo4jStore(connect(uri, user, password), uri, user, database)
    try:
        store.migrate(create=create)
    except BaseException:
        store.close()
        raise
    return store


class Neo4jStore:
    """See `graph.store.Store`."""

    def __init__(self, driver: neo4j.Driver, uri: str, user: str, database: str | None) -> None:
        self._driver = driver
        self._uri, self._user, self._database = uri, user, database
        self._around: Around = unobserved
        self._local = threading.local()

    def migrate(self, *, create: bool = True) -> None:
        whole = partial(self._transaction, write=True)
        migrate(partial(self._rows, write=True), host(self._uri), whole, create=create)

    def write(self, facts: Sequence[Facts]) -> Written:
        return self._transaction(partial(write, last_of_each(facts)), write=True)

    def delete(self, papers: Sequence[str]) -> tuple[str, ...]:
        return self._transaction(partial(delete, papers), write=True)

    def decide(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        return self._transaction(partial(decide, decisions), write=True)

    def decisions(self, keys: Sequence[str] | None = None) -> Iterator[Decision]:
        if keys is not None:
            yield from Ledger(self._rows).decisions(keys)
            return
        for row in self._pages(read.DECISION_PAGE, first=["", ""]):
            yield decision_from_json(json.loads(row["json"]))

    def latest_decisions(self, first: int, *, before: tuple[str, str] | None = None) -> tuple[Decision, ...]:
        rows = self._rows(read.LATEST_DECISIONS, before=[*map(ordered, before or END_OF_TIME)], first=first)
        return tuple(decision_from_json(json.loads(row["json"])) for row in rows)

    def count_decisions(self) -> int:
        return int(self._rows(read.COUNT_DECISIONS)[0]["n"])

    def meanings(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        if ids is None:
            return meanings(self._rows(read.MEANINGS))
        ledger = Ledger(self._rows)
        return ledger.meanings([*ids, *ledger.shorts(ids)])

    def merged(self, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        return Ledger(self._rows).merged(ids)

    def get(self, ids: Sequence[str]) -> Mapping[str, Node]:
        found = {node.id: node for node in map(read_node, self._rows(read.GET, ids=[*map(ordered, ids)]))}
        if missing := [key for key in ids if key not in found]:
            rows = self._rows(read.GET_MERGED, ids=[*map(ordered, missing)])
            found.update((plain(row["asked"]), read_node(row)) for row in rows)
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

    def observe(self, around: Around) -> None:
        self._around = around

    def close(self) -> None:
        self._driver.close()

    def _pages(self, statement: str, first: str | list[str] = "") -> Iterator[Mapping[str, Any]]:
        after: Any = first
        while True:
            rows = self._rows(statement, after=after, page=_PAGE)
            yield from rows
            if len({str(row["last"]) for row in rows}) < _PAGE:
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
        with self._around(statement):
            return list(tx.run(statement, params))
