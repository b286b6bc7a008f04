"""Words cut into the windows of word pieces that the network reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from .hints import Names, find_names
from .words import SHAPES, Span, shape_of

__all__ = ["LOOKS", "OVERLAP", "ROOM", "Window", "cut_windows"]

# 512 positions less the two marks at the ends.
ROOM = 510
OVERLAP = 128
# One label goes to a whole word, so its further pieces only add context; a run of 200,000 letters stays one short word.
PIECES_PER_WORD = 24
# A mark is a look (shape, and glued to the word before or not) plus LOOKS times a hint.
LOOKS = 2 * len(SHAPES)

_SHAPE = {name: k for k, name in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Window:
    """What the network reads in one call: piece ids, the mark of each, and where each word of it begins."""

    ids: NDArray[np.int64]
    marks: NDArray[np.int64]
    words: NDArray[np.int64]
    first: NDArray[np.int64]


def cut_windows(text: str, words: Sequence[Span], tokenizer: Tokenizer, names: Names) -> Iterator[Window]:
    """Yield windows that together hold every word which has pieces, each word whole."""
    begin, end = tokenizer.encode("").ids
    mark = tokenizer.id_to_token(end)
    shown = [text[a:b] for a, b in words]
    # The break is shown as the mark between two texts; no word of a text can be such a mark, for it has signs in it.
    encoded = tokenizer.encode([mark if word == "\n" else word for word in shown], is_pretokenized=True,
                               add_special_tokens=False)  # fmt: skip
    owner = np.asarray([-1 if word is None else word for word in encoded.word_ids], np.int64)
    ids = np.asarray(encoded.ids, np.int64)
    if len(owner):
        starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        place = np.arange(len(owner)) - np.repeat(starts, np.diff(np.r_[starts, len(owner)]))
        keep = place < PIECES_PER_WORD
        owner, ids, place = owner[keep], ids[keep], place[keep]
    else:
        place = owner
    marks = np.asarray(_marks(words, shown, names), np.int64)
    for a, b in _bounds(place):
        first = np.flatnonzero(place[a:b] == 0)
        yield Window(
            ids=np.r_[begin, ids[a:b], end],
            marks=np.r_[0, marks[owner[a:b]], 0],
            words=owner[a:b][first],
            first=first + 1,
        )


def _marks(words: Sequence[Span], shown: Sequence[str], names: Names) -> list[int]:
    """Return one number a word for its shape, whether it is glued to the word before, and its hint."""
    glued = [0, *(int(a[1] == b[0]) for a, b in pairwise(words))]
    hints = find_names(shown, names)
    return [
        _SHAPE[shape_of(word)] + len(SHAPES) * glue + LOOKS * hint
        for word, glue, hint in zip(shown, glued, hints, strict=False)
    ]


def _bounds(place: NDArray[np.int64]) -> Iterator[Span]:
    """Yield overlapping stretches of at most ROOM pieces that begin and end between words."""
    size, start = len(place), 0
    while start < size:
        end = min(size, start + ROOM)
        while end < size and place[end]:
            end -= 1
        yield start, end
        if end == size:
            return
        start = end - OVERLAP
        while place[start]:
            start -= 1
