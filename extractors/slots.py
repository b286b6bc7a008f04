"""Who fills a slot: what speaks for a place as the subject, loser, dataset … of a number or a comparing phrase."""

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.reading import Place, Reading
from extractors.words import bucket, words_after, words_before, words_between


def by_name(places: Iterable[Place]) -> dict[str, list[Place]]:
    """Return the places of each entity, in order."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.name, []).append(place)
    return groups


def slot_features(
    reading: Reading, group: Sequence[Place], rivals: Sequence[Place], anchor: tuple[int, int], sentence: tuple[int, int]
) -> set[str]:
    """Return what speaks for an entity, named in a sentence at the places of `group`, as a slot of the anchor there.

    `rivals` are all places in the sentence that may fill the slot, in order.
    """
    low, high = anchor
    nearest = min(group, key=lambda p: low - p.end if p.end <= low else max(0, p.start - high))
    found = {
        "present",
        f"main={reading.main is not None and nearest.name == reading.main.name}",
        f"rivals={bucket(len(by_name(rivals)))}",
        f"label={nearest.label.name}",
    }
    free = sum(not is_governed(reading.text, sentence[0], place.start) for place in group)
    found |= {f"governed={free == 0}", f"own words={any(place.anaphor == 'own' for place in group)}"}
    for place in group:
        found |= set(_place_features(reading.text, place, rivals, anchor, sentence, place is nearest))
    return found


def is_governed(text: str, low: int, start: int) -> bool:
    """Return whether a preposition or a training verb governs what begins at `start` of a clause that begins at `low`."""
    return bool(_GOVERNED.search(text, max(low, start - 60), start))


# Such a one seldom wins or scores: "After fine-tuning X, our model …".
_GOVERNED = re.compile(
    r"\b(?:on|of|with|using|via|by|for|to|from|in|under|after|fine-?tuning|training|applying|over|than|against|compared)"
    r"(?: (?:the|a|an|our|its|existing|\w+-\w+))*\s\Z",
    re.I,
)


def _place_features(
    text: str, place: Place, rivals: Sequence[Place], anchor: tuple[int, int], sentence: tuple[int, int], is_nearest: bool
) -> Iterator[str]:
    low, high = anchor
    if place.end <= low:
        side, between = "before", words_between(text, place.end, low, 14)
        rank = sum(1 for rival in rivals if place.start < rival.start and rival.end <= low and rival.name != place.name)
    else:
        side, between = "after", words_between(text, high, place.start, 14)
        rank = sum(1 for rival in rivals if high <= rival.start < place.start and rival.name != place.name)
    first = not any(rival.start < place.start for rival in rivals)
    yield f"{side} rank={bucket(rank)}"
    yield f"{side} first={first}"
    yield f"{side} anaphor={place.anaphor}"
    if is_nearest:
        yield f"{side} gap={bucket(len(between))}"
        yield from (f"{side} between={word}" for word in between)
        if len(between) <= 3:
            yield f"{side} all between={' '.join(between)}"
        yield from (f"{side} left={word}" for word in words_before(text, place.start, 2, sentence[0]))
        yield from (f"{side} right={word}" for word in words_after(text, place.end, 2, sentence[1]))
        yield f"{side} next={' '.join(words_before(text, place.start, 2, sentence[0])[::-1])}"
