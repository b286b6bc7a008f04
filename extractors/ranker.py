"""A linear ranker: which of several candidates fills a slot, from weights learned on annotation (learn/)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.scorer import read_weights, softmax


@dataclass(frozen=True, slots=True)
class Ranker:
    """A softmax over candidates: each feature has one weight, unknown features none."""

    weights: Mapping[str, float]

    def probabilities(self, candidates: Sequence[set[str]]) -> list[float]:
        """Return how probable each candidate is, given the features of all; together they make one.

        >>> Ranker({"near": 2.0}).probabilities([{"near"}, {"far"}])
        [0.8807970779778823, 0.11920292202211755]
        """
        totals = [sum(self.weights.get(feature, 0.0) for feature in sorted(features)) for features in candidates]
        return softmax(totals)


@cache
def load_ranker(name: str) -> Ranker:
    """Return the ranker whose weights are in extractors/data/weights."""
    return Ranker(read_weights(name))
