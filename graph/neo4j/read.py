"""Statements that read many keys at once, or a page of everything."""

from collections.abc import Sequence

from graph.neo4j.compile import NODE
from graph.neo4j.rows import LABELS
from graph.store import Direction
from schema.kinds import NodeKind, RelationKind

_ANY = "|".join(LABELS)
_EDGE = "startNode(r).id AS head, type(r) AS type, endNode(r).id AS tail, properties(r) AS props"
_ORDER = "type, head, tail, coalesce(props.paper, ''), coalesce(props.dataset, ''), coalesce(props.metric, '')"
_PLACE = "[type(r), startNode(r).id, endNode(r).id, coalesce(r.paper, ''), coalesce(r.dataset, ''), coalesce(r.metric, '')]"

GET = f"UNWIND $ids AS id MATCH (n:{_ANY} {{id: id}}) RETURN {NODE}"
GET_MERGED = f"UNWIND $ids AS id MATCH (r:Redirect {{id: id}}) MATCH (n:Entity {{id: r.target}}) RETURN id AS asked, {NODE}"
MEANINGS = "MATCH (n:Meaning) RETURN n.short AS short, n.long AS long, n.papers AS papers ORDER BY short, long"
# An index of two properties is used where something is said of both.
DECISION_PAGE = (
    "MATCH (n:Decision) WHERE n.at >= $after[0] AND n.id IS NOT NULL AND [n.at, n.id] > $after"
    " RETURN [n.at, n.id] AS last, n.json AS json ORDER BY n.at, n.id LIMIT $page"
)
LATEST_DECISIONS = (
    "MATCH (n:Decision) WHERE n.at <= $before[0] AND n.id IS NOT NULL AND [n.at, n.id] < $before"
    " RETURN n.json AS json ORDER BY n.at DESC, n.id DESC LIMIT $first"
)
COUNT_DECISIONS = "RETURN COUNT { (:Decision) } AS n"
RECORDS = "UNWIND $papers AS paper MATCH (n:ExtractionRecord {id: paper}) RETURN n.json AS json ORDER BY n.id"
NAMED = (
    "CALL () { UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n UNION"
    " UNWIND $keys AS key CALL db.index.fulltext.queryNodes('entity_keys', key.query) YIELD node AS n"
    f" WITH n, key WHERE key.key IN n.keys RETURN n }} RETURN {NODE}"
)
STATS = "RETURN " + ", ".join(
    f"COUNT {{ (:{name}) }} AS {name.lower()}s"
    for name in ("Paper", "Method", "Model", "Dataset", "Metric", "Task", "Result", "Claim")
)
STATS += ", COUNT { (:Entity)-[:BEATS]->() } AS beats"
BATCHES = "MATCH (n:Batch) RETURN n {.id, .at, .action, .papers, .unchanged} AS batch ORDER BY n.id DESC LIMIT $first"

SAVE_JOB = "MERGE (n:IngestJob {id: $id}) SET n.name = $name, n.job = $job"
JOBS = "UNWIND $ids AS id MATCH (n:IngestJob {id: id}) RETURN n.job AS job"


def edges(types: Sequence[RelationKind], direction: Direction, far: Sequence[NodeKind], *, behind: bool, limited: bool) -> str:
    """Return the statement for the relationships of each of the nodes `ids`, in order, at most `first` of each, or those
    behind the key `after`."""
    where = f" WITH r WHERE {_PLACE} > $after" if behind else ""
    return (
        f"UNWIND $ids AS id MATCH (n:{_ANY} {{id: id}}) CALL (n) {{ {_edges_at(types, direction, far)}{where}"
        f" RETURN {_EDGE} ORDER BY {_ORDER}{' LIMIT $first' if limited else ''} }} RETURN id, head, type, tail, props"
    )


def edges_count(types: Sequence[RelationKind], direction: Direction, far: Sequence[NodeKind]) -> str:
    """Return the statement that counts the relationships of each of the nodes `ids`."""
    match = _edges_at(types, direction, far)
    return f"UNWIND $ids AS id MATCH (n:{_ANY} {{id: id}}) CALL (n) {{ {match} RETURN count(r) AS edges }} RETURN id, edges"


def _edges_at(types: Sequence[RelationKind], direction: Direction, far: Sequence[NodeKind]) -> str:
    kinds = "|".join(kind.value for kind in types or RelationKind)
    labels = f":{'|'.join(kind.value for kind in far)}" if far else ""
    left, right = {Direction.OUT: ("-", "->"), Direction.IN: ("<-", "-"), Direction.BOTH: ("-", "-")}[direction]
    return f"MATCH (n){left}[r:{kinds}]{right}({labels})"


def beats(*, winner: bool, loser: bool, dataset: bool, limited: bool) -> str:
    """Return the statement for a page of BEATS in order, with those ends fixed that are given."""
    given = {"winner": winner, "loser": loser, "dataset": dataset}
    ends = [f"r.{name} = ${name}" for name, fixed in given.items() if fixed]
    # The first bound repeats what the second says, in a form that an index can start from.
    first = "r.loser >= $after[1]" if winner else "r.winner >= $after[0]"
    where = " AND ".join([*ends, first, "[r.winner, r.loser, r.dataset, coalesce(r.metric, '')] > $after"])
    order = ", ".join(f"r.{name}" for name in ("winner", "loser") if not given[name])
    return (
        f"MATCH (:Entity)-[r:BEATS]->(:Entity) WHERE {where}"
        f" WITH r ORDER BY {order + ', ' if order else ''}r.dataset, coalesce(r.metric, ''){' LIMIT $first' if limited else ''}"
        f" RETURN {_EDGE}"
    )


def node_page(label: str) -> str:
    """Return the statement for the nodes behind the id `after`, in order of id."""
    return f"MATCH (n:{label}) WHERE n.id > $after RETURN n.id AS last, {NODE} ORDER BY n.id LIMIT $page"


def relationship_page(kind: RelationKind, label: str) -> str:
    """Return the statement for the relationships of a page of heads behind the id `after`, in order of those."""
    return (
        f"MATCH (h:{label}) WHERE h.id > $after AND EXISTS {{ (h)-[:{kind.value}]->() }} WITH h ORDER BY h.id LIMIT $page"
        f" MATCH (h)-[r:{kind.value}]->() WITH {_EDGE} RETURN head AS last, head, type, tail, props ORDER BY {_ORDER}"
    )


RECORD_PAGE = "MATCH (n:ExtractionRecord) WHERE n.id > $after RETURN n.id AS last, n.json AS json ORDER BY n.id LIMIT $page"
