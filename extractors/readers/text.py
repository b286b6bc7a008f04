"""A page of text, as a browser saves or copies it: titles, each with its abstract below, and a page's furniture around.

A paper is a short line like a title, and below it a paragraph of prose. What is neither is furniture and left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from extractors.readers.lines import peek, split_lines
from extractors.readers.outcome import PAPER_LIMIT, Skipped, UnreadableInput, shown, too_large
from schema.records import Paper

_TITLE_WORDS = 40
_LONG_PROSE = 30
_SHORT_PROSE = 6
# A title stands within so many blocks above its abstract.
_FAR = 50
# A line of this many characters is a paragraph of its own, not one of several lines of a wrapped paragraph.
_UNWRAPPED = 200

_HEADING = re.compile(r"^#{1,6}\s+")
_SENTENCE_END = re.compile(r"""[.!?][)\]"'”’]*(?=\s|$)""")
_FULL_STOP = re.compile(r"""\.[)\]"'”’]*$""")
_URL = re.compile(r"https?://|\bwww\.")
_HTML = re.compile(r"\s*<(?=.*?(?:!doctype\s+html|<html|</[a-z]+[1-6]?\s*>))", re.IGNORECASE | re.DOTALL)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:(?:on|published|submitted|posted|updated)\W+)*(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH}|{_MONTH}(?=\s+\d{{4}})"
    r"|\d{4}-\d\d(?:-\d\d)?|\d+\s+\w+\s+ago)(?:,?\s+\d{4})?",
    re.IGNORECASE,
)
# "by" in small letters opens no title; "By Ada Lovelace and 3 others", "Submitted by ada" name people.
_BYLINE = re.compile(
    r"by(?:\s|[A-Z@])|(?:[Ss]ubmitted|[Pp]osted|[Uu]ploaded|[Ww]ritten)\s+by\b|(?:Authors?|Published|Submitted):"
)
_NAVIGATION = re.compile(
    r"(?:view|download|read|share|upvotes?|likes?|subscribe|follow|click|get|join|see|show|load|back|next|previous|home|search"
    r"|menu|about|contact|help|terms|privacy|cookies|comments?|abstract|summary|code|pdf|html|new|trending|papers?|sign|log)"
    r"(?:\s+(?:in|up|out|us|me|more|less|all|now|here|pdf|html|papers?|page|code|arxiv|abstract|comments?|policy|login|\d+))*",
    re.IGNORECASE,
)
# Furniture speaks to the reader, an abstract seldom does.
_TO_READER = re.compile(
    r"\b(?:you|your|subscribe|newsletter|cookies?|sign (?:up|in)|log in|click|inbox|follow us|privacy policy|terms of"
    r"|rights reserved)\b|©",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:and\s+)?(?:[A-ZÀ-Þ][\w.'’-]*)(?:\s+[A-ZÀ-Þ][\w.'’-]*|\s+(?:de|van|von|der|di|la|le|bin|al)){1,4}")


class Block(NamedTuple):
    """A paragraph, a title or a piece of furniture; `opens` is false if it stands directly below the block before it."""

    line: int
    text: str
    opens: bool


@dataclass(slots=True)
class _Draft:
    """The paper whose abstract is being read."""

    line: int
    title: str
    abstract: str = ""
    size: int = field(default=0)

    def add(self, block: Block) -> None:
        self.size += len(block.text)
        if self.size <= PAPER_LIMIT:
            between = "" if not self.abstract else "\n\n" if block.opens else " "
            self.abstract += between + block.text

    def outcome(self) -> Paper | Skipped:
        if self.size > PAPER_LIMIT:
            return too_large(f"line {self.line}")
        return Paper(title=self.title, abstract=self.abstract)


def read_text(pieces: Iterator[str], name: str) -> Iterator[Paper | Skipped]:
    """Yield each paper of the page, and a `Skipped` for a clear title without abstract or long prose without title.

    Raises UnreadableInput for HTML, for a paragraph that is longer than any paper, and where the page has no paper.
    """
    head, rest = peek(pieces, 1 << 16)
    if _HTML.match(head):
        raise UnreadableInput(
            f"{name}: this is HTML, the source of a web page; open it in a browser and save it as text, "
            "or copy the page's text into a file"
        )
    found = False
    for outcome in _papers(_blocks(chain([head], rest), name)):
        found = True
        yield outcome
    if not found:
        raise UnreadableInput(
            f"{name}: no paper found in the text; a title is needed on a line of its own, then a blank line, "
            "then the abstract as a paragraph (for a table or JSON, name its format)"
        )


def _papers(blocks: Iterator[Block]) -> Iterator[Paper | Skipped]:
    draft: _Draft | None = None
    above: list[Block] = []  # since the last paragraph of prose
    for block in blocks:
        if draft and not above and _continues(block.text):
            draft.add(block)
            continue
        if not _is_prose(block.text):
            above.append(block)
            if len(above) > _FAR:
                yield from _without_abstract([above.pop(0)], None)
            continue
        title = _title_among(above)
        if draft:
            yield draft.outcome()
        draft = None
        yield from _without_abstract(above, title)
        if title:
            draft = _Draft(title.line, title.text)
            draft.add(block)
        elif len(block.text.split()) >= _LONG_PROSE:
            detail = f"no line like a title stands above the paragraph {shown(block.text)}"
            yield Skipped(f"line {block.line}", "no_title", detail)
        above = []
    if draft:
        yield draft.outcome()
    yield from _without_abstract(above, None)


def _title_among(above: list[Block]) -> Block | None:
    candidates = [block for block in above if _is_title(block.text)]
    if not candidates:
        return None
    return candidates[-2] if len(candidates) > 1 and _is_author_list(candidates[-1].text) else candidates[-1]


def _without_abstract(above: list[Block], title: Block | None) -> Iterator[Skipped]:
    for block in above:
        if block is not title and _is_clear_title(block.text):
            detail = f"{shown(block.text)} looks like a title, but no paragraph of prose follows; add its abstract"
            yield Skipped(f"line {block.line}", "no_abstract", detail)


def _is_title(text: str) -> bool:
    words = text.split()
    if len(words) > _TITLE_WORDS or sum(map(str.isalpha, text)) < 3 or _URL.search(text):
        return False
    if (_DATE.match(text) and len(words) <= 6) or _BYLINE.match(text):
        return False
    if _NAVIGATION.fullmatch(text):
        return False
    return text[-1] not in ".!;,:" or _is_capitalised(words)


def _is_clear_title(text: str) -> bool:
    words = text.split()
    return len(words) >= 4 and _is_title(text) and _is_capitalised(words) and not _is_author_list(text)


def _is_capitalised(words: list[str]) -> bool:
    # Names such as BarNet are capitals anywhere, so they tell nothing.
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha() and word[1:] == word[1:].lower()]
    return len(long_words) >= 2 and sum(word[0].isupper() for word in long_words) >= 0.6 * len(long_words)


def _is_author_list(text: str) -> bool:
    names = [name.strip() for name in re.split(r",|;|\band\b", text) if name.strip()]
    return len(names) >= 2 and all(_NAME.fullmatch(name) for name in names)


def _is_prose(text: str) -> bool:
    words = text.split()
    if len(words) >= _LONG_PROSE:
        to_reader = {match.casefold() for match in _TO_READER.findall(text)}
        is_furniture = len(words) < 2 * _LONG_PROSE and len(to_reader) >= 2
        is_title = len(words) <= _TITLE_WORDS and (_is_capitalised(words) or not _SENTENCE_END.search(text))
        return not is_furniture and not is_title
    return len(words) >= _SHORT_PROSE and _is_sentence(text)


def _is_sentence(text: str) -> bool:
    return _FULL_STOP.search(text) is not None and not _TO_READER.search(text) and not _is_capitalised(text.split())


def _continues(text: str) -> bool:
    # The second paragraph of an abstract, or its last line: "Code: https://…".
    return _is_prose(text) or _is_sentence(text) or (_URL.search(text) is not None and len(text.split()) > 1)


def _blocks(pieces: Iterator[str], name: str) -> Iterator[Block]:
    start, lines, size, below_title = 0, list[str](), 0, False
    for line in split_lines(pieces):
        text = None if line.text is None else line.text.strip()
        start = start if lines else line.number
        size += len(text or "")
        if text is None or size > PAPER_LIMIT:
            raise UnreadableInput(
                f"{name}: line {start}: a paragraph longer than {PAPER_LIMIT:,} characters; in a page of text "
                "a blank line separates title and abstract (for a table or JSON, name its format)"
            )
        if text and len(text) < _UNWRAPPED:
            lines.append(text)
            continue
        if text:
            for offset, paragraph in enumerate([*lines, text]):
                yield Block(start + offset, _HEADING.sub("", paragraph, count=1), offset == 0)
            below_title = False
        elif lines:
            yield from (blocks := _paragraphs(start, lines, below_title))
            below_title = _is_title(blocks[-1].text)
        lines, size = [], 0
    if lines:
        yield from _paragraphs(start, lines, below_title)


def _paragraphs(start: int, lines: list[str], below_title: bool) -> list[Block]:
    # Lines without a blank one between: a wrapped paragraph, or a title directly above its abstract.
    first = _HEADING.sub("", lines[0], count=1)
    rest = " ".join(lines[1:])
    if not below_title and _is_title(first) and _is_prose(rest) and _stands_apart(lines):
        return [Block(start, first, True), Block(start + 1, rest, False)]
    return [Block(start, f"{first} {rest}".strip(), True)]


def _stands_apart(lines: list[str]) -> bool:
    # A wrapped paragraph breaks where the next word doesn't fit; a title ends where it ends.
    width = max(map(len, lines[1:]))
    fits = len(lines[0]) + 1 + len(lines[1].split()[0]) <= width
    return fits or len(lines[0]) > width or _is_capitalised(lines[0].split())
