"""What abstracts could give at best: how many of the gold's facts have each slot spelled out in the abstract itself."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.scoring.annotation import rounded
from extractors.scoring.gold import Gold


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Of `gold` facts `stated` have the slot in the abstract; `recall` is their share, which no reader can exceed."""

    stated: int
    gold: int
    recall: float


def ceilings(golds: Iterable[Gold]) -> dict[str, Ceiling]:
    """Return the ceiling of each slot of results and of outperforms; "all" is every slot of a fact at once."""
    facts, stated = Counter[str](), Counter[str]()
    for gold in golds:
        for fact, slots in _facts(gold):
            facts[fact] += 1
            stated.update(f"{fact}.{slot}" for slot, there in slots.items() if there)
            stated[f"{fact}.all"] += all(slots.values())
    return {
        f"{fact}.{slot}": _ceiling(stated[f"{fact}.{slot}"], facts[fact])
        for fact, slots in _SLOTS.items()
        for slot in (*slots, "all")
    }


_SLOTS = {
    "results": ("subject", "dataset", "metric", "value"),
    "outperforms": ("winner", "loser", "dataset", "metric"),
}


def _facts(gold: Gold) -> Iterator[tuple[str, dict[str, bool]]]:
    """Yield each different fact with what it has in the abstract. "@model" and its like stand for no name."""
    names = {entity.name for entity in gold.annotation.entities if entity.spans}
    numbers = {rounded(float(match.group().replace(",", ""))) for match in _NUMBER.finditer(gold.paper.text)}
    for fact, held in (("results", gold.annotation.results), ("outperforms", gold.annotation.outperforms)):
        for one in set(held):
            filled = {slot: getattr(one, slot) for slot in _SLOTS[fact]}
            yield (
                fact,
                {
                    slot: value is not None and (abs(value) in numbers if slot == "value" else value in names)
                    for slot, value in filled.items()
                },
            )


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?|\.\d+")


def _ceiling(stated: int, gold: int) -> Ceiling:
    return Ceiling(stated, gold, round(stated / gold, 4) if gold else 0.0)
