"""What the network says, beside the names, of the part that each word plays in the facts of its abstract."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["PARTS", "Parts"]

OF_LINKS = ("BASED_ON", "TRAINED_ON", "EVALUATED_ON", "ADDRESSES", "USES")
# Of a name: what the paper does with it; its part in a claim that this very sentence makes, and in any claim, score or link.
OF_NAMES = (
    *("introduced", "used"),
    *("winner here", "loser here", "dataset here"),
    *("winner", "loser", "dataset"),
    *("score subject", "score dataset", "score metric"),
    *(f"head {kind}" for kind in OF_LINKS),
    *(f"tail {kind}" for kind in OF_LINKS),
)
# Of every word: whether its sentence makes a claim, and one over a class of losers.
OF_SENTENCES = ("claim", "claim over @sota", "claim over @baseline")
# Of the words of a number: whether it is a score.
OF_NUMBERS = ("score",)
PARTS = (*OF_NAMES, *OF_SENTENCES, *OF_NUMBERS)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Where each word of a text begins, in order, and for each (row) how probable each of PARTS (column) is."""

    starts: NDArray[np.int64]
    table: NDArray[np.float32]

    def of(self, spans: Sequence[tuple[int, int]]) -> dict[str, float]:
        """Return how probable each part is for the words that begin in the spans [start, end), on the mean."""
        bounds = np.searchsorted(self.starts, np.asarray(spans, np.int64))
        rows = [self.table[first:last].mean(axis=0) for first, last in bounds.tolist() if first < last]
        means = np.mean(rows, axis=0) if rows else np.zeros(len(PARTS))
        return dict(zip(PARTS, means.tolist(), strict=True))
