"""From a request to Cypher: conditions become text with parameters.

Labels and properties come from the schema's own names, which `request.resolve` has checked; no value enters the text.
"""

from collections.abc import Sequence
from typing import Any

from graph.neo4j.order import ordered
from graph.neo4j.rows import ENTITY, IDS, OPTIONAL, STRINGS, label
from graph.request import AllOf, AnyOf, Condition, Not, Op, Request, Scalar, Sort, Where

_COMPARE = {Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}
_TEXT = {Op.CONTAINS: "CONTAINS", Op.STARTS_WITH: "STARTS WITH", Op.ENDS_WITH: "ENDS WITH"}
NODE = "n {.*, votes: null} AS node, labels(n) AS labels"


def select(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the statement that selects a resolved request's nodes, with its parameters."""
    params: dict[str, Any] = {}
    text = f"{_match(request, params)} RETURN {NODE} ORDER BY {', '.join(map(_order, request.sort))}"
    if request.first is not None:
        params["first"] = request.first
        text += " LIMIT $first"
    return text, params


def count(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the statement that counts a resolved request's nodes, with its parameters."""
    params: dict[str, Any] = {}
    return f"{_match(request, params)} RETURN count(n) AS n", params


def condition(where: Where, params: dict[str, Any]) -> str:
    """Return a condition as text, and put its values into `params`. What holds is true; what doesn't is false or null."""
    match where:
        case Condition(field, Op.EQ, None):
            return f"{_column(field)} IS NULL"
        case Condition(field, Op.EQ, value):
            return f"{_column(field)} = {_param(field, value, params)}"
        case Condition(field, Op.IN, values):
            options = values if isinstance(values, tuple) else (values,)
            present = tuple(value for value in options if value is not None)
            text = f"{_column(field)} IN {_param(field, present, params)}"
            return text if len(present) == len(options) else f"({text} OR {_column(field)} IS NULL)"
        case Condition(field, op, value) if op in _TEXT:
            return f"{_column(field)} {_TEXT[op]} {_param(field, value, params)}"
        case Condition(field, op, value):
            return f"{_sortable(field)} {_COMPARE[op]} {_param(field, value, params, sortable=True)}"
        case Not(part):
            return f"NOT coalesce({condition(part, params)}, false)"
        case AllOf(parts):
            return _joined(parts, " AND ", "true", params)
        case AnyOf(parts):
            return _joined(parts, " OR ", "false", params)


def _match(request: Request, params: dict[str, Any]) -> str:
    kinds = "|".join(kind.value for kind in request.kinds)
    families = {label(kind) for kind in request.kinds}
    # Indexes are on the label that all entities share.
    labels = f"{ENTITY}&({kinds})" if families == {ENTITY} else kinds
    return f"MATCH (n:{labels}) WHERE {condition(request.where, params)}"


def _joined(parts: Sequence[Where], word: str, empty: str, params: dict[str, Any]) -> str:
    return f"({word.join(condition(part, params) for part in parts) or empty})"


def _order(sort: Sort) -> str:
    column = _sortable(sort.field)
    nulls = f"{column} IS NULL, " if sort.field in OPTIONAL else ""
    return f"{nulls}{column} DESC" if sort.descending else f"{nulls}{column}"


def _column(field: str) -> str:
    return f"head([label IN labels(n) WHERE label <> '{ENTITY}'])" if field == "kind" else f"n.`{field}`"


def _sortable(field: str) -> str:
    """Text but ids has a second property where its order would be wrong; see order.py."""
    if field in STRINGS - IDS:
        return f"coalesce(n.`{field}_order`, n.`{field}`)"
    return _column(field)


def _param(field: str, value: Scalar | tuple[Scalar, ...], params: dict[str, Any], *, sortable: bool = False) -> str:
    name = f"p{len(params)}"
    if field in IDS or (sortable and field in STRINGS):
        params[name] = [_ordered(item) for item in value] if isinstance(value, tuple) else _ordered(value)
    else:
        params[name] = list(value) if isinstance(value, tuple) else value
    return f"${name}"


def _ordered(value: Scalar) -> Scalar:
    return ordered(value) if isinstance(value, str) else value
