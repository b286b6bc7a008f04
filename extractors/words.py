"""The words around a stretch of text, folded, as features see them."""

import re

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d+(?:\.\d+)?|[(),:;.%\"]")


def words_before(text: str, at: int, count: int, low: int = 0) -> list[str]:
    """Return up to `count` words that end before `at`, the nearest first."""
    found = _WORD.findall(text, max(low, at - 16 * count), at)
    return [_fold(word) for word in reversed(found[-count:])]


def words_after(text: str, at: int, count: int, high: int | None = None) -> list[str]:
    """Return up to `count` words that begin after `at`, the nearest first."""
    end = min(at + 16 * count, high if high is not None else len(text))
    return [_fold(word) for word in _WORD.findall(text, at, end)[:count]]


def words_between(text: str, start: int, end: int, most: int = 12) -> list[str]:
    """Return the words of [start, end), the last `most` of them."""
    return [_fold(word) for word in _WORD.findall(text, start, end)[-most:]]


def shape(name: str) -> str:
    """Return what kind of name it looks like: "camel", "acronym", "title", "lower", "mixed", and "digit" with it."""
    digit = "+digit" if any(c.isdigit() for c in name) else ""
    if " " not in name and sum(c.isupper() for c in name) >= 2:
        return ("acronym" if name.replace("-", "").isupper() else "camel") + digit
    if name == name.lower():
        return "lower" + digit
    return ("title" if name[0].isupper() and " " in name else "mixed") + digit


def bucket(number: int) -> str:
    """Return a small number as it is, a large one as its range."""
    return str(number) if number < 4 else "4-6" if number < 7 else "7-12" if number < 13 else "13+"


def _fold(word: str) -> str:
    if word[0].isdigit():
        return "#"
    return word.lower()
