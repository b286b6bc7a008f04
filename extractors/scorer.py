"""A linear scorer: what a set of named features makes of each class, from weights learned on annotation (learn/)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any


@dataclass(frozen=True, slots=True)
class Scorer:
    """A softmax over `classes`; each feature has one weight a class, unknown features none."""

    classes: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Return how probable each class is, given the features.

        >>> Scorer(("no", "yes"), {"good": (0.0, 2.0)}).probabilities(["good", "unseen"])["yes"]
        0.8807970779778823
        """
        known = [weights for feature in features if (weights := self.weights.get(feature))]
        totals = [sum(column) for column in zip(*known, strict=True)] or [0.0] * len(self.classes)
        return dict(zip(self.classes, softmax(totals), strict=True))


def softmax(totals: Sequence[float]) -> list[float]:
    """Return shares that make one, each in proportion to the exponential of its total."""
    top = max(totals, default=0.0)
    exps = [exp(total - top) for total in totals]
    norm = sum(exps)
    return [value / norm for value in exps]


def read_weights(name: str) -> Any:
    """Return what learn/ wrote of a scorer or ranker, extractors/data/weights."""
    return json.loads(files("extractors").joinpath(f"data/weights/{name}.json").read_text("utf-8"))


@cache
def load_scorer(name: str) -> Scorer:
    """Return the scorer whose weights are in extractors/data/weights."""
    data = read_weights(name)
    return Scorer(tuple(data["classes"]), {feature: tuple(weights) for feature, weights in data["weights"].items()})
