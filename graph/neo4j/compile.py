"""From a request to Cypher: conditions become text with parameters.

Labels and properties come from the schema's own names, which `request.resolve` has checked; no value enters the text.
"""

from collections.abc import Sequence
from typing import Any

from graph.neo4j.order import ordered
from graph.neo4j.rows import ENTITY, IDS, OPTIONAL, STRINGS, label
from graph.request import AllOf, Along, AnyOf, Condition, Naming, Not, Op, Request, Scalar, Some, Sort, Where
from schema.kinds import NodeKind

_COMPARE = {Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}
_TEXT = {Op.CONTAINS: "CONTAINS", Op.STARTS_WITH: "STARTS WITH", Op.ENDS_WITH: "ENDS WITH"}
# In the order that they have in indexes.
_LEADING = ("subject", "dataset", "benchmark")
NODE = "n {.*, votes: null} AS node, labels(n) AS labels"


def select(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the statement that selects a resolved request's nodes, with its parameters."""
    params: dict[str, Any] = {}
    text = f"{_match(request, params)} RETURN {NODE} ORDER BY {_orders(request)}"
    if request.first is not None:
        params["first"] = request.first
        text += " LIMIT $first"
    return text, params


def count(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the statement that counts a resolved request's nodes, with its parameters."""
    params: dict[str, Any] = {}
    return f"{_match(request, params)} RETURN count(n) AS n", params


def select_each(request: Request, ends: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the statement that selects a resolved request's page for each owner in `ids`, with its parameters."""
    params: dict[str, Any] = {}
    page = f"{_match(request, params, ends)} RETURN n ORDER BY {_orders(request, ends)}"
    if request.first is not None:
        params["first"] = request.first
        page += " LIMIT $first"
    return f"UNWIND $ids AS owner CALL (owner) {{ {page} }} RETURN owner, {NODE}", params


def count_each(request: Request, ends: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return the statement that counts a resolved request's nodes for each owner in `ids`, with its parameters."""
    params: dict[str, Any] = {}
    match = _match(request, params, ends)
    return f"UNWIND $ids AS owner CALL (owner) {{ {match} RETURN count(n) AS n }} RETURN owner, n", params


def condition(where: Where, params: dict[str, Any], at: str = "n") -> str:
    """Return a condition on the node called `at` as text, and put its values into `params`.

    What holds is true; what doesn't is false or null.
    """
    match where:
        case Condition(field, Op.EQ, None):
            return f"{_column(field, at)} IS NULL"
        case Condition(field, Op.EQ, value):
            return f"{_column(field, at)} = {_param(field, value, params)}"
        case Condition(field, Op.IN, values):
            options = values if isinstance(values, tuple) else (values,)
            present = tuple(value for value in options if value is not None)
            text = f"{_column(field, at)} IN {_param(field, present, params)}"
            return text if len(present) == len(options) else f"({text} OR {_column(field, at)} IS NULL)"
        case Condition(field, op, value) if op in _TEXT:
            return f"{_column(field, at)} {_TEXT[op]} {_param(field, value, params)}"
        case Condition(field, op, value):
            return f"{_sortable(field, at)} {_COMPARE[op]} {_param(field, value, params, sortable=True)}"
        case Some(way, part):
            return _some(way, part, params, at)
        case Not(part):
            return f"NOT coalesce({condition(part, params, at)}, false)"
        case AllOf(parts):
            return _joined(parts, " AND ", "true", params, at)
        case AnyOf(parts):
            return _joined(parts, " OR ", "false", params, at)


def _match(request: Request, params: dict[str, Any], ends: Sequence[str] = ()) -> str:
    owned = f"{_names('owner', ends, 'n')} AND " if ends else ""
    return f"MATCH (n:{_labels(request.kinds)}) WHERE {owned}{condition(request.where, params)} AND {_has_id('n')}"


def _has_id(at: str) -> str:
    """Return what is true of every node; Neo4j uses an index only where something is asked of each of its properties."""
    return f"{at}.id IS NOT NULL"


def _labels(kinds: Sequence[NodeKind]) -> str:
    listed = "|".join(kind.value for kind in kinds)
    # Indexes are on the label that all entities share.
    return f"{ENTITY}&({listed})" if {label(kind) for kind in kinds} == {ENTITY} else listed


def _some(way: Naming | Along, part: Where, params: dict[str, Any], at: str) -> str:
    there = f"{at}n"
    node, holds = f"({there}:{_labels(way.kinds)})", condition(part, params, there)
    if isinstance(way, Naming):
        return f"EXISTS {{ MATCH {node} WHERE {_names(f'{at}.id', way.fields, there)} AND {holds} AND {_has_id(there)} }}"
    types = "|".join(kind.value for kind in way.types)
    left, right = ("<-", "-") if way.back else ("-", "->")
    return f"EXISTS {{ MATCH ({at}){left}[:{types}]{right}{node} WHERE {holds} }}"


def _names(key: str, fields: Sequence[str], at: str) -> str:
    return f"({' OR '.join(f'{_column(field, at)} = {key}' for field in fields)})"


def _joined(parts: Sequence[Where], word: str, empty: str, params: dict[str, Any], at: str) -> str:
    return f"({word.join(condition(part, params, at) for part in parts) or empty})"


def _orders(request: Request, ends: Sequence[str] = ()) -> str:
    there = _present(request.where)
    fixed = _fixed(request.where) | (frozenset(ends) if len(ends) == 1 else frozenset())
    # What is the same for all rows orders nothing; named first, as in an index, the order comes from that index.
    leading = [Sort(field) for field in _LEADING if field in fixed and field not in {item.field for item in request.sort}]
    return ", ".join(_order(item, nulls=item.field in OPTIONAL - there - fixed) for item in (*leading, *request.sort))


def _fixed(where: Where) -> frozenset[str]:
    """Return fields that have one and the same value wherever the condition holds."""
    match where:
        case Condition(field, Op.EQ, value) if value is not None:
            return frozenset({field})
        case AllOf(parts):
            return frozenset().union(*map(_fixed, parts))
    return frozenset()


def _present(where: Where) -> frozenset[str]:
    """Return fields that have a value wherever the condition holds: an order without nulls can come from an index."""
    match where:
        case Condition(field, op, value) if op in _COMPARE or (op is Op.EQ and value is not None):
            return frozenset({field})
        case AllOf(parts):
            return frozenset().union(*map(_present, parts))
    return frozenset()


def _order(sort: Sort, *, nulls: bool) -> str:
    column = _sortable(sort.field, "n")
    last = f"{column} IS NULL, " if nulls else ""
    return f"{last}{column} DESC" if sort.descending else f"{last}{column}"


def _column(field: str, at: str) -> str:
    return f"head([label IN labels({at}) WHERE label <> '{ENTITY}'])" if field == "kind" else f"{at}.`{field}`"


def _sortable(field: str, at: str) -> str:
    """Text but ids has a second property where its order would be wrong; see order.py."""
    if field in STRINGS - IDS:
        return f"coalesce({at}.`{field}_order`, {at}.`{field}`)"
    return _column(field, at)


def _param(field: str, value: Scalar | tuple[Scalar, ...], params: dict[str, Any], *, sortable: bool = False) -> str:
    name = f"p{len(params)}"
    if field in IDS or (sortable and field in STRINGS):
        params[name] = [_ordered(item) for item in value] if isinstance(value, tuple) else _ordered(value)
    else:
        params[name] = list(value) if isinstance(value, tuple) else value
    return f"${name}"


def _ordered(value: Scalar) -> Scalar:
    return ordered(value) if isinstance(value, str) else value
