"""The operators of conditions on single fields, in the spelling of @neo4j/graphql 7."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.enums import Aspect, Kind, MetricDirection, Polarity

_EQ = "It is this; null asks for what is missing."


def _op(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


def _in() -> Any:
    return strawberry.field(name="in", default=UNSET, description="It is one of these.")


@strawberry.input(description="A condition on an id.")
class IDFilter:
    """Parts of an id mean nothing, so there is no `contains`."""

    eq: strawberry.ID | None = _op(_EQ)
    in_: list[strawberry.ID] | None = _in()


@strawberry.input(
    description="A condition on text. What is typed for `contains` and its like finds names and titles in any case."
)
class StringFilter:
    """The operators of text."""

    eq: str | None = _op(_EQ)
    in_: list[str] | None = _in()
    contains: str | None = _op("It has this in it.")
    starts_with: str | None = _op("It starts with this.")
    ends_with: str | None = _op("It ends with this.")
    gt: str | None = _op("It comes after this.")
    gte: str | None = _op("It comes after this or is this.")
    lt: str | None = _op("It comes before this.")
    lte: str | None = _op("It comes before this or is this.")


@strawberry.input(description="A condition on a whole number.")
class IntFilter:
    """The operators of whole numbers."""

    eq: int | None = _op(_EQ)
    in_: list[int] | None = _in()
    gt: int | None = _op("It is more than this.")
    gte: int | None = _op("It is this or more.")
    lt: int | None = _op("It is less than this.")
    lte: int | None = _op("It is this or less.")


@strawberry.input(description="A condition on a number.")
class FloatFilter:
    """The operators of numbers."""

    eq: float | None = _op(_EQ)
    in_: list[float] | None = _in()
    gt: float | None = _op("It is more than this.")
    gte: float | None = _op("It is this or more.")
    lt: float | None = _op("It is less than this.")
    lte: float | None = _op("It is this or less.")


@strawberry.input(description="A condition on a claim's polarity.")
class PolarityFilter:
    """The operators of an enum."""

    eq: Polarity | None = _op(_EQ)
    in_: list[Polarity] | None = _in()


@strawberry.input(description="A condition on what a claim compares.")
class AspectFilter:
    """The operators of an enum."""

    eq: Aspect | None = _op(_EQ)
    in_: list[Aspect] | None = _in()


@strawberry.input(description="A condition on a metric's direction.")
class MetricDirectionFilter:
    """The operators of an enum."""

    eq: MetricDirection | None = _op(_EQ)
    in_: list[MetricDirection] | None = _in()


@strawberry.input(description="A condition on a kind.")
class KindFilter:
    """The operators of an enum."""

    eq: Kind | None = _op(_EQ)
    in_: list[Kind] | None = _in()
