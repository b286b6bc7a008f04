"""Where known names stand in a text: a hint that the network weighs, not an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .decode import tags_of
from .words import cut_words

__all__ = ["HINTS", "KINDS", "Names", "find_names", "read_names"]

KINDS = ("METHOD", "MODEL", "DATASET", "METRIC", "TASK")
HINTS = tags_of(KINDS)


@dataclass(frozen=True, slots=True)
class Names:
    """Known names as words, with the hint of their first word; and how long a name with some first word may be."""

    hint: dict[tuple[str, ...], int]
    longest: dict[str, int]


def read_names(path: Path) -> Names:
    """Return the names of a table of name and kind; names in lower case stand for any case."""
    hint: dict[tuple[str, ...], int] = {}
    longest: dict[str, int] = {}
    for line in path.read_text(encoding="utf8").splitlines()[1:]:
        name, kind = line.split("\t")
        key = tuple(name[a:b] for a, b in cut_words(name))
        hint[key] = HINTS.index("B-" + kind)
        longest[key[0]] = max(len(key), longest.get(key[0], 0))
    return Names(hint, longest)


def find_names(words: Sequence[str], names: Names) -> list[int]:
    """Return the hint of each word, longest names first come first served; 0 where no known name stands."""
    found = [0] * len(words)
    lower = [word.lower() for word in words]
    k = 0
    while k < len(words):
        size = max(_longest(words, k, names), _longest(lower, k, names))
        if size:
            begin = names.hint.get(tuple(words[k : k + size])) or names.hint[tuple(lower[k : k + size])]
            found[k : k + size] = [begin, *[begin + 1] * (size - 1)]
        k += size or 1
    return found


def _longest(words: Sequence[str], start: int, names: Names) -> int:
    for size in range(min(names.longest.get(words[start], 0), len(words) - start), 0, -1):
        if tuple(words[start : start + size]) in names.hint:
            return size
    return 0
