"""From a request to SQL: conditions become text with placeholders, values become parameters.

Names of tables and columns come from the schema's own fields, which `request.resolve` has checked; no value enters the text.
"""

from collections.abc import Sequence

from graph.request import AllOf, Along, AnyOf, Condition, Naming, Not, Op, Request, Scalar, Some, Sort, Where
from schema.kinds import ENTITY_KINDS, NodeKind

TABLE = {NodeKind.PAPER: "papers", NodeKind.RESULT: "results", NodeKind.CLAIM: "claims"} | dict.fromkeys(
    ENTITY_KINDS, "entities"
)

_COMPARE = {Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}


def select(request: Request, what: str = "*") -> tuple[str, list[Scalar]]:
    """Return the statement, with its parameters, that selects a resolved request's nodes; `what` may be count(*)."""
    text, params = _of_kinds(request.kinds, request.where, "n")
    statement = f"SELECT {what} FROM {TABLE[request.kinds[0]]} n WHERE {text}"
    return (statement, params) if what != "*" else _paged(statement, params, request)


def select_each(request: Request, ends: Sequence[str]) -> tuple[str, list[Scalar]]:
    """Return the statement, with its parameters but the first, that selects a resolved request's page for each `owner` in a
    JSON list, its first parameter."""
    table = TABLE[request.kinds[0]]
    text, params = _of_kinds(request.kinds, request.where, "n")
    page, params = _paged(f"SELECT n.id FROM {table} n WHERE {_names('owner.value', ends, 'n')} AND {text}", params, request)
    order = ", ".join(_order(sort, "found") for sort in request.sort)
    return (
        f"SELECT owner.value AS owner, found.* FROM json_each(?) owner CROSS JOIN {table} found ON found.id IN ({page})"
        f" ORDER BY {order}"
    ), params


def count_each(request: Request, ends: Sequence[str]) -> tuple[str, list[Scalar]]:
    """Return the statement, with its parameters but the last, that counts a resolved request's nodes for each `owner` in a
    JSON list, its last parameter."""
    text, params = _of_kinds(request.kinds, request.where, "n")
    counted = f"SELECT count(*) FROM {TABLE[request.kinds[0]]} n WHERE {_names('owner.value', ends, 'n')} AND {text}"
    return f"SELECT owner.value AS owner, ({counted}) AS n FROM json_each(?) owner", params


def _of_kinds(kinds: Sequence[NodeKind], where: Where, at: str) -> tuple[str, list[Scalar]]:
    text, params = condition(where, at)
    if TABLE[kinds[0]] == "entities":
        return f"{at}.kind IN ({_marks(kinds)}) AND {text}", [*(kind.value for kind in kinds), *params]
    return text, params


def _paged(statement: str, params: list[Scalar], request: Request) -> tuple[str, list[Scalar]]:
    statement += f" ORDER BY {', '.join(_order(sort, 'n') for sort in request.sort)}"
    return (statement, params) if request.first is None else (f"{statement} LIMIT ?", [*params, request.first])


def condition(where: Where, at: str) -> tuple[str, list[Scalar]]:
    """Return a condition on the row called `at` as text, with its parameters; what doesn't hold is false or null.

    Bare comparisons, or SQLite finds no index for them.
    """
    match where:
        case Condition(field, Op.EQ, value):
            return f"{_column(field, at)} IS ?", [_scalar(value)]
        case Condition(field, Op.IN, values):
            options = values if isinstance(values, tuple) else (values,)
            present: list[Scalar] = [value for value in options if value is not None]
            missing = "IS NULL OR" if len(present) < len(options) else "IS NOT NULL AND"
            column = _column(field, at)
            return f"({column} {missing} {column} IN ({_marks(present)}))", present
        case Condition(field, Op.CONTAINS, value):
            return f"instr({_column(field, at)}, ?) > 0", [_scalar(value)]
        case Condition(field, Op.STARTS_WITH, value):
            return f"substr({_column(field, at)}, 1, length(?)) = ?", [_scalar(value)] * 2
        case Condition(field, Op.ENDS_WITH, value):
            column = _column(field, at)
            end = f"substr({column}, length({column}) - length(?) + 1)"
            return f"(length({column}) >= length(?) AND {end} = ?)", [_scalar(value)] * 3
        case Condition(field, op, value):
            return f"{_column(field, at)} {_COMPARE[op]} ?", [_scalar(value)]
        case Some(way, part):
            return _some(way, part, at)
        case Not(part):
            text, params = condition(part, at)
            return f"NOT coalesce({text}, FALSE)", params
        case AllOf(parts):
            return _joined(parts, " AND ", "TRUE", at)
        case AnyOf(parts):
            return _joined(parts, " OR ", "FALSE", at)


def _some(way: Naming | Along, part: Where, at: str) -> tuple[str, list[Scalar]]:
    there = f"{at}n"
    text, params = _of_kinds(way.kinds, part, there)
    table = TABLE[way.kinds[0]]
    if isinstance(way, Naming):
        return f"EXISTS (SELECT 1 FROM {table} {there} WHERE {_names(f'{at}.id', way.fields, there)} AND {text})", params
    near, far = ("tail", "head") if way.back else ("head", "tail")
    types = ", ".join(f"'{kind.value}'" for kind in way.types)
    edges = f"edges {there}e CROSS JOIN {table} {there} ON {there}.id = {there}e.{far}"
    return (
        f"EXISTS (SELECT 1 FROM {edges} WHERE {there}e.{near} = {at}.id AND {there}e.type IN ({types}) AND {text})",
        params,
    )


def _names(key: str, fields: Sequence[str], at: str) -> str:
    return f"({' OR '.join(f'{_column(field, at)} = {key}' for field in fields)})"


def _joined(parts: Sequence[Where], word: str, empty: str, at: str) -> tuple[str, list[Scalar]]:
    compiled = [condition(part, at) for part in parts]
    text = word.join(text for text, _ in compiled) or empty
    return f"({text})", [param for _, params in compiled for param in params]


def _order(sort: Sort, at: str) -> str:
    # Downwards nulls are last by themselves, and an id is never null: said all the same, SQLite would sort what an index has.
    last = "" if sort.descending or sort.field == "id" else " NULLS LAST"
    return f"{_column(sort.field, at)} {'DESC' if sort.descending else 'ASC'}{last}"


def _column(field: str, at: str) -> str:
    return f'{at}."{field}"'


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _scalar(value: Scalar | tuple[Scalar, ...]) -> Scalar:
    if isinstance(value, tuple):
        raise TypeError(f"one value expected, not {value!r}")
    return value
