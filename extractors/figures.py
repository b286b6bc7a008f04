"""Numbers of an abstract, each in its sentence with what stands around it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extractors.numbers import Number, find_numbers
from extractors.reading import Place, Reading

MOST = 60  # numbers of one sentence that are looked at: more make a table, no sentence


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its sentence, with the number before it there and the places that may say what it measures."""

    number: Number
    previous: Number | None
    following: Number | None
    sentence: tuple[int, int]
    places: Sequence[Place]


def figures(reading: Reading) -> Iterator[Figure]:
    """Yield the numbers of the abstract that are no part of a name."""
    for start, end in reading.sentences[1:]:
        numbers = list(islice(find_numbers(reading.text, start, end), MOST))
        if not numbers:
            continue
        places = reading.within(start, end)[: MOST * 2]
        names = [p for p in places if p.anaphor is None]
        numbers = [n for n in numbers if not any(p.start <= n.start < p.end for p in names)]
        for index, number in enumerate(numbers):
            previous = numbers[index - 1] if index else None
            yield Figure(number, previous, numbers[index + 1] if index + 1 < len(numbers) else None, (start, end), places)
