"""Short forms that an abstract defines: "long form (LF)", "LF (long form)" and "LF: long form".

The matching idea is Schwartz and Hearst's (2003): read both forms from the right, and every letter of the short form must
be found in the long form in order, the first one at the beginning of a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and its long form, each where the text defines them. `short_first` tells "LF (long form)"."""

    short: str
    long: str
    short_start: int
    long_start: int
    short_first: bool


def find_abbreviations(text: str) -> Iterator[Abbreviation]:
    """Yield the abbreviations that the text defines.

    >>> [(a.short, a.long) for a in find_abbreviations("We use Long Short-Term Memory (LSTM) and DAN (deep averaging net).")]
    [('LSTM', 'Long Short-Term Memory'), ('DAN', 'deep averaging net')]
    """
    for match in _BRACKET.finditer(text):
        inside, start = match.group(1), match.start(1)
        before = text[max(0, match.start() - _WINDOW) : match.start()].rstrip()
        head = re.split(r"[,;:]\s|\sor\s", inside)[0]
        if (found := _long_before(head, start, before, match.start())) or (
            found := _long_inside(inside, start, before, match.start(), text)
        ):
            yield found
    yield from _declared(text)
    for match in _COLON.finditer(text):
        if long := _align(match.group(1), match.group(2)):
            yield Abbreviation(match.group(1), long, match.start(1), match.start(2) + match.group(2).index(long), True)


def annotate(doc: Doc) -> Doc:
    """Note the abbreviations that the text defines."""
    doc._.abbreviations = tuple(find_abbreviations(doc._.cleaned.text))
    return doc


_WINDOW = 120
_BRACKET = re.compile(r"\(([^()\n]{2,100})\)")
# "SPADE: SParsity Adaptive Depth Estimator": capitals in the long form keep titles with ordinary subtitles out.
_COLON = re.compile(r"(?<![\w-])([A-Z][\w-]{1,14}): ((?:[A-Z0-9][\w-]*(?: (?:of|for|and|with|in|by|to|the|via) | )?){2,8})")
_TITLE_NAME = re.compile(r"([A-Z][^:\n]{1,60}): ")
_DECLARED = 6000  # an abstract declares a name early, or not at all
_SHORT = re.compile(r"(?=[^\s]*[A-Z])[A-Za-z0-9][\w+*/&@.^-]{0,14}s?\Z")
_FUNCTION_WORDS = frozenset("a an the of for and with in by to via on from we our this is are as or that".split())


def _declared(text: str) -> Iterator[Abbreviation]:
    """Yield what the abstract declares short for the name that opens its title, whatever the letters say."""
    titled = _TITLE_NAME.match(text)
    if titled is None:
        return
    name = titled.group(1)
    for match in re.finditer(rf"(?<!\w){re.escape(name)} \(([A-Z][\w-]{{1,9}})\)", text[:_DECLARED]):
        if " " in name and _SHORT.match(match.group(1)) and sum(c.isupper() for c in match.group(1)) > 1:
            yield Abbreviation(match.group(1), name, match.start(1), match.start(), False)


def _long_before(short: str, start: int, before: str, at: int) -> Abbreviation | None:
    if not _SHORT.match(short) or not before:
        return None
    core = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
    words = before.split()
    window = " ".join(words[-min(len(words), len(core) * 2 + 2) :])
    long = _align(core, window)
    if long is None or len(long) <= len(core):
        return None
    long_start = before.rfind(long) + max(0, at - _WINDOW)
    return Abbreviation(short, long, start, long_start, False)


def _long_inside(inside: str, start: int, before: str, at: int, text: str) -> Abbreviation | None:
    words = before.split()
    if not words or len(inside.split()) < 2:
        return None
    short = words[-1].lstrip("(\"'")
    if not _SHORT.match(short) or sum(c.isupper() for c in short) < 2:
        return None
    long = _align(short, inside)
    if long is None or inside.find(long) > 4:
        return None
    short_start = text.rfind(short, 0, at)
    return Abbreviation(short, long, short_start, start + inside.index(long), True)


def _align(short: str, window: str) -> str | None:
    """Return the end of the window that spells out the short form, or None."""
    letters = [c.lower() for c in short if c.isalnum()]
    if len(letters) < 2:
        return None
    text, position = window.lower(), len(window)
    for index in range(len(letters) - 1, -1, -1):
        position = text.rfind(letters[index], 0, position)
        while index == 0 and position > 0 and text[position - 1].isalnum():
            position = text.rfind(letters[0], 0, position)
        if position < 0:
            return None
    long = window[position:].strip(" ,.-\"'")
    words = re.split(r"[\s-]+", long)
    if words[0].lower() in _FUNCTION_WORDS or len(words) > len(letters) * 2 + 1 or len(long) <= len(letters):
        return None
    return long
