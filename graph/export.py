"""The graph in other programs' hands: canonical JSON Lines, extraction records, GraphML."""

import json
import re
from collections.abc import Iterator
from typing import Any

import networkx as nx

from graph.analysis import to_networkx
from graph.store import Store

# XML 1.0 has no place for most control characters.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

FORMATS = ("jsonl", "records", "graphml")


def export(store: Store, to: str) -> Iterator[str]:
    """Yield the lines of the graph in a format of `FORMATS`, without their line ends.

    "jsonl" is canonical: two stores hold the same graph when these are equal. "records" is what `ingest` reads again.
    Both are streamed; "graphml" holds the graph in memory.
    Raises ValueError for an unknown format, naming the known.
    """
    match to:
        case "jsonl":
            return map(_json, store.dump())
        case "records":
            return map(_json, store.records())
        case "graphml":
            return _graphml(store)
        case _:
            raise ValueError(f"{to!r} is no format of export; the formats are {', '.join(FORMATS)}")


def _json(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _graphml(store: Store) -> Iterator[str]:
    graph = to_networkx(store)
    # GraphML knows no lists and no nulls.
    for _, data in graph.nodes(data=True):
        _flatten(data)
    for _, _, data in graph.edges(data=True):
        _flatten(data)
    lines: Iterator[str] = nx.generate_graphml(graph)
    return lines


def _flatten(data: dict[str, Any]) -> None:
    for name, value in list(data.items()):
        if value is None:
            del data[name]
        elif isinstance(value, list):
            data[name] = json.dumps(value, ensure_ascii=False)
        elif isinstance(value, str):
            data[name] = _NOT_XML.sub("\ufffd", value)
