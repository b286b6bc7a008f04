"""A linear scorer: what a set of named features makes of each class, from weights learned on annotation (learn/)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp


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
        top = max(totals)
        exps = [exp(total - top) for total in totals]
        norm = sum(exps)
        return {name: value / norm for name, value in zip(self.classes, exps, strict=True)}


@cache
def load_scorer(name: str) -> Scorer:
    """Return the scorer whose weights are in extractors/data/weights."""
    data = json.loads(files("extractors").joinpath(f"data/weights/{name}.json").read_text("utf-8"))
    return Scorer(tuple(data["classes"]), {feature: tuple(weights) for feature, weights in data["weights"].items()})
