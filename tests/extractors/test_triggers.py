"""Comparing phrases, loser classes and printed differences."""

import pytest

from extractors.deltas import find_delta
from extractors.triggers import find_triggers, loser_class
from schema.records import Aspect, Bound, DeltaKind, Polarity

PHRASES = [
    ("It outperforms B.", "over", Polarity.BETTER, False),
    ("It is outperformed by B.", "under", Polarity.BETTER, True),
    ("It performs worse than B.", "under", Polarity.BETTER, True),
    ("It does not outperform B.", "over", Polarity.NOT_BETTER, False),
    ("It is on par with B.", "equal", Polarity.EQUAL, False),
    ("A gain of 3.5% over B.", "gain", Polarity.BETTER, False),
    ("It sets a new state of the art.", "sota", Polarity.BETTER, False),
]


@pytest.mark.parametrize(("text", "rule", "polarity", "turned"), PHRASES)
def test_phrases_point_one_way(text: str, rule: str, polarity: Polarity, turned: bool) -> None:
    [trigger, *_] = find_triggers(text, 0, len(text))
    assert (trigger.rule, trigger.polarity, trigger.reversed) == (rule, polarity, turned)


def test_speed_is_efficiency_and_no_win() -> None:
    text = "It is 10x faster than B."
    [trigger] = find_triggers(text, 0, len(text))
    assert trigger.aspect is Aspect.EFFICIENCY


def test_a_hedge_is_kept() -> None:
    text = "It can outperform B."
    [trigger] = find_triggers(text, 0, len(text))
    assert trigger.hedge == "can"


CLASSES = [
    ("previous state-of-the-art methods", "@sota"),
    ("existing approaches", "@previous"),
    ("strong baselines", "@baseline"),
    ("human experts", "@human"),
    ("the weather", None),
]


@pytest.mark.parametrize(("text", "expected"), CLASSES)
def test_unnamed_losers_have_a_class(text: str, expected: str | None) -> None:
    assert loser_class(text, 0, len(text)) == expected


DELTAS = [
    ("It outperforms B by 12%.", "12%", "%", DeltaKind.AMBIGUOUS, None),
    ("It outperforms B by 3.1 points.", "3.1 points", "points", DeltaKind.ABSOLUTE, None),
    ("It outperforms B by up to 5% relative.", "5%", "%", DeltaKind.RELATIVE, Bound.AT_MOST),
    ("It outperforms B.", None, None, None, None),
    ("It reaches an accuracy of 46.3%, surpassing B.", None, None, None, None),
]


@pytest.mark.parametrize(("text", "by", "unit", "kind", "bound"), DELTAS)
def test_differences_are_read_with_their_kind(
    text: str, by: str | None, unit: str | None, kind: DeltaKind | None, bound: Bound | None
) -> None:
    [trigger, *_] = find_triggers(text, 0, len(text))
    printed, delta = find_delta(text, 0, len(text), trigger)
    assert printed == by
    assert (delta.unit, delta.kind, delta.bound) == (unit, kind, bound) if delta else kind is None
