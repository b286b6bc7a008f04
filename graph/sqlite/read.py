"""Rows of the tables as nodes and relationships, and the statements that take many keys at once."""

import sqlite3
from collections.abc import Sequence

from graph.rows import LISTS, from_row, read_props
from graph.sqlite.compile import TABLE
from graph.sqlite.text import from_json
from graph.store import Direction
from schema.kinds import NodeKind, RelationKind
from schema.nodes import Node, Relationship

MERGED = (
    "SELECT r.id AS asked, e.* FROM redirects r JOIN entities e ON e.id = r.target"
    " WHERE r.id IN (SELECT value FROM json_each(?))"
)
# All that is said of a short form one of whose names is meant.
ABOUT = (
    " WHERE short IN (SELECT short FROM meanings WHERE short IN (SELECT value FROM json_each(?1))"
    " OR long IN (SELECT value FROM json_each(?1)))"
)
LATEST_DECISIONS = "SELECT json FROM decisions WHERE (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?"

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


_KEY = "type, head, tail, paper, dataset, metric"


def edges(direction: Direction, *, typed: bool, far: Sequence[NodeKind]) -> str:
    """Return the statement that ranks the relationships of each node in a JSON list, (?1), of types in a JSON list, (?2), with
    far ends of kinds in a JSON list, (?3), behind the key (?4 to ?9), and gives the first (?10) of each."""
    near = _edges_at(direction, typed=typed, far=far)
    return (
        f"SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY node ORDER BY {_KEY}) AS place FROM ({near})"
        f" WHERE ({_KEY}) > (?4, ?5, ?6, ?7, ?8, ?9)) WHERE place <= ?10 ORDER BY node, place"
    )


def edges_count(direction: Direction, *, typed: bool, far: Sequence[NodeKind]) -> str:
    """Return the statement that counts what `edges` gives on all pages; it has the first three parameters."""
    return f"SELECT node, count(*) AS n FROM ({_edges_at(direction, typed=typed, far=far)}) GROUP BY node"


def beats(ends: Sequence[str]) -> str:
    """Return the statement for a page of BEATS in order, with these columns fixed; its parameters are those, the key behind
    which to go on, and how many."""
    fixed = "".join(f" AND {column} = ?" for column in ends)
    return (
        f"SELECT * FROM edges WHERE type = 'BEATS'{fixed} AND (head, tail, paper, dataset, metric) > (?, ?, ?, ?, ?)"
        " ORDER BY head, tail, paper, dataset, metric LIMIT ?"
    )


def _edges_at(direction: Direction, *, typed: bool, far: Sequence[NodeKind]) -> str:
    types = " AND e.type IN (SELECT value FROM json_each(?2))" if typed else " AND ?2 IS NOT NULL"
    out, into = (
        f"SELECT node.value AS node, e.* FROM json_each(?1) node JOIN edges e ON e.{near} = node.value{types}{_far(end, far)}"
        for near, end in (("head", "tail"), ("tail", "head"))
    )
    sides = {
        Direction.OUT: out,
        Direction.IN: into,
        Direction.BOTH: f"{out} UNION ALL {into} AND e.head <> e.tail",
    }
    return sides[direction]


def _far(end: str, kinds: Sequence[NodeKind]) -> str:
    if not kinds:
        return " AND ?3 IS NOT NULL"
    named = " AND x.kind IN (SELECT value FROM json_each(?3))"
    tables = sorted({TABLE[kind] for kind in kinds})
    tests = (f"EXISTS (SELECT 1 FROM {t} x WHERE x.id = e.{end}{named if t == 'entities' else ''})" for t in tables)
    return f" AND ?3 IS NOT NULL AND ({' OR '.join(tests)})"
