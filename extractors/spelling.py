"""When two names in one abstract are spellings of one thing."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def known_abbreviations() -> dict[str, str]:
    """Return short forms that the field uses without defining them; they count where the long form is named too."""
    lines = files("extractors").joinpath("data/known_abbreviations.tsv").read_text("utf-8").splitlines()
    return {short: long for short, _, long in (line.partition("\t") for line in lines)}


_TAIL = re.compile(r"\s+(?:data ?sets?|benchmarks?|models?|algorithms?|methods?|frameworks?|tasks?)\Z", re.IGNORECASE)
_BRACKET = re.compile(r"\s+\([^()]*\)")
_SEPARATORS = re.compile(r"[\s\-_]+")


def fold(form: str, longs: Mapping[str, str]) -> str:
    """Return the form in which spellings of one thing are equal: without case, separators, brackets, a trailing class word
    and a plural s, and with the short forms that the document defines spelled out."""
    words = [longs.get(word, word) for word in _TAIL.sub("", _BRACKET.sub("", form) or form).split()]
    folded = _SEPARATORS.sub(" ", " ".join(words)).strip().casefold()
    if form.islower() or form.istitle() or " " in folded or re.search(r"[A-Z]s\Z", form):
        folded = singular(folded)
    folded = folded.replace("isation", "ization").replace("modelling", "modeling")
    # Without its spaces "re ranking" is "reranking", but "2 7B" stays apart from "27B".
    return re.sub(r"(?<!\d) | (?!\d)", "", folded) or form.casefold()


def singular(words: str) -> str:
    """Return the words with the last one in the singular."""
    if words.endswith("ies") and len(words) > 5:
        return words[:-3] + "y"
    if words.endswith(("ches", "shes", "sses", "xes")):
        return words[:-2]
    if len(words) < 4 or not words.endswith("s") or words.endswith(("ss", "us", "is", "as")) or not words[-2].isalnum():
        return words
    return words[:-1]


def stands_for(first: str, second: str) -> bool:
    """Return whether one of two names beside each other is short for the other: one word whose capitals the other holds."""
    short, long = sorted((first, second), key=len)
    capitals = [c.lower() for c in short if c.isupper()]
    if len(short.split()) > 1 or len(long.split()) < 2 or len(capitals) < 2 or short[0].lower() != long[0].lower():
        return False
    rest = iter(long.lower())
    return all(c in rest for c in capitals)


_SMALL = frozenset("a an the of for and with in by to via on from as".split())
_GENERIC = frozenset("network net model method framework learning".split())


def spells(short: str, long: str) -> bool:
    """Return whether the capitals of a one-word name are the initials of a longer one ("DTR", "Dynamic Token Reweighting")."""
    words = [w for w in re.split(r"[\s&/-]+", long) if w and w.lower() not in _SMALL]
    capitals, initials = [c.lower() for c in short if c.isupper()], [w[0].lower() for w in words]
    if " " in short or len(words) < 3 or sum(w[0].isupper() for w in words) < len(words) - 1 or len(capitals) < 3:
        return False
    rest = iter(initials)
    return all(c in rest for c in capitals) and len(capitals) >= 0.6 * len(initials)


def varies(short: str, long: str) -> bool:
    """Return whether two names of several words are so alike that a title and its abstract mean one thing by them."""
    one, other = ({singular(w) for w in re.split(r"[\s-]+", name.casefold())} - _SMALL for name in (short, long))
    if len(one) < 2 or len(other) < 2:
        return False
    if one - _GENERIC == other - _GENERIC or (
        long.casefold().startswith(short.casefold()) and len(short.split()) > 1 and short[0].isupper()
    ):
        return True
    # A word more on one side only makes another thing: "Adaptive Memory Network" is no "Memory Network".
    return not (one < other or other < one) and len(one & other) >= 0.7 * len(one | other)
