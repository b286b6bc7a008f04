"""Where sentences begin: the title is the first, and a dot ends one only where no abbreviation or number explains it."""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc


def sentence_starts(text: str, title_end: int) -> Iterator[int]:
    """Yield the offsets at which sentences begin; the title is one sentence whatever it holds.

    >>> list(sentence_starts("T\\nWe use e.g. CNNs. Avg. 80.1 is best. It works.", 1))
    [0, 2, 20, 39]
    """
    yield 0
    if title_end + 1 < len(text):
        yield title_end + 1
    for match in _END.finditer(text, title_end + 1):
        if match.end() < len(text) and not _explained(text, match):
            yield match.end()


def annotate(doc: Doc) -> Doc:
    """Mark the tokens that begin sentences, and note where sentences begin and end."""
    starts = list(sentence_starts(doc._.cleaned.text, doc._.title_end))
    doc._.sentences = tuple(pairwise([*starts, len(doc._.cleaned.text)]))
    # One array, since setting a token's mark alone makes spaCy look through the whole document each time.
    marks = np.where(np.isin(doc.to_array("IDX"), starts), 1, -1)
    if not len(marks):
        return doc
    return doc.from_array(["SENT_START"], marks.astype(np.uint64)[:, None])  # type: ignore[arg-type]


_END = re.compile(r"[.!?][\"')\]]{0,3}\s+(?=[^\sa-z,;:)])")
_WORD_BEFORE = re.compile(r"[^\s(\[]{1,12}\Z")
_ABBREVIATIONS = frozenset(
    "e.g i.e al vs cf avg fig figs eq eqs sec tab ref refs approx resp no dr prof inc dept w.r.t st ver var min max"
    " incl viz a.k.a ca".split()
)


def _explained(text: str, match: re.Match[str]) -> bool:
    if text[match.start()] != ".":
        return False
    before = _WORD_BEFORE.search(text, max(0, match.start() - 12), match.start())
    if before is None:
        return False
    word = before.group().lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and before.group().isupper())
