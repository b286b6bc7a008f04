"""The settings of the trainings that lead to the shipped weights, in their order."""

from dataclasses import dataclass

Settings = dict[str, object]

# MiniLM as packaged, on the gold alone.
BEGIN: Settings = {"kind": "minilm", "epochs": 8, "until": 2, "rate": 3e-4, "look_from": 2}

# How many of the 1,536 inner units of a layer stay.
INNER = 768
_HALF: Settings = {"kind": "minilm", "inner": INNER, "look_from": 1}

# On the gold again, to make up for the units that went.
NARROW: Settings = _HALF | {"epochs": 6, "until": 3, "rate": 3e-4, "average": 0.98}

# With hints from known names, and SciREX beside the gold under tags of its own.
SCIREX = {"scirex": ["Method", "Task", "Metric", "Material"]}
BESIDE: Settings = _HALF | {"epochs": 3, "rate": 2e-4, "average": 0.985, "seed": 2, "corpus_labels": SCIREX}


@dataclass(frozen=True, slots=True)
class Round:
    """One more training, on the gold, other corpora, and new abstracts that the encoder before it has tagged."""

    seed: int
    labelled: int
    settings: Settings


_MORE: Settings = _HALF | {"epochs": 1, "rate": 1.5e-4}
TDMSCI = {"tdmsci": ["TASK", "DATASET", "METRIC"]}
ROUNDS = (
    Round(2, 400, _MORE | {"average": 0.97, "seed": 4, "corpus_labels": SCIREX}),
    Round(3, 400, _MORE | {"average": 0.98, "seed": 5, "corpus_labels": SCIREX | TDMSCI}),
)

# A larger encoder, whose five lowest layers stay as packaged, and how many new abstracts it and the last round's encoder
# tag together. Its own weights, not their mean on the way, which lags behind at so few steps.
TEACHER: Settings = {"kind": "mpnet", "epochs": 5, "rate": 8e-5, "frozen": 5, "look_from": 3}
TAUGHT_SEED = 11
TAUGHT = 900
DISTILLED: Settings = _HALF | {"epochs": 3, "rate": 2e-4, "average": 0.985, "seed": 6, "corpus_labels": SCIREX}

# The last training, with as many abstracts again, also learns what part each word plays in the facts of the gold. What it
# would say of those parts in abstracts that it has not seen, encoders say that were each trained without a third of the gold.
_PARTS: Settings = {"parts": 1.0, "corpus_labels": SCIREX}
LAST: Settings = _HALF | {"epochs": 1, "rate": 2e-4, "average": 0.985, "seed": 9, "gold_copies": 3} | _PARTS
FOLDS = 3
FOLD: Settings = _HALF | {"epochs": 5, "rate": 2e-4, "look_from": 5, "seed": 8} | _PARTS
