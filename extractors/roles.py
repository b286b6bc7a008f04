"""What a paper does with an entity: introduces it, uses it or only mentions it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.mentions import gazetteer
from extractors.model.parts import Parts
from extractors.parts import part_features
from extractors.patterns import pattern
from extractors.scorer import load_scorer
from extractors.words import bucket, shape, words_after, words_before
from schema.kinds import NodeKind, Role
from schema.records import Span


def role_of(
    text: str,
    sentences: Sequence[tuple[int, int]],
    label: NodeKind,
    mentions: Sequence[Span],
    parts: Parts | None = None,
) -> tuple[Role, float]:
    """Return the role of an entity with these mentions, and how probable it is; `parts` is what the encoder says."""
    probabilities = load_scorer("roles").probabilities(role_features(text, sentences, label, mentions, parts))
    role = max(probabilities, key=lambda name: probabilities[name])
    return Role(role), probabilities[role]


def role_features(
    text: str,
    sentences: Sequence[tuple[int, int]],
    label: NodeKind,
    mentions: Sequence[Span],
    parts: Parts | None = None,
) -> set[str]:
    """Return what speaks for a role: where the entity is named, how the name looks, and the words around it."""
    title_end = sentences[0][1] if sentences else 0
    kind = "S" if label in (NodeKind.METHOD, NodeKind.MODEL) else label.name[0]
    found = {"bias", f"label={label.name}", f"count={bucket(len(mentions))}"}
    found |= {f"shape={shape(span.text)}" for span in mentions}
    found |= set(part_features(parts, mentions, "introduced", "used"))
    if any(span.text in _known() for span in mentions):
        found.add("known")
    first_own = True
    for order, span in enumerate(mentions[:_MOST]):
        index = max(0, bisect_right(sentences, span.start, key=lambda sentence: sentence[0]) - 1)
        low, high = sentences[index] if sentences else (0, len(text))
        if order == 0:
            found.add(f"first={'title' if index == 0 else bucket(index)}")
        found |= set(_around(text, span, low, high, title_end))
        announced = pattern("roles.announces").search(text, max(low, span.start - _REACH), span.start) if index > 0 else None
        if announced:
            gap = text[announced.end() : span.start]
            cut = "cut" if pattern("roles.cuts").search(gap) else "near" if len(gap) < 40 else "far"
            found.add(f"announced={cut}")
            if first_own:
                found.add(f"announced first={cut}")
            first_own = False
    return {f"{kind}:{feature}" for feature in found} | found


def _around(text: str, span: Span, low: int, high: int, title_end: int) -> Iterator[str]:
    if span.start < title_end:
        after = text[span.end : span.end + 2]
        yield "title prefix" if span.start == 0 and after.startswith(":") else "title start" if span.start == 0 else "title"
        yield f"title after={after[:1]}"
        return
    before, following = words_before(text, span.start, 3, low), words_after(text, span.end, 2, high)
    yield f"before={before[0]}" if before else "opens sentence"
    if len(before) > 1:
        yield f"before2={before[1]} {before[0]}"
    if len(before) > 2:
        yield f"before3={before[2]}"
    yield f"after={following[0]}" if following else "ends sentence"
    if len(following) > 1:
        yield f"after2={following[0]} {following[1]}"
    if _OWN.search(text, max(low, span.start - 40), span.start):
        yield "own"
    if _OTHERS.match(text, low):
        yield "others' sentence"


@cache
def _known() -> frozenset[str]:
    return frozenset(name for name, _ in gazetteer())


_MOST = 30  # mentions that are looked at: what a paper introduces it introduces early
_REACH = 300  # no sentence that announces something is longer
_OWN = re.compile(r"\b(?:[Oo]ur|[Tt]he proposed|[Nn]ovel|[Nn]ew|[Oo]urs)\b[^,;:.]*\Z")
_OTHERS = re.compile(r"(?:Existing|Previous|Recent|Current|Prior|Traditional|However|While|Although|Despite|Most|Many)\b")
