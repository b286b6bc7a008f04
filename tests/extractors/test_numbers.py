"""Numbers with what the words beside them say."""

import pytest

from extractors.numbers import find_numbers
from schema.records import Bound

NUMBERS = [
    ("accuracy of 84.3%", [(84.3, "%", "score")]),
    ("reaches 53.9 percent", [(53.9, "%", "score")]),
    ("improves by 12%", [(12.0, "%", "delta")]),
    ("a gain of 3.2 points", [(3.2, None, "difference")]),
    ("+1.7% better", [(1.7, "%", "difference")]),
    ("in 2019 we", [(2019.0, None, "year")]),
    ("over 12,000 images", [(12000.0, None, "size")]),
    ("7 benchmarks", [(7.0, None, "size")]),
    ("from 53.9% to 84.3%", [(53.9, "%", "score"), (84.3, "%", "score")]),
    ("62-68% accuracy", [(62.0, "%", "score"), (68.0, "%", "score")]),
    ("GPT-4 and Llama-3.1-8B", []),
    ("an error of 13.89mm", [(13.89, None, "score")]),
    ("a rate of -7.3%", [(-7.3, "%", "score")]),
    ("no number", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_are_read(text: str, expected: list[tuple[float, str | None, str]]) -> None:
    assert [(n.value, n.unit, n.kind) for n in find_numbers(text, 0, len(text))] == expected


BOUNDS = [("up to 50%", Bound.AT_MOST), ("over 50%", Bound.AT_LEAST), ("more than 50%", Bound.AT_LEAST), ("at 50%", None)]


@pytest.mark.parametrize(("text", "expected"), BOUNDS)
def test_a_bound_before_a_number_is_kept(text: str, expected: Bound | None) -> None:
    [number] = find_numbers(text, 0, len(text))
    assert number.bound is expected
