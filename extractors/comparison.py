"""Sentences that may compare, each with what its claims are read from: comparing words, names, lists of names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from extractors.parallel import runs
from extractors.patterns import pattern
from extractors.reading import Place, Reading
from extractors.ruled_claims import ruled_claims
from extractors.triggers import loser_class
from schema.kinds import SYSTEMS, Role
from schema.records import Claim, Entity, Polarity

COMPARING = frozenset({"passive", "worse", "beat", "upon", "than", "against", "over"})
BROAD = {"@previous": "@baseline", "@human": "@baseline"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in [start, end) that shows a place's part in a comparison: one that compares, or a preposition, or a clause."""

    kind: str
    start: int
    end: int

    @property
    def compares(self) -> bool:
        """Whether what stands behind it may be the other side."""
        return self.kind in COMPARING


@dataclass(frozen=True, slots=True)
class Comparison:
    """A sentence [start, end) that may compare.

    `anchors` are its comparing words, `marks` these and what orders the names around them, `lists` its names in the lists
    that they form, `ruled` what the rules read. `recent` is the paper's own system that was named last before it.
    """

    reading: Reading
    start: int
    end: int
    anchors: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    places: tuple[Place, ...]
    lists: tuple[tuple[Place, ...], ...]
    ruled: tuple[Claim, ...]
    general: str | None
    entities: Mapping[str, Entity]
    introduced: Sequence[Entity]
    recent: str | None

    @property
    def systems(self) -> list[Place]:
        """The places that speak of a method or a model."""
        return [place for place in self.places if place.is_system]

    @property
    def named(self) -> list[Place]:
        """The places that name a method or a model."""
        return [place for place in self.places if place.is_system and place.anaphor is None]

    @property
    def wins(self) -> list[Claim]:
        """What the rules read as better."""
        return [claim for claim in self.ruled if claim.polarity is Polarity.BETTER]

    @property
    def index(self) -> int:
        """Which sentence of the document it is."""
        return self.reading.index(self.start)

    def listed(self, place: Place) -> tuple[Place, ...]:
        """Return the list that a place stands in, or the place alone."""
        return next((run for run in self.lists if place in run), (place,))


def comparisons(reading: Reading) -> Iterator[Comparison]:
    """Yield the sentences of the abstract that hold a comparing word."""
    entities = {entity.name: entity for entity in reading.entities}
    introduced = [e for e in reading.entities if e.label in SYSTEMS and e.role is Role.INTRODUCED][:_MOST_OWN]
    own = {entity.name for entity in introduced}
    recent = None
    for start, end in reading.sentences:
        anchors = _marks("claims.anchor", reading.text, start, end)
        places = tuple(reading.within(start, end)[:_MOST])
        if anchors and start:
            yield Comparison(
                reading,
                start,
                end,
                anchors,
                _marks("claims.mark", reading.text, start, end),
                places,
                tuple(map(tuple, runs(reading.text, [p for p in places if p.is_system and p.anaphor is None]))),
                tuple(ruled_claims(reading, start, end)),
                loser_class(reading.text, start, end),
                entities,
                introduced,
                recent,
            )
        recent = next((p.name for p in reversed(places) if p.anaphor is None and p.name in own), recent)


_MOST = 40  # places, and comparing words, of a sentence that are looked at
_MOST_OWN = 8  # systems that a paper introduces


def _marks(name: str, text: str, start: int, end: int) -> tuple[Mark, ...]:
    found = islice(pattern(name).finditer(text, start, end), 2 * _MOST)
    return tuple(Mark(match.lastgroup or "", *match.span()) for match in found)
