"""A JSON file: a list of papers, an object that holds such a list, or one paper."""

import json
from collections.abc import Iterator
from typing import Any

from extractors.readers.fields import by_field, to_paper
from extractors.readers.json_lines import parse_json
from extractors.readers.lines import whole
from extractors.readers.outcome import Skipped, UnreadableInput, shown
from schema.records import Paper

LIST_KEYS = ("papers", "results", "data", "items", "entries", "articles", "records", "documents", "hits")


def read_json(pieces: Iterator[str], name: str) -> Iterator[Paper | Skipped]:
    """Yield the paper of each object in the file's list.

    Raises UnreadableInput where the file is no JSON or has no list.
    """
    text = whole(pieces, name=name, remedy="write one object a line (jsonl), which is streamed")
    try:
        data = parse_json(text)
    except json.JSONDecodeError as error:
        near = shown(text[max(error.pos - 10, 0) : error.pos + 20])
        raise UnreadableInput(
            f"{name}: line {error.lineno}, column {error.colno}, near {near}: not valid JSON: {error.msg}; "
            "mend it there, or write one object a line (jsonl), where a bad line costs only itself"
        ) from None
    except ValueError as error:
        raise UnreadableInput(f"{name}: not usable JSON: {error}; mend it there") from None
    for position, entry in enumerate(_entries(data, name), start=1):
        if isinstance(entry, dict):
            yield to_paper(entry, where=f"item {position}")
        else:
            yield Skipped(f"item {position}", "not_an_object", f"{shown(entry)} is no object with title and abstract")


def _entries(data: Any, name: str) -> list[Any]:
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        if "title" in by_field(data):
            return [data]
        for key in (*LIST_KEYS, *data):
            if isinstance(data.get(key), list):
                return list(data[key])
    found = f"an object with the keys {shown(list(data))}" if isinstance(data, dict) else shown(data)
    raise UnreadableInput(f"{name}: found {found}; a list of papers, or an object such as {{'papers': […]}}, is needed")
