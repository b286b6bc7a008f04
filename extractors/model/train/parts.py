"""What the annotation says of the part that each word plays in the facts of its abstract."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.model.parts import OF_NAMES, OF_SENTENCES, PARTS
from extractors.model.words import Span

_COLUMN = {part: column for column, part in enumerate(PARTS)}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def part_targets(
    doc: Mapping[str, Any], text: str, words: Sequence[Span], named: Sequence[tuple[int, int, str]]
) -> NDArray[np.float32]:
    """Return 0 or 1 for each word (row) and each of PARTS (column), and nan where a part can't be played: by a word of no name.

    `named` are the spans of the annotated names, each with the entity's name.
    """
    starts, ends = np.asarray([a for a, _ in words]), np.asarray([b for _, b in words])
    target = np.full((len(words), len(PARTS)), np.nan, np.float32)

    def put(start: int, end: int, part: str, value: float) -> None:
        target[(starts >= start) & (ends <= end), _COLUMN[part]] = value

    for part in OF_SENTENCES:
        put(0, len(text), part, 0.0)
    for claim in doc["outperforms"]:
        span = _quoted(text, claim)
        put(*span, "claim", 1.0)
        if claim["loser"] in ("@sota", "@baseline"):
            put(*span, f"claim over {claim['loser']}", 1.0)
    values = {round(float(result["value"]), 4) for result in doc["results"]}
    for match in _NUMBER.finditer(text):
        put(*match.span(), "score", float(round(float(match.group().replace(",", "")), 4) in values))
    facts = list(_facts(doc, text))
    for start, end, name in named:
        for part in OF_NAMES:
            put(start, end, part, 0.0)
        for who, part, (low, high) in facts:
            if who == name and low <= start and end <= high:
                put(start, end, part, 1.0)
    return target


def _facts(doc: Mapping[str, Any], text: str) -> Iterator[tuple[str | None, str, Span]]:
    """Yield an entity's name, a part that it plays, and the stretch of the text in which it does."""
    anywhere = (0, len(text))
    for entity in doc["entities"]:
        if entity["role"] in PARTS:
            yield entity["name"], entity["role"], anywhere
    for claim in doc["outperforms"]:
        for slot in ("winner", "loser", "dataset"):
            yield claim[slot], slot, anywhere
            yield claim[slot], f"{slot} here", _quoted(text, claim)
    for result in doc["results"]:
        for slot in ("subject", "dataset", "metric"):
            yield result[slot], f"score {slot}", anywhere
    for link in doc["links"]:
        for end in ("head", "tail"):
            if f"{end} {link['type']}" in PARTS:
                yield link[end], f"{end} {link['type']}", anywhere


def _quoted(text: str, fact: Mapping[str, Any]) -> Span:
    at = text.find(fact["evidence"])
    return (at, at + len(fact["evidence"])) if at >= 0 else (0, 0)
