"""What reading yields beside papers: an entry that is skipped, or an input that can't be read at all."""

from dataclasses import dataclass

# Characters of one paper. The longest abstract on arXiv has some 6,000; what is longer than this is no paper.
PAPER_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Skipped:
    """One entry that is left out: where it stands in its input, a code to count by, and what to mend."""

    where: str
    reason: str
    detail: str


class UnreadableInput(ValueError):
    """The input as a whole can't be read; the message names the file, the place, the reason and the remedy."""


def too_large(where: str) -> Skipped:
    """Return the report of an entry that is longer than any paper."""
    return Skipped(where, "too_large", f"longer than {PAPER_LIMIT:,} characters, which no title and abstract are")


def shown(value: object, width: int = 60) -> str:
    """Return a value as it is quoted in a message: one line, shortened.

    >>> shown("soon")
    "'soon'"
    """
    text = repr(value[: 2 * width] if isinstance(value, str) else value)
    return text if len(text) <= width else f"{text[: width - 1]}…"
