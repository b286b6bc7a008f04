"""What speaks for an entity as one side of a comparison: where it stands among the marks, and what the paper does with it."""

import re
from collections.abc import Iterator, Sequence

from extractors.comparison import Comparison, Mark
from extractors.patterns import pattern
from extractors.reading import Place
from extractors.slots import is_governed
from extractors.words import bucket, shape, words_after, words_before, words_between
from schema.records import Entity


def sentence_features(comparison: Comparison) -> set[str]:
    """Return what kind of comparing sentence it is."""
    text, start, end = comparison.reading.text, comparison.start, comparison.end
    last = max(1, len(comparison.reading.sentences) - 1)
    own = next((p for p in comparison.systems if p.name == comparison.reading.subject), None)
    kinds = sorted({mark.kind for mark in comparison.marks if mark.compares})
    return {
        *(f"anchor={anchor.kind}" for anchor in comparison.anchors),
        *(f"anchor word={text[anchor.start : anchor.end].lower()}" for anchor in comparison.anchors),
        f"compares={'+'.join(kinds)}",
        f"number={any(c.isdigit() for c in text[start:end])}",
        f"percent={'%' in text[start:end]}",
        f"own={own.anaphor if own else False}",
        f"systems={bucket(len({p.name for p in comparison.named}))}",
        *(f"names {place.label.name}" for place in comparison.places),
        f"opens={' '.join(words_after(text, start, 2, end))}",
        f"position={round(4 * comparison.index / last)}",
        f"last={comparison.index == last}",
    }


def side_features(comparison: Comparison, group: Sequence[Place]) -> set[str]:
    """Return where an entity, named at the places of `group`, stands among the sentence's marks. One in a list stands where
    the list does."""
    found: set[str] = set()
    for place in group[:_MOST]:
        run = comparison.listed(place)
        first, last = run[0], run[-1]
        found.add(f"listed={min(len(run), 3)}")
        found |= set(_among_marks(comparison, first, last))
        found |= set(_around(comparison, place, first, last))
    return found


def role_features(comparison: Comparison, name: str) -> set[str]:
    """Return what the paper does with an entity."""
    entity = comparison.entities.get(name)
    if entity is None:
        return {"role=@"}
    reading = comparison.reading
    count = bucket(len(entity.mentions))
    return {
        f"role={entity.role.value}",
        f"role={entity.role.value} count={count}",
        f"count={count}",
        f"label={entity.label.name}",
        f"main={reading.main is not None and reading.main.name == name}",
        f"titled={entity.mentions[0].start < reading.sentences[0][1]}",
        f"introduced={bucket(len(comparison.introduced))}",
    }


def announcement(comparison: Comparison, entity: Entity) -> set[str]:
    """Return how the paper brings an entity in: how the name looks, and the words of the first sentence that has it."""
    reading, first = comparison.reading, entity.mentions[0]
    text, title_end = reading.text, reading.sentences[0][1]
    coined = any(" " not in form and sum(c.isupper() for c in form) > 1 for form in entity.forms)
    titled = "prefix" if first.start == 0 and text[first.end : first.end + 1] == ":" else str(first.start < title_end)
    found = {
        f"head={entity.name.split()[-1].lower() if ' ' in entity.name else ''}",
        f"coined={coined}",
        f"shape={shape(entity.forms[0])}",
        f"title={titled}",
        f"title={titled} coined={coined}",
        f"count={bucket(len(entity.mentions))}",
    }
    body = next((span for span in entity.mentions[:_MOST] if span.start >= title_end), None)
    if body is None:
        return found
    index = reading.index(body.start)
    low, high = reading.sentences[index]
    before, after = words_before(text, body.start, 3, low), words_after(text, body.end, 1, high)
    found |= {f"first={bucket(index)}", f"first after={' '.join(after)}", f"first before1={before[0] if before else '^'}"}
    found |= {f"first before={word}" for word in before}
    announced = list(pattern("roles.announces").finditer(text, max(low, body.start - _REACH), body.start))
    part = _PART.search(text, announced[-1].end(), body.start) if announced else None
    found.add(f"announced={'no' if not announced else 'part' if part else 'whole'}")
    found.add(f"part={part.group().lower() if part else None}")
    return found


_MOST = 3  # places of an entity in a sentence that are looked at
_REACH = 300
_STRETCH = 400  # characters between a mark and a place in which words are read
_PART = re.compile(
    r"\b(?:via|with|using|through|by|us(?:es?|ing)|employ\w*|incorporat\w*|integrat\w*|combin\w*|consist\w*|includ\w*|contain\w*"
    r"|compris\w*|based|leverag\w*|adopt\w*|design|module|component|and)\b",
    re.I,
)


def _among_marks(comparison: Comparison, first: Place, last: Place) -> Iterator[str]:
    text, systems = comparison.reading.text, comparison.systems
    left = [mark for mark in comparison.marks if mark.end <= first.start]
    right = [mark for mark in comparison.marks if mark.start >= last.end]
    before = next((mark for mark in reversed(left) if mark.compares), None)
    after = next((mark for mark in right if mark.compares), None)
    yield f"left={before.kind if before else None}"
    yield f"right={after.kind if after else None}"
    yield f"left={before.kind if before else None} right={after.kind if after else None}"
    if before:
        gap = _between(text, before.end, first.start)
        rivals = min(2, len({p.name for p in systems if before.end <= p.start < first.start}))
        stops = sorted({m.kind for m in left if m.start >= before.end and m.kind in ("on", "with", "clause")})
        stop = "+".join(stops) or ("comma" if "," in gap or ";" in gap else "none")
        yield from _gap("left", before, gap, text, rivals)
        yield f"left={before.kind} stop={stop}"
        yield f"left={before.kind} stop={stop} rivals={rivals}"
    if after:
        rivals = min(2, len({p.name for p in systems if last.end <= p.start < after.start}))
        yield from _gap("right", after, _between(text, last.end, after.start), text, rivals)
    if left:
        yield f"mark={left[-1].kind}"
        gap = _between(text, left[-1].end, first.start)
        yield f"mark={text[left[-1].start : left[-1].end].lower()} gap={bucket(len(gap))}"
        yield f"marks={' '.join(mark.kind for mark in left[-2:])}"


def _gap(side: str, mark: Mark, gap: Sequence[str], text: str, rivals: int) -> Iterator[str]:
    yield f"{side}={mark.kind} gap={bucket(len(gap))}"
    yield f"{side}={mark.kind} rivals={rivals}"
    yield f"{side} word={text[mark.start : mark.end].lower()}"
    if len(gap) <= 3:
        yield f"{side}={mark.kind} all={' '.join(gap)}"


def _around(comparison: Comparison, place: Place, first: Place, last: Place) -> Iterator[str]:
    text, start, end = comparison.reading.text, comparison.start, comparison.end
    before, after = words_before(text, first.start, 3, start), words_after(text, last.end, 2, end)
    yield from (f"before={word}" for word in before)
    yield f"before1={before[0] if before else '^'}"
    yield f"before2={' '.join(before[1::-1])}"
    yield from (f"after={word}" for word in after)
    yield f"after1={after[0] if after else '$'}"
    yield f"after2={' '.join(after)}"
    low = max(start, place.start - _STRETCH)
    if text.rfind("(", low, place.start) > text.rfind(")", low, place.start):
        yield "in brackets"
    if text[place.end : place.end + 1] == "-":
        yield "hyphen"
    if text[place.end : place.end + 2] in ("'s", "’s"):
        yield "possessive"
    yield f"governed={is_governed(text, start, first.start)}"
    yield f"opens={first.start - start < 4}"
    for anchor in comparison.anchors:
        side = "before" if place.end <= anchor.start else "behind"
        yield f"{side} {anchor.kind}"
        yield f"{side} {text[anchor.start : anchor.end].lower()}"


def _between(text: str, start: int, end: int) -> list[str]:
    return words_between(text, max(start, end - _STRETCH), end, 30)
