"""Text cut into the words that the annotation counts, and the shape of each."""

import re

__all__ = ["SHAPES", "Span", "cut_words", "shape_of"]

Span = tuple[int, int]

# Whole words as the annotation counts them (\w), with the combining marks of decomposed text kept on their letter.
_WORD = re.compile(r"\w[\w\u0300-\u036f]*|\S")

# The vocabulary is lower case, so what tells MATH from math is handed over beside it.
SHAPES = ("none", "lower", "Title", "UPPER", "miXed", "123", "a1", "A1", "sign", "A", "break")


def cut_words(text: str) -> list[Span]:
    """Return the spans of the words and signs of a text; the line break after the title counts as one."""
    spans = [match.span() for match in _WORD.finditer(text)]
    end = text.find("\n")
    if end < 0:
        return spans
    return sorted([*spans, (end, end + 1)])


def shape_of(word: str) -> str:
    """Return which of SHAPES a word has: `GPT` is UPPER, `RoBERTa` is miXed, `v2` is a1."""
    if word == "\n":
        return "break"
    if not any(map(str.isalnum, word)):
        return "sign"
    digit, upper = any(map(str.isdigit, word)), any(map(str.isupper, word))
    if digit:
        return "A1" if upper else "a1" if any(map(str.isalpha, word)) else "123"
    if not upper:
        return "lower"
    if len(word) == 1:
        return "A"
    if word.isupper():
        return "UPPER"
    return "miXed" if any(map(str.isupper, word[1:])) else "Title"
