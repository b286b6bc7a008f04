"""Who fills a slot: what speaks for a place as the subject, loser, dataset … of a number or a comparing phrase."""

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
    for place in group:
        found |= set(_place_features(reading.text, place, rivals, anchor, sentence, place is nearest))
    return found


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
