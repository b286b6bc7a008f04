"""Apply a change to the graph; every statement here runs inside the writer's transaction."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from graph.change import Change, Elected
from graph.facts import Facts
from graph.neo4j.order import ordered
from graph.neo4j.rows import entity_row, label, node_row, relationship_row
from graph.store import StoreError
from schema.decisions import Decision, decision_to_json
from schema.kinds import ALLOWED, ENTITY_KINDS, FAMILY, NodeKind, RelationKind
from schema.nodes import Relationship

Run = Callable[..., list[Any]]

# Enough rows to make the round trips cheap, few enough to keep a message small.
_ROWS = 5_000

_LINKS = tuple(kind for kind, (heads, _) in ALLOWED.items() if heads & {*ENTITY_KINDS} and kind is not RelationKind.BEATS)

_TAKE_BACK = (
    "UNWIND $papers AS paper MATCH (n:Result {paper: paper}) DETACH DELETE n",
    "UNWIND $papers AS paper MATCH (n:Claim {paper: paper}) DETACH DELETE n",
    "UNWIND $papers AS paper MATCH (n:Paper {id: paper}) DETACH DELETE n",
    "UNWIND $papers AS paper MATCH (n:ExtractionRecord {id: paper}) DELETE n",
    *(f"UNWIND $papers AS paper MATCH (:Entity)-[r:{kind.value} {{paper: paper}}]->(:Entity) DELETE r" for kind in _LINKS),
)
_REMOVE_BEATS = (
    "UNWIND $rows AS row MATCH (winner:Entity {id: row[0]}) MATCH (loser:Entity {id: row[1]})"
    " MATCH (winner)-[r:BEATS]->(loser) WHERE coalesce(r.dataset, '') = row[2] AND coalesce(r.metric, '') = row[3] DELETE r"
)
_LOG = (
    "UNWIND $rows AS row CREATE (n:Decision) SET n = row.node WITH n, row UNWIND row.keys AS key"
    " MERGE (k:DecisionKey {id: key}) CREATE (n)-[:CONCERNS]->(k)"
)
_FORGET_MEANINGS = "UNWIND $rows AS row MATCH (n:Meaning {short: row.short}) WHERE n.long = row.long DELETE n"
_NOTE_MEANINGS = "UNWIND $rows AS row CREATE (n:Meaning) SET n = row, n.name = row.short + ' is short for ' + row.long"
_FORGET_REDIRECTS = "UNWIND $rows AS row MATCH (n:Redirect {id: row.id}) DELETE n"
_NOTE_REDIRECTS = "UNWIND $rows AS row CREATE (n:Redirect) SET n = row, n.name = row.id + ' is ' + row.target"
_REMOVE_ENTITIES = "UNWIND $rows AS id MATCH (n:Entity {id: id}) DETACH DELETE n"


def apply(run: Run, change: Change) -> None:
    """Write the change in the order that it asks for."""
    _take_back(run, change.taken_back)
    _write_entities(run, change.entities)
    _create(run, "Paper", (node_row(item.paper) for item in change.papers))
    _create(run, "ExtractionRecord", map(_record_row, change.papers))
    _create(run, "Result", (node_row(node) for item in change.papers for node in item.results))
    _create(run, "Claim", (node_row(node) for item in change.papers for node in item.claims))
    # Relationships are created, never merged: a paper's own went with it, and a recounted BEATS is written anew.
    for rows in _chunks([*map(ordered, key)] for key in change.beats_present):
        run(_REMOVE_BEATS, rows=rows)
    _relate(run, (*(edge for item in change.papers for edge in item.relationships), *change.beats))
    for ids in _chunks(map(ordered, change.entities_removed)):
        run(_REMOVE_ENTITIES, rows=ids)
    _log(run, change.decisions)
    _note_merges(run, change)


def _log(run: Run, decisions: Sequence[Decision]) -> None:
    for rows in _chunks(map(_decision_row, decisions)):
        run(_LOG, rows=rows)


def _decision_row(decision: Decision) -> dict[str, Any]:
    text = json.dumps(decision_to_json(decision), ensure_ascii=False)
    node = {"id": ordered(decision.id), "name": f"{decision.kind.value} by {decision.who}", "at": decision.at, "json": text}
    return {"node": node, "keys": sorted({*map(ordered, decision.keys)})}


def _note_merges(run: Run, change: Change) -> None:
    meanings = (
        {"short": ordered(short), "long": ordered(long), "papers": max(papers, 0)}
        for (short, long), papers in change.meanings.items()
    )
    for rows in _chunks(meanings):
        run(_FORGET_MEANINGS, rows=rows)
        run(_NOTE_MEANINGS, rows=[row for row in rows if row["papers"]])
    redirects = ({"id": ordered(entity), "target": ordered(target or "")} for entity, target in change.redirects.items())
    for rows in _chunks(redirects):
        run(_FORGET_REDIRECTS, rows=rows)
        run(_NOTE_REDIRECTS, rows=[row for row in rows if row["target"]])


def _take_back(run: Run, papers: Sequence[str]) -> None:
    if papers:
        for statement in _TAKE_BACK:
            run(statement, papers=[*map(ordered, papers)])


def _write_entities(run: Run, entities: Sequence[Elected]) -> None:
    by_kind: dict[NodeKind, list[dict[str, Any]]] = defaultdict(list)
    for item in entities:
        votes = json.dumps(item.votes, ensure_ascii=False, separators=(",", ":"))
        by_kind[item.node.kind].append(entity_row(item.node, votes))
    for kind, entity_rows in by_kind.items():
        # A vote may turn a method into a model.
        others = "".join(f":{other.value}" for other in ENTITY_KINDS if FAMILY[other] == FAMILY[kind] and other is not kind)
        remove = f" REMOVE n{others}" if others else ""
        for rows in _chunks(entity_rows):
            run(f"UNWIND $rows AS row MERGE (n:Entity {{id: row.id}}) SET n = row, n:{kind.value}{remove}", rows=rows)


def _record_row(item: Facts) -> dict[str, str]:
    name = f"Record of {item.paper.name}"
    return {"id": ordered(item.paper.id), "name": name, "digest": item.digest, "json": item.record}


def _create(run: Run, label: str, nodes: Iterable[dict[str, Any]]) -> None:
    for rows in _chunks(nodes):
        run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=rows)


def _relate(run: Run, relationships: Iterable[Relationship]) -> None:
    by_ends: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for relationship in relationships:
        by_ends[(relationship.type.value, *_ends(relationship))].append(relationship)
    for (kind, head, tail), edges in by_ends.items():
        for rows in _chunks(map(relationship_row, edges)):
            statement = (
                f"UNWIND $rows AS row MATCH (head:{head} {{id: row.head}}) MATCH (tail:{tail} {{id: row.tail}})"
                f" CREATE (head)-[r:{kind}]->(tail) SET r = row.props RETURN count(r) AS made"
            )
            made = run(statement, rows=rows)[0]["made"]
            if made != len(rows):
                raise StoreError(f"{len(rows) - made} {kind} relationships name a node that is not in the graph.")


def _ends(relationship: Relationship) -> tuple[str, str]:
    heads, tails = ({label(kind) for kind in kinds} for kinds in ALLOWED[relationship.type])
    if heads == {"Paper", "Entity"}:
        heads = {"Paper" if relationship.head == relationship.paper else "Entity"}
    elif heads == {"Result", "Claim"}:
        heads = {"Result" if relationship.head.startswith("result:") else "Claim"}
    (head,), (tail,) = heads, tails
    return head, tail


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _ROWS)):
        yield chunk
