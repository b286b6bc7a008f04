"""Lists and properties as JSON text in a column."""

from typing import Any

import orjson

from_json = orjson.loads


def to_json(value: Any) -> str:
    """Return a value as compact JSON text; tuples are lists."""
    return orjson.dumps(value).decode()
