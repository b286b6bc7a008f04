"""What was known at a date."""

from graph.request import AllOf, Along, AnyOf, Condition, Op, Some, Where
from schema.kinds import NodeKind, RelationKind
from schema.nodes import PaperNode

_PAPER_OF = Along(kinds=(NodeKind.PAPER,), types=(RelationKind.REPORTED_IN, RelationKind.STATED_IN))


def date_of(paper: PaperNode) -> str | None:
    """Return when a paper came out (ISO 8601, as precisely as is known)."""
    return paper.date or (str(paper.year) if paper.year else None)


def known_by(paper: PaperNode, as_of: str | None) -> bool:
    """Return whether a paper was out at a date (ISO 8601, any precision); one of unknown date was not."""
    if as_of is None:
        return True
    date = date_of(paper)
    # Of "2024" and "2024-06-01" only the years can be compared.
    return date is not None and date[: len(as_of)] <= as_of[: len(date)]


def stated_by(as_of: str | None) -> Where:
    """Return the condition on a result or claim that its paper was out at a date; always true for no date."""
    # "~" sorts behind every digit: "2024-06-01" is in "2024".
    return AllOf(()) if as_of is None else _dated(Op.LTE, f"{as_of}~", int(as_of[:4]))


def stated_before(date: str) -> Where:
    """Return the condition on a result or claim that its paper was out before a date; in doubt it wasn't."""
    return _dated(Op.LT, date, int(date[:4]) - 1)


def _dated(op: Op, date: str, year: int) -> Where:
    by_date = AllOf((Condition("date", Op.GT, ""), Condition("date", op, date)))
    by_year = AllOf((Condition("date", Op.EQ, None), Condition("year", Op.LTE, year)))
    return Some(_PAPER_OF, AnyOf((by_date, by_year)))
