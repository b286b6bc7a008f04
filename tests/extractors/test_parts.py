"""The parts that an encoder sees, as features."""

import numpy as np

from extractors.model.parts import PARTS, Parts
from extractors.parts import part_features, steps
from schema.records import Span


def test_a_probability_is_told_by_the_steps_that_it_reaches() -> None:
    assert sorted(steps("loser", 0.4)) == [
        "loser < 0.5", "loser < 0.7", "loser < 0.85", "loser < 0.94",
        "loser > 0.02", "loser > 0.06", "loser > 0.15", "loser > 0.3",
    ]  # fmt: skip


def test_without_an_encoder_nothing_is_told() -> None:
    assert list(part_features(None, [Span(0, 1, "x")], "loser")) == []
    table = np.full((1, len(PARTS)), 0.9, np.float32)
    assert "loser > 0.85" in set(part_features(Parts(np.array([0]), table), [Span(0, 1, "x")], "loser"))
