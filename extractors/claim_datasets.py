"""What a claim may be about: each dataset of its sentence, and each that the abstract names elsewhere."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.comparison import Comparison
from extractors.parallel import runs
from extractors.patterns import pattern
from extractors.reading import Place
from extractors.slots import by_name
from extractors.words import bucket, words_after, words_before, words_between
from schema.kinds import NodeKind, Role
from schema.records import Entity


def dataset_candidates(comparison: Comparison, loser: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each dataset that a claim of the sentence against a loser may be about, with what speaks for it."""
    here = [place for place in comparison.places if place.label is NodeKind.DATASET]
    groups = by_name(here)
    against = "named" if any(p.name == loser for p in comparison.systems) else loser if loser.startswith("@") else "elsewhere"
    for name, group in groups.items():
        role = comparison.entities[name].role.value if name in comparison.entities else None
        found = {"here", f"here={bucket(len(groups))}", f"against={against}", f"role={role}"}
        found.add(f"anaphor={all(place.anaphor for place in group)}")
        for place in group[:_MOST]:
            run = next(run for run in runs(comparison.reading.text, here) if place in run)
            found |= set(_place_features(comparison, place, run, loser))
        yield name, found
    datasets = [entity for entity in comparison.reading.entities if entity.label is NodeKind.DATASET]
    for entity in datasets[:_MOST_ELSEWHERE]:
        if entity.name not in groups:
            facts = [*_elsewhere(comparison, entity), f"here={bucket(len(groups))}", f"datasets={bucket(len(datasets))}"]
            facts.append(f"against={against}")
            crossed = map(" ".join, combinations(facts, 2))
            yield entity.name, {"elsewhere", *(f"elsewhere, {fact}" for fact in (*facts, *crossed))}


_MOST = 3
_MOST_ELSEWHERE = 30
_EVALUATES = re.compile(r"\b(?:experiment|evaluat|benchmark|test|result|conduct|validat)\w*", re.I)
_MAKES = re.compile(
    r"\b(?:(?:pre-?)?train|fine-?tun|learn|generat|synthe|construct|introduc|curat|collect|propos|present)\w*", re.I
)
_CLAUSE = re.compile(r"[;:]|\b(?:while|whereas|but|and)\b", re.I)


def _place_features(comparison: Comparison, place: Place, run: Sequence[Place], loser: str) -> Iterator[str]:
    text, start, end = comparison.reading.text, comparison.start, comparison.end
    before, after = words_before(text, run[0].start, 3, start), words_after(text, place.end, 1, end)
    yield from (f"before={word}" for word in before)
    yield f"before1={before[0] if before else '^'}"
    yield f"before2={' '.join(before[1::-1])}"
    yield f"after={' '.join(after) or '$'}"
    yield f"listed={min(len(run), 4)}"
    yield f"closes={place.end > end - 25}"
    makes = _MAKES.search(text, max(start, run[0].start - 40), run[0].start)
    yield f"makes={makes.group()[:5].lower() if makes else None}"
    comparing = [mark for mark in comparison.marks if mark.compares]
    if comparing:
        mark = min(comparing, key=lambda m: min(abs(m.start - place.end), abs(place.start - m.end)))
        side = "before" if place.end <= mark.start else "behind"
        low, high = (place.end, mark.start) if side == "before" else (mark.end, place.start)
        yield f"{side} {mark.kind}"
        yield f"{side} {mark.kind} gap={bucket(len(words_between(text, low, high, 40)))}"
        yield f"{side} clause={bool(_CLAUSE.search(text, low, high))}"
    else:
        yield "nothing compares"
    other = next((p for p in comparison.systems if p.name == loser), None)
    if other:
        low, high = min(place.end, other.end), max(place.start, other.start)
        yield f"apart={any(low < p.start < high and p.name != loser for p in comparison.named)}"


def _elsewhere(comparison: Comparison, entity: Entity) -> Iterator[str]:
    reading, index = comparison.reading, comparison.index
    at = [reading.index(span.start) for span in entity.mentions[:_MOST_ELSEWHERE]]
    back = max((i for i in at if 0 < i < index), default=None)
    ahead = min((i for i in at if i > index), default=None)
    sentence = back if back is not None else ahead if ahead is not None else 0
    low, high = reading.sentences[sentence]
    yield f"{'back' if back is not None else 'ahead' if ahead is not None else 'title'}={bucket(abs(index - sentence))}"
    yield f"evaluates={bool(_EVALUATES.search(reading.text, low, high))}"
    place = next(span for span, i in zip(entity.mentions, at, strict=False) if i == sentence)
    makes = _MAKES.search(reading.text, max(low, place.start - 40), place.start)
    yield f"makes={makes.group()[:5].lower() if makes else None}"
    yield f"preposition={' '.join(words_before(reading.text, place.start, 1, low))}"
    yield f"beside={bucket(len({p.name for p in reading.within(low, high) if p.label is NodeKind.DATASET}))}"
    yield f"compares={bool(pattern('claims.anchor').search(reading.text, low, high))}"
    yield f"own={entity.role is Role.INTRODUCED}"
    yield f"count={bucket(len(entity.mentions))}"
    yield f"last={index == len(reading.sentences) - 1}"
    several = pattern("claim_datasets.several").search(reading.text, comparison.start, comparison.end)
    yield f"speaks of={several.group('noun').lower() if several else None}"
    yield f"many={(several.group('many') or '').lower() if several else None}"
