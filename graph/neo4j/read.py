"""Statements that read many keys at once, or a page of everything."""

from collections.abc import Sequence

from graph.neo4j.compile import NODE
from graph.neo4j.rows import LABELS
from graph.store import Direction
from schema.kinds import RelationKind

_ANY = "|".join(LABELS)
_EDGE = "startNode(r).id AS head, type(r) AS type, endNode(r).id AS tail, properties(r) AS props"
_ORDER = "type, head, tail, coalesce(props.paper, ''), coalesce(props.dataset, ''), coalesce(props.metric, '')"

GET = f"UNWIND $ids AS id MATCH (n:{_ANY} {{id: id}}) RETURN {NODE}"
DIGESTS = "UNWIND $papers AS paper MATCH (n:ExtractionRecord {id: paper}) RETURN n.id AS id, n.digest AS digest"
VOTES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN n.id AS id, coalesce(n.votes, '{}') AS votes"
RECORDS = "UNWIND $papers AS paper MATCH (n:ExtractionRecord {id: paper}) RETURN n.json AS json ORDER BY n.id"
BEATS_OF = (
    "UNWIND $keys AS key MATCH (winner:Entity {id: key[0]}) MATCH (loser:Entity {id: key[1]})"
    f" MATCH (winner)-[r:BEATS {{dataset: key[2]}}]->(loser) WHERE coalesce(r.metric, '') = key[3] RETURN {_EDGE}"
)
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


def edges(types: Sequence[RelationKind], direction: Direction, *, limited: bool) -> str:
    """Return the statement for the relationships of each of the nodes `ids`, in order, at most `first` of each."""
    kinds = "|".join(kind.value for kind in types or RelationKind)
    left, right = {Direction.OUT: ("-", "->"), Direction.IN: ("<-", "-"), Direction.BOTH: ("-", "-")}[direction]
    return (
        f"UNWIND $ids AS id MATCH (n:{_ANY} {{id: id}}) CALL (n) {{ MATCH (n){left}[r:{kinds}]{right}()"
        f" RETURN {_EDGE} ORDER BY {_ORDER}{' LIMIT $first' if limited else ''} }} RETURN id, head, type, tail, props"
    )


def beats(*, winner: bool, loser: bool, dataset: bool, limited: bool) -> str:
    """Return the statement for a page of BEATS in order, with those ends fixed that are given."""
    head, tail = "{id: $winner}" if winner else "", "{id: $loser}" if loser else ""
    on = "{dataset: $dataset}" if dataset else ""
    return (
        f"MATCH (winner:Entity {head})-[r:BEATS {on}]->(loser:Entity {tail})"
        " WHERE [winner.id, loser.id, r.dataset, coalesce(r.metric, '')] > $after"
        f" RETURN {_EDGE} ORDER BY {_ORDER}{' LIMIT $first' if limited else ''}"
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
