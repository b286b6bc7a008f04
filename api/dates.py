"""Dates as papers have them: to the day, the month or the year."""

import re
from datetime import date
from typing import NewType

import strawberry

from api.errors import Refused

Date = NewType("Date", str)

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def parse(value: object) -> str:
    """Return an ISO 8601 day, month or year as it is. Raises ValueError for anything else."""
    match = _PARTIAL.fullmatch(value) if isinstance(value, str) and value.isascii() else None
    if not match:
        raise ValueError(f"{value!r} is no date: write 2024, 2024-05 or 2024-05-17")
    date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    return match[0]


def _given(value: object) -> str:
    try:
        return parse(value)
    except ValueError as error:
        raise Refused(str(error)) from error


scalar = strawberry.scalar(
    name="Date",
    description="A day, a month or a year by ISO 8601: 2024-05-17, 2024-05 or 2024.",
    specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
    parse_value=_given,
    serialize=str,
)
