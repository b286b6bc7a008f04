"""What a `where` argument means to a store."""

from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any

from strawberry import UNSET

from api.errors import Refused
from graph.request import AllOf, AnyOf, Condition, Not, Op, Where

_MAX_VALUES = 200

# Where the API's name for a field is not the node's.
_FIELD = {"paper_count": "papers"}


def conditions(given: object | None) -> Where:
    """Return what a `where` argument means; a part that is null or empty is no condition.

    Raises Refused for one with more conditions, or longer lists, than a store should be asked to hold its nodes against.
    """
    where = _where(given)
    if _size(where) > _MAX_VALUES:
        raise Refused(f"`where` has more than {_MAX_VALUES} values.", argument="where")
    return where


def _size(where: Where) -> int:
    match where:
        case Condition():
            return len(where.value) if isinstance(where.value, tuple) else 1
        case Not():
            return _size(where.part)
        case AllOf() | AnyOf():
            return sum(map(_size, where.parts))


def _where(given: object | None) -> Where:
    parts: list[Where] = []
    for name, value in _set(given):
        match name:
            case "and_":
                parts.extend(map(_where, value))
            case "or_":
                parts.extend([AnyOf(tuple(map(_where, value)))] if value else [])
            case "not_":
                parts.append(Not(_where(value)))
            case _:
                parts.extend(_conditions(_FIELD.get(name, name), value))
    return AllOf(tuple(parts))


def _conditions(field: str, given: object) -> Sequence[Where]:
    missing = [Condition(field, Op.EQ, None)] if getattr(given, "eq", UNSET) is None else []
    return [*missing, *(Condition(field, Op(name.rstrip("_")), _plain(value)) for name, value in _set(given))]


def _set(given: object | None) -> list[tuple[str, Any]]:
    if given is None:
        return []
    pairs = ((field.name, getattr(given, field.name)) for field in fields(given))  # type: ignore[arg-type]
    return [(name, value) for name, value in pairs if value is not UNSET and value is not None]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return value.value if isinstance(value, Enum) else value
