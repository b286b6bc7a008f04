"""Decoded text, a piece at a time, as lines with their numbers or as one string."""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.readers.outcome import PAPER_LIMIT, UnreadableInput

# Characters of a file whose format must be held whole.
WHOLE_LIMIT = 256 * 1024 * 1024


class Line(NamedTuple):
    """A line without its line feed; `text` is None if it is longer than `PAPER_LIMIT`."""

    number: int
    text: str | None


def split_lines(pieces: Iterator[str]) -> Iterator[Line]:
    """Yield the lines of the text, split at line feeds only (`str.splitlines` would also split at U+2028 and the like)."""
    number, held, too_long = 1, "", False
    for piece in pieces:
        *ended, rest = piece.split("\n")
        for text in ended:
            too_long = too_long or len(held) + len(text) > PAPER_LIMIT
            yield Line(number, None if too_long else held + text)
            number, held, too_long = number + 1, "", False
        too_long = too_long or len(held) + len(rest) > PAPER_LIMIT
        held = "" if too_long else held + rest
    if held or too_long:
        yield Line(number, None if too_long else held)


def whole(pieces: Iterator[str], *, name: str, remedy: str) -> str:
    """Return the text in one string.

    Raises UnreadableInput if it is longer than `WHOLE_LIMIT`.
    """
    text, rest = peek(pieces, WHOLE_LIMIT)
    if next(rest, ""):
        raise UnreadableInput(f"{name}: longer than {WHOLE_LIMIT:,} characters, and this format is held whole; {remedy}")
    return text


def peek(pieces: Iterator[str], size: int) -> tuple[str, Iterator[str]]:
    """Return the first pieces that together have `size` characters, and the iterator at those that follow."""
    taken: list[str] = []
    length = 0
    while length < size and (piece := next(pieces, "")):
        taken.append(piece)
        length += len(piece)
    return "".join(taken), pieces
