"""Who may lose in a comparing sentence: each system that it names, and the two classes of unnamed losers."""

from collections.abc import Iterator
from itertools import pairwise

from extractors.comparison import BROAD, Comparison
from extractors.patterns import pattern
from extractors.sides import role_features, sentence_features, side_features
from extractors.slots import by_name
from extractors.triggers import loser_class
from extractors.words import words_before, words_between
from schema.kinds import Role

CLASSES = ("@sota", "@baseline")


def loser_candidates(comparison: Comparison) -> Iterator[tuple[str, set[str]]]:
    """Yield each possible loser of a sentence, with what speaks for it."""
    shared = sentence_features(comparison)
    better = {BROAD.get(claim.loser or "", claim.loser) for claim in comparison.wins}
    for name, group in by_name(comparison.systems).items():
        if any(place.anaphor not in ("we", "they") for place in group):
            sides, roles = side_features(comparison, group), role_features(comparison, name)
            part = "own" if "role=introduced" in roles else "other"
            yield name, {
                *shared, *sides, *roles, *_kinship(comparison, name),
                *(f"{part}: {feature}" for feature in sides if feature.startswith(("left", "right", "mark=", "before1"))),
                f"rule={name in better}", f"{part}: rule={name in better}", f"anaphor={group[0].anaphor}",
                f"class={comparison.general}",
            }  # fmt: skip
    general = _class_features(comparison) | shared
    for name in CLASSES:
        yield name, {f"{name}: {feature}" for feature in {*general, f"rule={name in better}"}}


def _kinship(comparison: Comparison, name: str) -> Iterator[str]:
    """Yield what tells the base of the paper's own system: "XNet" and "X", "vanilla X"."""
    text = comparison.reading.text
    for place in comparison.named:
        if place.name == name:
            before = words_before(text, comparison.listed(place)[0].start, 4, comparison.start)
            yield from (f"kind={word}" for word in before if word in _KINDS)
    if any(e.role is Role.INTRODUCED and e.name != name and name.lower() in e.name.lower() for e in comparison.introduced):
        yield "in own name"


_KINDS = frozenset(
    "standard vanilla traditional conventional original baseline existing prior previous state-of-the-art classical strong its"
    " base popular other".split()
)


def _class_features(comparison: Comparison) -> set[str]:
    text, start, end = comparison.reading.text, comparison.start, comparison.end
    words = words_between(text, start, end, 80)
    ruled = {claim.loser for claim in comparison.wins}
    named = any(place.name in ruled for place in comparison.named)
    found = {
        *(f"word={word}" for word in words),
        *(f"words={first} {second}" for first, second in pairwise(words)),
        f"class={comparison.general}",
        f"named={named}",
        f"class={comparison.general} named={named}",
        *(f"phrase={m.group().lower()}" for m in pattern("claims.class_word").finditer(text, start, end)),
    }
    for mark in comparison.marks:
        if mark.compares:
            stop = next((m.start for m in comparison.marks if m.start >= mark.end and m.kind in ("on", "with", "clause")), end)
            near = loser_class(text, mark.end, stop)
            named = any(mark.end <= place.start < stop for place in comparison.named)
            found |= {f"behind {mark.kind}={near}", f"behind={near}", f"behind={near} named={named}"}
    return found
