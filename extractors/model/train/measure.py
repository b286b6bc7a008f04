"""Exact mentions (span and label) of tables of log probabilities against gold: precision, recall, F1 per label."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from extractors.model.decode import best_path, stretches
from extractors.model.words import cut_words

from .examples import LABELS, Example

Scores = dict[str, float]


def measure(looked: Sequence[Example], tables: Sequence[np.ndarray]) -> Scores:
    """Return F1 over all labels (`all`), per label, and over spans whatever their label (`spans`)."""
    return score([set(example.named) for example in looked], [named(e.text, t) for e, t in zip(looked, tables, strict=True)])


def named(text: str, table: np.ndarray) -> set[tuple[int, int, str]]:
    """Return the spans that a table of a text says."""
    words = cut_words(text)
    if not words:
        return set()
    return {(words[s.first][0], words[s.last][1], LABELS[s.label]) for s in stretches(table, best_path(table))}


def score(gold: Sequence[set], guessed: Sequence[set]) -> Scores:
    """Return the F1 figures of guessed spans."""
    hit, right, said = Counter(), Counter(), Counter()
    for want, have in zip(gold, guessed, strict=True):
        for name, keep in [("all", lambda s: s), ("spans", lambda s: s[:2]), *((x, None) for x in LABELS)]:
            a = {keep(s) for s in want} if keep else {s for s in want if s[2] == name}
            b = {keep(s) for s in have} if keep else {s for s in have if s[2] == name}
            hit[name] += len(a & b)
            right[name] += len(a)
            said[name] += len(b)
    found = {name: 2 * hit[name] / max(right[name] + said[name], 1) for name in right}
    return found | {"precision": hit["all"] / max(said["all"], 1), "recall": hit["all"] / max(right["all"], 1)}


def line_of(scores: Scores | None) -> str:
    """Return the scores as one line."""
    return "-" if scores is None else " ".join(f"{name} {value:.3f}" for name, value in scores.items())
