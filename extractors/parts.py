"""What the encoder says of the part that a name, a number or a sentence plays in the facts, as features of the scorers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from extractors.model.parts import Parts
from extractors.reading import Place
from schema.records import Span

# A probability is told by the steps that it reaches and those that it doesn't, so that a linear scorer can bend.
_STEPS = (0.02, 0.06, 0.15, 0.3, 0.5, 0.7, 0.85, 0.94)
_MOST = 12  # places of one entity that are looked at


def part_features(parts: Parts | None, spans: Sequence[Place | Span], *names: str) -> Iterator[str]:
    """Yield what the encoder says of each named part for what stands at the spans, on the mean; nothing without an encoder."""
    if parts is not None and spans:
        played = parts_of(parts, spans)
        for name in names:
            yield from steps(name, played[name])


def parts_of(parts: Parts, spans: Sequence[Place | Span]) -> Mapping[str, float]:
    """Return how probable each part is for what stands at the spans, on the mean."""
    return _kept(parts, tuple((span.start, span.end) for span in spans[:_MOST]))


def steps(name: str, probability: float) -> Iterable[str]:
    """Return a probability as features: "loser > 0.3" for each step that it reaches, "loser < 0.5" for the others."""
    return (f"{name} {'>' if probability >= step else '<'} {step}" for step in _STEPS)


# Every pair of a document asks for the same few entities.
_kept = lru_cache(maxsize=512)(Parts.of)
