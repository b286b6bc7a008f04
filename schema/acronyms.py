"""When a short form stands for a long one ("CoT" for "Chain of Thought"), by the letters alone; strict, since a wrong merge of
two names costs more than a missing one."""

import re
import unicodedata
from collections import Counter

_SHORT = re.compile(r"[^\W\d_][\w+*#/@.-]{1,9}")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*[^\W\d_]*")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_SIGN = re.compile(r"[+*#/@^&%=<>!?]")
_SMALL = frozenset("a an and as at by for from in into of on or over the to via with".split())


def is_acronym(name: str) -> bool:
    """Return whether a name looks like an acronym: short, without a space, two capitals or more."""
    return bool(_SHORT.fullmatch(name)) and sum(char.isupper() for char in name) >= 2


def stands_for(short: str, long: str) -> bool:
    """Return whether `short` is written as an acronym of `long`: two capitals or more, a first letter in common, each of the
    long form's words of weight giving its first letter in order, and nothing left over that tells the two apart.

    >>> stands_for("CoT", "Chain of Thought"), stands_for("CoT", "Chain of Thought prompting"), stands_for("GPT-3", "GPT-4")
    (True, False, False)
    """
    short, long = (unicodedata.normalize("NFKC", text).strip() for text in (short, long))
    if short.endswith("s") and short[-2:-1].isupper():
        short = short[:-1]
    if not is_acronym(short) or " " not in long.replace("-", " ") or not may_be_one(short, long):
        return False
    letters = [char for char in short.casefold() if char.isalpha()]
    words = [word.casefold() for word in _WORD.findall(long) if word[0].isalpha()]
    return bool(words) and letters[0] == words[0][0] and _initials(letters, words) and _spelled(letters, words)


def may_be_one(a: str, b: str) -> bool:
    """Return whether two names may be called one thing without a person's word: their numbers and signs are the same."""
    return Counter(_NUMBER.findall(a)) == Counter(_NUMBER.findall(b)) and Counter(_SIGN.findall(a)) == Counter(_SIGN.findall(b))


def _initials(letters: list[str], words: list[str]) -> bool:
    """Return whether every word but small ones gives its first letter, in order."""
    at = iter(letters)
    return all(any(letter == word[0] for letter in at) for word in words if word not in _SMALL)


def _spelled(letters: list[str], words: list[str]) -> bool:
    """Return whether the letters can be read off the words in order."""
    at = iter("".join(words))
    return all(any(letter == char for char in at) for letter in letters)
