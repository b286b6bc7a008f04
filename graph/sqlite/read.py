"""Rows of the tables as nodes and relationships, and the statements that take many keys at once."""

import sqlite3

from graph.rows import LISTS, from_row, read_props
from graph.sqlite.text import from_json
from graph.store import Direction
from schema.kinds import NodeKind, RelationKind
from schema.nodes import Node, Relationship

_KIND = {"papers": NodeKind.PAPER, "results": NodeKind.RESULT, "claims": NodeKind.CLAIM}


def node(table: str, row: sqlite3.Row) -> Node:
    """Return a row of a table of nodes as a node."""
    values: dict[str, object] = dict(row)
    for name in LISTS & values.keys():
        values[name] = from_json(row[name])
    kind = _KIND.get(table)
    return from_row(kind or NodeKind(row["kind"]), values)


def relationship(row: sqlite3.Row) -> Relationship:
    """Return a row of `edges` as a relationship."""
    return Relationship(
        head=row["head"],
        type=RelationKind(row["type"]),
        tail=row["tail"],
        paper=row["paper"] or None,
        dataset=row["dataset"] or None,
        metric=row["metric"] or None,
        props=read_props(from_json(row["props"])),
    )


def edges_statement(direction: Direction, *, typed: bool) -> str:
    """Return the statement that ranks the relationships of each node in a JSON list, (?1), of types in a JSON list, (?2)."""
    types = " AND e.type IN (SELECT value FROM json_each(?2))" if typed else " AND ?2 IS NOT NULL"
    out = f"SELECT node.value AS node, e.* FROM json_each(?1) node JOIN edges e ON e.head = node.value{types}"
    into = f"SELECT node.value AS node, e.* FROM json_each(?1) node JOIN edges e ON e.tail = node.value{types}"
    sides = {
        Direction.OUT: out,
        Direction.IN: into,
        Direction.BOTH: f"{out} UNION ALL {into} AND e.head <> e.tail",
    }
    order = "type, head, tail, paper, dataset, metric"
    return (
        f"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY node ORDER BY {order}) AS place FROM ({sides[direction]}))"
        f" WHERE place <= ?3 ORDER BY node, place"
    )
