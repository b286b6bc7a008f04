"""One text names a thing alike throughout: a spelling is a name with one label wherever it stands, or nowhere."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from schema.kinds import NodeKind

from .encoder import Guess

__all__ = ["consistent"]

# On dev, for an early encoder, mentions F1 rises from 0.610 to 0.628 by one label per spelling, to 0.631 with the missing
# places, to 0.640 without the spellings that are rarely guessed; 0.2 to 0.3 do equally well (README.md).
SUPPORT = 0.25


def consistent(text: str, guesses: Sequence[Guess], *, support: float = SUPPORT) -> tuple[Guess, ...]:
    """Return the names of a text after its spellings were settled, longest first, as whole words.

    A spelling takes the label of most of its guesses, by confidence; it goes if its confidence shared among all its
    places is below `support`; and if it looks like a name (a capital inside, or a digit) it is added where it was missed.
    """
    by_form: dict[str, list[Guess]] = defaultdict(list)
    for guess in guesses:
        by_form[text[guess.start : guess.end]].append(guess)
    taken = bytearray(len(text))
    settled: list[Guess] = []
    for form in sorted(by_form, key=lambda form: (-len(form), form)):
        settled += _settle(text, form, by_form[form], taken, support)
    return tuple(sorted(settled, key=lambda guess: guess.start))


def _settle(text: str, form: str, guesses: Sequence[Guess], taken: bytearray, support: float) -> Iterator[Guess]:
    confidence = {guess.start: guess.confidence for guess in guesses}
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)]
    free = [start for start in sorted({*places, *confidence}) if not any(taken[start : start + len(form)])]
    if sum(confidence.values()) < support * len(free):
        return
    votes: dict[NodeKind, float] = defaultdict(float)
    for guess in guesses:
        votes[guess.label] += guess.confidence
    label, surest = _most(votes), max(confidence.values())
    end = 0
    for start in free:
        if start >= end and (start in confidence or _is_proper(form)):
            end = start + len(form)
            taken[start:end] = b"\1" * len(form)
            yield Guess(start, end, label, confidence.get(start, surest))


def _most(votes: Mapping[NodeKind, float]) -> NodeKind:
    return max(votes, key=lambda label: (votes[label], label))


def _is_proper(form: str) -> bool:
    return any(map(str.isupper, form[1:])) or any(map(str.isdigit, form))
