"""Fit a linear scorer: softmax regression with an L2 penalty, by Adam on the whole data, on numpy alone."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

Example = tuple[set[str], str]


def fit(examples: Sequence[Example], *, penalty: float = 1.0, rare: int = 3, steps: int = 400) -> dict[str, Any]:
    """Return the weights as data: {"classes": [...], "weights": {feature: [a weight for each class]}}.

    Features seen fewer than `rare` times are left out.
    """
    counts = Counter(feature for features, _ in examples for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= rare)
    index = {name: i for i, name in enumerate(names)}
    classes = sorted({label for _, label in examples})
    rows, columns = [], []
    for row, (features, _) in enumerate(examples):
        known = [index[f] for f in features if f in index]
        rows += [row] * len(known)
        columns += known
    row_index, column_index = np.array(rows), np.array(columns)
    target = np.zeros((len(examples), len(classes)), np.float32)
    target[np.arange(len(examples)), [classes.index(label) for _, label in examples]] = 1
    weights = _descend(row_index, column_index, target, len(names), penalty, steps)
    kept = {name: [round(float(w), 3) for w in weights[i]] for name, i in index.items() if np.abs(weights[i]).max() > 0.02}
    return {"classes": classes, "weights": kept}


def _descend(rows: np.ndarray, columns: np.ndarray, target: np.ndarray, width: int, penalty: float, steps: int) -> np.ndarray:
    weights = np.zeros((width, target.shape[1]), np.float64)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    starts = np.searchsorted(rows, np.arange(len(target)))
    by_column = np.argsort(columns, kind="stable")
    column_starts = np.searchsorted(columns[by_column], np.arange(width))
    for step in range(1, steps + 1):
        scores = np.add.reduceat(weights[columns], starts, axis=0)
        scores -= scores.max(axis=1, keepdims=True)
        guess = np.exp(scores)
        guess /= guess.sum(axis=1, keepdims=True)
        error = (guess - target)[rows[by_column]]
        gradient = np.add.reduceat(error, column_starts, axis=0) + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.1 * (1 - step / (steps + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights
