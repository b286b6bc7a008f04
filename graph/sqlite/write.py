"""Apply a change to the tables; every statement here runs inside the writer's transaction."""

import sqlite3
from collections.abc import Iterable, Sequence

from graph.change import BeatKey, Change, Elected
from graph.rows import columns, plain_props, values_of
from graph.sqlite.text import to_json
from graph.votes import lookup_keys
from schema.decisions import Decision, decision_to_json
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, Node, PaperNode, Relationship, ResultNode


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Write the change in the order that it asks for."""
    _take_back(connection, change.taken_back)
    _write_entities(connection, change.entities)
    for facts in (change.papers,):
        connection.executemany(_insert("papers", NodeKind.PAPER), (_values(item.paper) for item in facts))
        connection.executemany(
            "INSERT INTO records (paper, digest, json) VALUES (?, ?, ?)",
            ((item.paper.id, item.digest, item.record) for item in facts),
        )
        connection.executemany(_insert("results", NodeKind.RESULT), (_values(node) for item in facts for node in item.results))
        connection.executemany(_insert("claims", NodeKind.CLAIM), (_values(node) for item in facts for node in item.claims))
        _write_edges(connection, (edge for item in facts for edge in item.relationships))
    _remove_beats(connection, change.beats_removed)
    _write_edges(connection, change.beats)
    connection.executemany("DELETE FROM entities WHERE id = ?", ((entity,) for entity in change.entities_removed))
    _log(connection, change.decisions)
    _note_merges(connection, change)


def _log(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> None:
    connection.executemany(
        "INSERT INTO decisions (id, at, json) VALUES (?, ?, ?)",
        ((each.id, each.at, to_json(decision_to_json(each))) for each in decisions),
    )
    connection.executemany(
        "INSERT INTO decision_keys (key, decision) VALUES (?, ?)", ((key, each.id) for each in decisions for key in each.keys)
    )


def _note_merges(connection: sqlite3.Connection, change: Change) -> None:
    connection.executemany("DELETE FROM meanings WHERE short = ? AND long = ?", change.meanings)
    connection.executemany(
        "INSERT INTO meanings (short, long, papers) VALUES (?, ?, ?)",
        ((*pair, papers) for pair, papers in change.meanings.items() if papers > 0),
    )
    connection.executemany("DELETE FROM redirects WHERE id = ?", ((entity,) for entity in change.redirects))
    connection.executemany(
        "INSERT INTO redirects (id, target) VALUES (?, ?)",
        ((entity, target) for entity, target in change.redirects.items() if target),
    )


def _take_back(connection: sqlite3.Connection, papers: Sequence[str]) -> None:
    ids = [(paper,) for paper in papers]
    for statement in (
        "DELETE FROM edges WHERE paper = ?",
        "DELETE FROM results WHERE paper = ?",
        "DELETE FROM claims WHERE paper = ?",
        "DELETE FROM records WHERE paper = ?",
        "DELETE FROM papers WHERE id = ?",
    ):
        connection.executemany(statement, ids)


def _write_entities(connection: sqlite3.Connection, entities: Sequence[Elected]) -> None:
    names = [*columns(NodeKind.METHOD), "kind", "votes"]
    updates = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
    connection.executemany(
        f"{_insert_into('entities', names)} ON CONFLICT (id) DO UPDATE SET {updates}",
        ((*_values(item.node), item.node.kind.value, to_json(item.votes)) for item in entities),
    )
    connection.executemany("DELETE FROM names WHERE entity = ?", ((item.node.id,) for item in entities))
    connection.executemany(
        "INSERT INTO names (key, entity) VALUES (?, ?)",
        ((key, item.node.id) for item in entities for key in lookup_keys(item.node)),
    )


def _write_edges(connection: sqlite3.Connection, edges: Iterable[Relationship]) -> None:
    connection.executemany(
        "INSERT INTO edges (type, head, tail, paper, dataset, metric, props) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET props = excluded.props",
        ((*edge.key, to_json(plain_props(edge))) for edge in edges),
    )


def _remove_beats(connection: sqlite3.Connection, keys: Sequence[BeatKey]) -> None:
    connection.executemany(
        "DELETE FROM edges WHERE type = 'BEATS' AND head = ? AND tail = ? AND dataset = ? AND metric = ?", keys
    )


def _insert(table: str, kind: NodeKind) -> str:
    return _insert_into(table, columns(kind))


def _insert_into(table: str, names: Sequence[str]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join('?' * len(names))})"


def _values(node: Node | PaperNode | ResultNode | ClaimNode) -> tuple[object, ...]:
    return tuple([to_json(value) if isinstance(value, tuple) else value for value in values_of(node)])
