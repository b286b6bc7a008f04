"""Lists that answer each other in order: "81.6%, 79.6% and 82.4% on A, B and C", with or without "respectively"."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from extractors.patterns import pattern


class Stretch(Protocol):
    """Anything that stands in [start, end) of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Stretch)


def runs(text: str, stretches: Sequence[S]) -> list[list[S]]:
    """Return the stretches grouped into lists: those with only commas, slashes, "and" or a stray word between."""
    groups: list[list[S]] = []
    for stretch in stretches:
        if groups and pattern("parallel.joint").fullmatch(text, groups[-1][-1].end, stretch.start):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups


def partner(run: Sequence[Stretch], others: Sequence[Sequence[S]]) -> Sequence[S] | None:
    """Return the list that answers a list of numbers: the nearest one as long, after it rather than before; or None."""
    fitting = [other for other in others if len(other) == len(run)]
    if len(run) < 2 or not fitting:
        return None
    return min(fitting, key=lambda o: o[0].start - run[-1].end if o[0].start >= run[-1].end else 50 + run[0].start - o[-1].end)
