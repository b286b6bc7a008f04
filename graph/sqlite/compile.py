"""From a request to SQL: conditions become text with placeholders, values become parameters.

Names of tables and columns come from the schema's own fields, which `request.resolve` has checked; no value enters the text.
"""

from collections.abc import Sequence

from graph.request import AllOf, AnyOf, Condition, Not, Op, Request, Scalar, Sort, Where
from schema.kinds import ENTITY_KINDS, NodeKind

TABLE = {NodeKind.PAPER: "papers", NodeKind.RESULT: "results", NodeKind.CLAIM: "claims"} | dict.fromkeys(
    ENTITY_KINDS, "entities"
)

_COMPARE = {Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}


def select(request: Request, what: str = "*") -> tuple[str, list[Scalar]]:
    """Return the statement, with its parameters, that selects a resolved request's nodes; `what` may be count(*)."""
    table = TABLE[request.kinds[0]]
    text, params = condition(request.where)
    if table == "entities":
        text = f"kind IN ({_marks(request.kinds)}) AND {text}"
        params = [*(kind.value for kind in request.kinds), *params]
    statement = f"SELECT {what} FROM {table} WHERE {text}"
    if what != "*":
        return statement, params
    statement += f" ORDER BY {', '.join(map(_order, request.sort))}"
    if request.first is not None:
        statement += " LIMIT ?"
        params.append(request.first)
    return statement, params


def condition(where: Where) -> tuple[str, list[Scalar]]:
    """Return a condition as text that is true or false, never null, with its parameters."""
    match where:
        case Condition(field, Op.EQ, value):
            return f"{_column(field)} IS ?", [_scalar(value)]
        case Condition(field, Op.IN, values):
            options = values if isinstance(values, tuple) else (values,)
            present: list[Scalar] = [value for value in options if value is not None]
            missing = " OR TRUE" if len(present) < len(options) else ""
            column = _column(field)
            return f"iif({column} IS NULL, FALSE{missing}, {column} IN ({_marks(present)}))", present
        case Condition(field, Op.CONTAINS, value):
            return f"coalesce(instr({_column(field)}, ?) > 0, FALSE)", [_scalar(value)]
        case Condition(field, Op.STARTS_WITH, value):
            return f"coalesce(substr({_column(field)}, 1, length(?)) = ?, FALSE)", [_scalar(value)] * 2
        case Condition(field, Op.ENDS_WITH, value):
            ends = f"coalesce(length({_column(field)}) >= length(?) AND substr({_column(field)}, length({_column(field)})"
            return f"{ends} - length(?) + 1) = ?, FALSE)", [_scalar(value)] * 3
        case Condition(field, op, value):
            return f"coalesce({_column(field)} {_COMPARE[op]} ?, FALSE)", [_scalar(value)]
        case Not(part):
            text, params = condition(part)
            return f"NOT {text}", params
        case AllOf(parts):
            return _joined(parts, " AND ", "TRUE")
        case AnyOf(parts):
            return _joined(parts, " OR ", "FALSE")


def _joined(parts: Sequence[Where], word: str, empty: str) -> tuple[str, list[Scalar]]:
    compiled = [condition(part) for part in parts]
    text = word.join(text for text, _ in compiled) or empty
    return f"({text})", [param for _, params in compiled for param in params]


def _order(sort: Sort) -> str:
    return f"{_column(sort.field)} {'DESC' if sort.descending else 'ASC'} NULLS LAST"


def _column(field: str) -> str:
    return f'"{field}"'


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _scalar(value: Scalar | tuple[Scalar, ...]) -> Scalar:
    if isinstance(value, tuple):
        raise TypeError(f"one value expected, not {value!r}")
    return value
