"""What components hand to each other: mentions, and the reading of one abstract that facts are found in.

Every offset here points into the cleaned text of the document; record.py maps them back to the text as read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.model.parts import Parts
from schema.kinds import SYSTEMS, NodeKind, Role
from schema.records import Entity, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch [start, end) of the text that names something, and which rule or model said so."""

    start: int
    end: int
    label: NodeKind
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text speaks of an entity: by a name, or by words such as "our method" (`anaphor`).

    `name` is the entity's, or "@model" where the text names none.
    """

    start: int
    end: int
    name: str
    label: NodeKind
    anaphor: str | None = None

    @property
    def is_system(self) -> bool:
        """Whether a method or a model is spoken of."""
        return self.label in SYSTEMS


@dataclass(frozen=True, slots=True)
class Reading:
    """One abstract with its sentences, its entities and every place that speaks of one, in order.

    `main` is the system that the paper introduces, if it names one; `parts` what the encoder says of the words' parts.
    """

    text: str
    sentences: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...]
    places: tuple[Place, ...]
    main: Entity | None
    parts: Parts | None = None

    def within(self, start: int, end: int) -> Sequence[Place]:
        """Return the places that lie in [start, end)."""
        first = bisect_left(self.places, start, key=_start)
        return [place for place in self.places[first : bisect_left(self.places, end, key=_start)] if place.end <= end]

    def index(self, at: int) -> int:
        """Return which sentence an offset lies in."""
        return max(0, bisect_right(self.sentences, at, key=_low) - 1)

    def span(self, start: int, end: int) -> Span:
        """Return a stretch of the text without the space around it."""
        text = self.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        return Span(start, start + len(text), text)

    def introduced(self, labels: frozenset[NodeKind]) -> Iterator[Entity]:
        """Yield the entities with these labels that the paper introduces."""
        return (e for e in self.entities if e.role is Role.INTRODUCED and e.label in labels)

    @property
    def subject(self) -> str:
        """The name to give the paper's own system."""
        return self.main.name if self.main else "@model"


def _low(sentence: tuple[int, int]) -> int:
    return sentence[0]


def _start(place: Place) -> int:
    return place.start
