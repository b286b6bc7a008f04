"""Average the weights of trainings that began at the same point.

python -m extractors.model.train.average OUT.pt CHECKPOINT [CHECKPOINT ...]
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from .examples import TAGS


def average(checkpoints: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Return the mean of each weight; of the tag scores only those of the gold, which all have."""
    cut = [
        {name: weight[: len(TAGS)] if name.startswith("tags.") else weight for name, weight in weights.items()}
        for weights in checkpoints
    ]
    return {name: torch.stack([weights[name] for weights in cut]).mean(0) for name in cut[0]}


if __name__ == "__main__":
    out, *paths = map(Path, sys.argv[1:])
    torch.save(average([torch.load(path) for path in paths]), out)
