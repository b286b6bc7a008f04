"""What a change has to know of the tables, read inside the writer's transaction; see `graph.refold.Reader`."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.change import BeatKey
from graph.sqlite.read import relationship
from graph.sqlite.text import from_json, to_json
from schema.decisions import Decision, decision_from_json
from schema.nodes import Relationship

_IN = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads by many keys at once."""

    connection: sqlite3.Connection

    def texts(self, papers: Sequence[str]) -> Mapping[str, str]:
        return {row["paper"]: row["json"] for row in self._each(f"SELECT paper, json FROM records WHERE paper {_IN}", papers)}

    def digests(self, papers: Sequence[str]) -> Mapping[str, str]:
        """Return the digests of papers' records."""
        return {
            row["paper"]: row["digest"] for row in self._each(f"SELECT paper, digest FROM records WHERE paper {_IN}", papers)
        }

    def decisions(self, keys: Sequence[str]) -> Iterator[Decision]:
        if not self.connection.execute("SELECT EXISTS (SELECT 1 FROM decisions)").fetchone()[0]:
            return
        statement = (
            f"SELECT json FROM decisions WHERE id {_IN} OR id IN (SELECT decision FROM decision_keys WHERE key {_IN})"
            " ORDER BY at, id"
        )
        values = to_json(list(keys))
        yield from (decision_from_json(from_json(row["json"])) for row in self.connection.execute(statement, [values, values]))

    def meanings(self, shorts: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        return meanings(self._each(f"SELECT short, long, papers FROM meanings WHERE short {_IN} ORDER BY short, long", shorts))

    def shorts(self, longs: Sequence[str]) -> Iterable[str]:
        return [row["short"] for row in self._each(f"SELECT DISTINCT short FROM meanings WHERE long {_IN}", longs)]

    def redirects(self, ids: Sequence[str]) -> Mapping[str, str]:
        return {row["id"]: row["target"] for row in self._each(f"SELECT id, target FROM redirects WHERE id {_IN}", ids)}

    def merged(self, ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for row in self._each(f"SELECT id, target FROM redirects WHERE target {_IN} ORDER BY id", ids):
            groups[row["target"]].append(row["id"])
        return {target: tuple(group) for target, group in groups.items()}

    def papers_of(self, entities: Sequence[str]) -> Iterable[str]:
        statement = f"SELECT paper FROM edges WHERE head {_IN} UNION SELECT paper FROM edges WHERE tail {_IN}"
        values = to_json(list(entities))
        return [row["paper"] for row in self.connection.execute(statement, [values, values]) if row["paper"]]

    def votes(self, entities: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        rows = self._each(f"SELECT id, votes FROM entities WHERE id {_IN}", entities)
        return {row["id"]: from_json(row["votes"]) for row in rows}

    def beats(self, keys: Sequence[BeatKey]) -> Mapping[BeatKey, Relationship]:
        statement = (
            # CROSS JOIN and + hold SQLite to the keys' order and to the primary key.
            "SELECT e.* FROM json_each(?) k CROSS JOIN edges e ON e.type = 'BEATS' AND e.head = k.value ->> 0"
            " AND e.tail = k.value ->> 1 AND +e.paper = '' AND e.dataset = k.value ->> 2 AND e.metric = k.value ->> 3"
        )
        edges = map(relationship, self._each(statement, keys))
        return {(edge.head, edge.tail, edge.dataset or "", edge.metric or ""): edge for edge in edges}

    def _each(self, statement: str, keys: Sequence[Any]) -> list[sqlite3.Row]:
        return self.connection.execute(statement, [to_json(list(keys))]).fetchall() if keys else []


def meanings(rows: Iterable[sqlite3.Row]) -> dict[str, dict[str, int]]:
    """Return rows of `meanings` by short id."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["short"]][row["long"]] = row["papers"]
    return dict(found)
