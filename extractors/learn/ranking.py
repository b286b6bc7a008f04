"""Fit a linear ranker: softmax over the candidates of each choice with an L2 penalty, by Adam on numpy alone."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

Choice = tuple[Sequence[set[str]], Sequence[bool]]
"""The features of each candidate, and whether it is right; several may be."""


def fit_ranking(choices: Sequence[Choice], *, penalty: float = 1.0, rare: int = 3, steps: int = 300) -> dict[str, float]:
    """Return a weight for each feature. Choices without a right candidate are left out, and features seen fewer than `rare`
    times."""
    choices = [choice for choice in choices if any(choice[1])]
    counts = Counter(feature for candidates, _ in choices for features in candidates for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= rare)
    index = {name: i for i, name in enumerate(names)}
    rows = [[index[f] for f in features if f in index] for candidates, _ in choices for features in candidates]
    matrix = np.zeros((len(rows), len(names)), np.float32)
    for row, columns in enumerate(rows):
        matrix[row, columns] = 1
    right = np.array([good for _, flags in choices for good in flags])
    starts = np.cumsum([0, *(len(flags) for _, flags in choices)])[:-1]
    weights = _descend(matrix, right, starts, penalty, steps)
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) > 0.01}


def _descend(matrix: np.ndarray, right: np.ndarray, starts: np.ndarray, penalty: float, steps: int) -> np.ndarray:
    weights = np.zeros(matrix.shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    groups = np.repeat(np.arange(len(starts)), np.diff([*starts, len(matrix)]))
    for step in range(1, steps + 1):
        exps = np.exp(np.clip(matrix @ weights, -30, 30))
        guess = exps / np.add.reduceat(exps, starts)[groups]
        wanted = np.where(right, exps, 0)
        wanted /= np.add.reduceat(wanted, starts)[groups]
        gradient = matrix.T @ (guess - wanted) + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.1 * (1 - step / (steps + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights
