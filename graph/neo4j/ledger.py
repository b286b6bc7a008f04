"""What a change has to know of the graph, read inside the writer's transaction; see `graph.refold.Reader`."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.change import BeatKey
from graph.neo4j.order import ordered, plain
from graph.neo4j.rows import read_relationship
from graph.neo4j.write import Run
from schema.decisions import Decision, decision_from_json
from schema.nodes import Relationship

_TEXTS = "UNWIND $ids AS id MATCH (n:ExtractionRecord {id: id}) RETURN n.id AS id, n.json AS value"
_DIGESTS = "UNWIND $ids AS id MATCH (n:ExtractionRecord {id: id}) RETURN n.id AS id, n.digest AS value"
_VOTES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id AS id, coalesce(n.votes, '{}') AS value"
_REDIRECTS = "UNWIND $ids AS id MATCH (n:Redirect {id: id}) RETURN n.id AS id, n.target AS value"
_MERGED = "UNWIND $ids AS id MATCH (n:Redirect {target: id}) RETURN n.target AS id, n.id AS value ORDER BY value"
_SHORTS = "UNWIND $ids AS id MATCH (n:Meaning {long: id}) RETURN DISTINCT n.short AS value"
_MEANINGS = (
    "UNWIND $ids AS id MATCH (n:Meaning {short: id}) RETURN n.short AS short, n.long AS long, n.papers AS papers"
    " ORDER BY short, long"
)
_PAPERS = "UNWIND $ids AS id MATCH (:Entity {id: id})-[r]-() WHERE r.paper IS NOT NULL RETURN DISTINCT r.paper AS value"
_DECISIONS = (
    "CALL () { UNWIND $ids AS id MATCH (n:Decision {id: id}) RETURN n UNION"
    " UNWIND $ids AS id MATCH (:DecisionKey {id: id})<-[:CONCERNS]-(n:Decision) RETURN n }"
    " RETURN n.json AS value ORDER BY n.at, n.id"
)
_BEATS = (
    "UNWIND $keys AS key MATCH (winner:Entity {id: key[0]}) MATCH (loser:Entity {id: key[1]})"
    # coalesce keeps the planner from the index on `dataset`, which would read every BEATS of a common benchmark for each key.
    " MATCH (winner)-[r:BEATS]->(loser) WHERE coalesce(r.dataset, '') = key[2] AND coalesce(r.metric, '') = key[3]"
    " RETURN startNode(r).id AS head, type(r) AS type, endNode(r).id AS tail, properties(r) AS props"
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads by many keys at once; `run` executes a statement in the transaction.

    A graph that has no decision or no redirect at all isn't asked for some, since each question is a trip to the server.
    """

    run: Run
    has_decisions: bool = True
    has_redirects: bool = True

    def texts(self, papers: Sequence[str]) -> Mapping[str, str]:
        return {plain(row["id"]): row["value"] for row in self._each(_TEXTS, papers)}

    def digests(self, papers: Sequence[str]) -> Mapping[str, str]:
        """Return the digests of papers' records."""
        return {plain(row["id"]): row["value"] for row in self._each(_DIGESTS, papers)}

    def decisions(self, keys: Sequence[str]) -> Iterator[Decision]:
        rows = self._each(_DECISIONS, keys) if self.has_decisions else ()
        return (decision_from_json(json.loads(row["value"])) for row in rows)

    def meanings(self, shorts: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        return meanings(self._each(_MEANINGS, shorts))

    def shorts(self, longs: Sequence[str]) -> Iterable[str]:
        return [plain(row["value"]) for row in self._each(_SHORTS, longs)]

    def redirects(self, ids: Sequence[str]) -> Mapping[str, str]:
        rows = self._each(_REDIRECTS, ids) if self.has_redirects else ()
        return {plain(row["id"]): plain(row["value"]) for row in rows}

    def merged(self, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for row in self._each(_MERGED, ids) if self.has_redirects else ():
            groups[plain(row["id"])].append(plain(row["value"]))
        return {target: tuple(group) for target, group in groups.items()}

    def papers_of(self, entities: Sequence[str]) -> Iterable[str]:
        return [plain(row["value"]) for row in self._each(_PAPERS, entities)]

    def votes(self, entities: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        return {plain(row["id"]): json.loads(row["value"]) for row in self._each(_VOTES, entities)}

    def beats(self, keys: Sequence[BeatKey]) -> Mapping[BeatKey, Relationship]:
        rows = self.run(_BEATS, keys=[[*map(ordered, key)] for key in keys]) if keys else ()
        edges = map(read_relationship, rows)
        return {(edge.head, edge.tail, edge.dataset or "", edge.metric or ""): edge for edge in edges}

    def _each(self, statement: str, keys: Iterable[str]) -> list[Any]:
        ids = sorted({ordered(key) for key in keys})
        return self.run(statement, ids=ids) if ids else []


def meanings(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Return rows with `short`, `long` and `papers` by short id."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[plain(row["short"])][plain(row["long"])] = row["papers"]
    return dict(found)
