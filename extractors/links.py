"""How entities relate: BASED_ON, TRAINED_ON, EVALUATED_ON, DERIVED_FROM, ADDRESSES and USES."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.model.parts import OF_LINKS, Parts
from extractors.parts import parts_of, steps
from extractors.reading import Place, Reading
from extractors.scorer import load_scorer
from extractors.words import bucket, words_after, words_before, words_between
from schema.kinds import LINK_KINDS, SYSTEMS, NodeKind, RelationKind, Role, may_link
from schema.records import Entity, Link

NO_LINK = "none"
THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be linked, and the two places in one sentence where they come nearest, if they do."""

    head: Entity
    tail: Entity
    near: tuple[Place, Place] | None


def find_links(reading: Reading) -> Iterator[Link]:
    """Yield the links that the abstract states."""
    scorer = load_scorer("links")
    for pair in candidates(reading):
        probabilities = scorer.probabilities(link_features(reading, pair))
        allowed = {k: probabilities.get(k.value, 0.0) for k in LINK_KINDS if may_link(k, pair.head.label, pair.tail.label)}
        kind = max(allowed, key=lambda k: allowed[k])
        if allowed[kind] >= THRESHOLD:
            yield _link(reading, pair, kind, allowed[kind])


def annotate(doc: Doc) -> Doc:
    """Note the links that the document states."""
    doc._.links = tuple(find_links(doc._.reading))
    return doc


def candidates(reading: Reading) -> Iterator[Pair]:
    """Yield the pairs that may be linked: of kinds that may, and in one sentence, or with a head that the paper introduces."""
    by_name = {entity.name: entity for entity in reading.entities}
    nearest: dict[tuple[str, str], tuple[Place, Place]] = {}
    for start, end in reading.sentences:
        places = [p for p in reading.within(start, end) if p.name in by_name and p.anaphor not in ("we", "they")][:_MOST]
        for first in places:
            for second in places:
                key = (first.name, second.name)
                if first.name != second.name and (key not in nearest or _gap(first, second) < _gap(*nearest[key])):
                    nearest[key] = (first, second)
    for head in reading.entities[:_MOST]:
        if head.label is NodeKind.METRIC or head.label is NodeKind.TASK:
            continue
        for tail in reading.entities[:_MOST]:
            near = nearest.get((head.name, tail.name))
            if head.name == tail.name or not any(may_link(k, head.label, tail.label) for k in LINK_KINDS):
                continue
            if near or head.role is Role.INTRODUCED:
                yield Pair(head, tail, near)


def link_features(reading: Reading, pair: Pair) -> set[str]:
    """Return what speaks for a link between two entities: kinds, roles, the words between and around them."""
    head, tail, main = pair.head, pair.tail, reading.main
    text, title_end = reading.text, reading.sentences[0][1]
    is_main = main is not None and head.name == main.name
    found = {
        "bias",
        f"labels={head.label.name}-{tail.label.name}",
        f"roles={head.role.value}-{tail.role.value}",
        f"main={is_main}",
        f"main tail role={is_main} {tail.role.value}",
        f"tail is main={main is not None and tail.name == main.name}",
        f"tail in title={tail.mentions[0].start < title_end}",
        f"head in title={head.mentions[0].start < title_end}",
        f"tail count={bucket(len(tail.mentions))}",
        f"order={head.mentions[0].start < tail.mentions[0].start}",
        f"main, tail in title={is_main} {tail.mentions[0].start < title_end}",
    }
    if main is None:
        found.add("no main")
    first = tail.mentions[0]
    for span in tail.mentions[:4]:
        low, high = _sentence(reading, span.start)
        found |= {f"tail before={w}" for w in words_before(text, span.start, 4, low)}
        found |= {f"tail after={w}" for w in words_after(text, span.end, 2, high)}
        near_words = words_before(text, span.start, 2, low)
        found.add("tail bigram=" + " ".join(reversed(near_words)))
    found.add(f"tail sentence at={_position(reading, first.start)}")
    found |= set(_parts(reading.parts, pair))
    found |= _near_features(text, pair) if pair.near else {"apart"}
    kind = _coarse(head.label) + _coarse(tail.label)
    return {f"{kind}:{feature}" for feature in found} | {f"{kind}{'m' if is_main else 'o'}:{feature}" for feature in found}


_MOST = 60


def _parts(parts: Parts | None, pair: Pair) -> Iterator[str]:
    """Yield how probable it is, by the encoder, that each end of the pair is one of a link of each kind, and both of one."""
    if parts is None:
        return
    heads, tails = parts_of(parts, pair.head.mentions), parts_of(parts, pair.tail.mentions)
    for kind in OF_LINKS:
        head, tail = heads[f"head {kind}"], tails[f"tail {kind}"]
        yield from steps(f"head {kind}", head)
        yield from steps(f"tail {kind}", tail)
        yield from steps(f"both {kind}", (head * tail) ** 0.5)


def _near_features(text: str, pair: Pair) -> set[str]:
    assert pair.near is not None
    head, tail = pair.near
    low, high = min(head.end, tail.end), max(head.start, tail.start)
    order = "head first" if head.start < tail.start else "tail first"
    between = words_between(text, low, high)
    found = {"near", order, f"{order}, gap={bucket(len(between))}", f"{order}, anaphor={head.anaphor}"}
    found |= {f"{order}, between={word}" for word in between}
    if len(between) <= 4:
        found.add(f"{order}, all between={' '.join(between)}")
    return found


def _gap(first: Place, second: Place) -> int:
    return max(first.start, second.start) - min(first.end, second.end)


def _coarse(label: NodeKind) -> str:
    return "S" if label in SYSTEMS else label.name[0]


def _sentence(reading: Reading, at: int) -> tuple[int, int]:
    return reading.sentences[reading.index(at)]


def _position(reading: Reading, at: int) -> str:
    index = reading.index(at)
    return "title" if index == 0 else "first" if index == 1 else "last" if index == len(reading.sentences) - 1 else "middle"


def _link(reading: Reading, pair: Pair, kind: RelationKind, confidence: float) -> Link:
    place = pair.near[1].start if pair.near else pair.tail.mentions[0].start
    return Link(
        head=pair.head.name,
        type=kind,
        tail=pair.tail.name,
        head_label=pair.head.label,
        tail_label=pair.tail.label,
        evidence=reading.span(*_sentence(reading, place)),
        confidence=round(confidence, 3),
        rule="links/near" if pair.near else "links/apart",
    )
