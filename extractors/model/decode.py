"""From a table of log probabilities, one row a word, to the best well-formed tags and the spans they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["OUTSIDE", "Stretch", "best_path", "stretches", "tags_of"]

Table = NDArray[np.float32]
OUTSIDE = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words [first, last] that make one name, the index of its label, and how sure the table is of all of it."""

    first: int
    last: int
    label: int
    sureness: float


def tags_of(labels: Sequence[str]) -> list[str]:
    """Return the tags of some labels in the order of the table's columns: O, then B and I of each label."""
    return ["O", *(mark + label for label in labels for mark in ("B-", "I-"))]


def best_path(table: Table) -> list[int]:
    """Return the likeliest tags in which an inside tag follows a begin or inside tag of its own label."""
    path: list[int] = table.argmax(axis=1).tolist()
    if all(_may_follow(before, tag) for before, tag in zip([OUTSIDE, *path], path, strict=False)):
        return path  # the constraint only takes paths away, so a free optimum that keeps it is the optimum
    return _viterbi(table)


def stretches(table: Table, path: Sequence[int]) -> Iterator[Stretch]:
    """Yield the names that a well-formed path spells."""
    k = 0
    while k < len(path):
        first = k
        k += 1
        if path[first] == OUTSIDE:
            continue
        inside = path[first] + 1
        while k < len(path) and path[k] == inside:
            k += 1
        # The name also has to end where it ends: the next word is anything but its inside.
        over = 1.0 - float(np.exp(table[k, inside])) if k < len(path) else 1.0
        sure = float(np.exp(table[np.arange(first, k), path[first:k]].sum())) * max(over, 0.0)
        yield Stretch(first, k - 1, (path[first] - 1) // 2, sure)


def _may_follow(before: int, tag: int) -> bool:
    return tag == OUTSIDE or tag % 2 == 1 or before in (tag, tag - 1)


def _viterbi(table: Table) -> list[int]:
    size = table.shape[1]
    barred = np.array([[0.0 if _may_follow(a, b) else -np.inf for b in range(size)] for a in range(size)], np.float32)
    best = table[0] + barred[OUTSIDE]
    back = np.zeros(table.shape, np.int64)
    for k in range(1, len(table)):
        ways = best[:, None] + barred
        back[k] = ways.argmax(axis=0)
        best = ways.max(axis=0) + table[k]
    path = [int(best.argmax())]
    for k in range(len(table) - 1, 0, -1):
        path.append(int(back[k, path[-1]]))
    return path[::-1]
