"""One entity for one thing: mentions grouped by spelling, plural and abbreviation, with name, label and role."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise

from spacy.tokens import Doc

from extractors.abbreviations import Abbreviation
from extractors.model.parts import Parts
from extractors.reading import Mention
from extractors.roles import role_of
from extractors.spelling import fold, known_abbreviations, singular, spells, stands_for, varies
from schema.identity import split_variant
from schema.kinds import FAMILY, SYSTEMS, NodeKind, Role
from schema.records import Entity, Span
from schema.variants import variant_pairs


def group_mentions(
    text: str,
    sentences: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    abbreviations: Iterable[Abbreviation],
    parts: Parts | None = None,
) -> tuple[Entity, ...]:
    """Return the entities of a document in the order in which they first appear."""
    pairs = list(abbreviations)
    named = "\n".join(["", *(text[m.start : m.end] for m in mentions)]).lower()
    longs = {short: long for short, long in known_abbreviations().items() if f"\n{long.lower()}" in named}
    longs |= {pair.short: pair.long for pair in pairs}
    key = cache(partial(fold, longs=longs))
    joined = _joined_keys(text, sentences[0][1] if sentences else 0, mentions, pairs, key)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        folded = key(text[mention.start : mention.end])
        while folded in joined:
            folded = joined[folded]
        groups[folded].append(mention)
    short_first = {pair.short: pair.long for pair in pairs if pair.short_first}
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for group in groups.values():
        forms = tuple(dict.fromkeys(text[m.start : m.end] for m in group))
        by_name[_name(forms, _label(group), pairs, short_first)] += group
    return introduced_versions(
        _entity(text, sentences, name, sorted(group, key=_start), parts) for name, group in by_name.items()
    )


def introduced_versions(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities; who introduces a system introduces its sizes and versions ("Minerva", "Minerva 540B")."""
    found = tuple(entities)
    introduced = {e.name for e in found if e.label in SYSTEMS and e.role is Role.INTRODUCED}
    versions = {version for version, base in variant_pairs(e.name for e in found if e.label in SYSTEMS) if base in introduced}
    return tuple(replace(e, role=Role.INTRODUCED) if e.name in versions and e.label in SYSTEMS else e for e in found)


def annotate(doc: Doc) -> Doc:
    """Group the document's mentions into entities."""
    note = doc._
    note.entities = group_mentions(note.cleaned.text, note.sentences, note.mentions, note.abbreviations, note.parts)
    return doc


_MOST = 60


def _joined_keys(
    text: str, title_end: int, mentions: Sequence[Mention], pairs: Sequence[Abbreviation], key: Callable[[str], str]
) -> dict[str, str]:
    """Map the key of each short form to the key of its long form, where both are mentioned."""
    keys = {m.start: key(text[m.start : m.end]) for m in mentions}
    ends = {m.end: m for m in mentions}
    present = set(keys.values())
    joined: dict[str, str] = {}

    def join(short: str, long: str) -> None:
        while long in joined:
            long = joined[long]
        if short != long and short not in joined:
            joined[short] = long

    for pair in pairs:
        # The mention may be shorter or longer than the words that the letters span: what ends there is what is abbreviated.
        long = ends.get(pair.long_start + len(pair.long))
        known = key(text[long.start : long.end]) if long and abs(long.start - pair.long_start) < 25 else key(pair.long)
        if known in present and key(pair.short) in present:
            join(key(pair.short), known)
    for first, second in pairwise(mentions):
        between = text[first.end : second.start]
        beside = text[first.start : first.end], text[second.start : second.end]
        if (between == " (" and stands_for(*beside)) or (between == ": " and spells(*beside)):
            join(keys[second.start], keys[first.start])
    names = list({keys[m.start]: (text[m.start : m.end], FAMILY.get(m.label, "")) for m in reversed(mentions)}.items())[:_MOST]
    titled = {keys[m.start] for m in mentions if m.start < title_end}
    for one, (short, family) in names:
        for other, (longer, other_family) in names:
            if one + "s" == other and not longer.endswith(("-s", "-S")):
                join(other, one)
            elif family == other_family in ("system", "dataset") and len(short) < len(longer) and one not in joined:
                alike = spells(short, longer) or ({one, other} & titled and varies(short, longer))
                if alike:
                    join(one, other)
    return joined


def _entity(
    text: str, sentences: Sequence[tuple[int, int]], name: str, group: Sequence[Mention], parts: Parts | None
) -> Entity:
    spans = tuple(Span(m.start, m.end, text[m.start : m.end]) for m in group)
    label = _label(group)
    surest = max(group, key=lambda m: m.confidence)
    role, _ = role_of(text, sentences, label, spans, parts)
    return Entity(
        name=name,
        label=label,
        role=role,
        forms=tuple(dict.fromkeys(span.text for span in spans)),
        mentions=spans,
        confidence=surest.confidence,
        rule=surest.rule,
    )


def _label(group: Sequence[Mention]) -> NodeKind:
    """Return the label that the mentions vote for, each with its confidence."""
    votes: dict[NodeKind, float] = defaultdict(float)
    for mention in group:
        votes[mention.label] += mention.confidence
    return max(votes, key=lambda kind: (votes[kind], kind))


def _start(mention: Mention) -> int:
    return mention.start


def _name(forms: Sequence[str], label: NodeKind, pairs: Sequence[Abbreviation], short_first: dict[str, str]) -> str:
    """Return the name as the field writes it: a technique's spelled out and singular, a model's or dataset's short one."""
    shorts = [p.short for p in pairs if p.short in forms and any(f == p.long or f.endswith(p.long) for f in forms)]
    if shorts and (label in (NodeKind.MODEL, NodeKind.DATASET) or shorts[0] in short_first):
        return shorts[0]
    if label is NodeKind.DATASET:
        return split_variant(min(forms, key=len))[0]
    spelled = [form for form in forms if form not in shorts] or list(forms)
    if label is not NodeKind.MODEL and any(" " in form for form in spelled):
        spelled = [form for form in spelled if " " in form]
    counted = min(spelled, key=lambda form: (form.endswith("s"), _capitalised(form, spelled), len(form)))
    return _singular_name(counted) if " " in counted or counted.islower() else counted


def _capitalised(form: str, forms: Sequence[str]) -> bool:
    """Return whether a form of several words is written as in a title, or has capitals where another does without."""
    return " " in form and (form.istitle() or (form != form.lower() and form.lower() in forms))


def _singular_name(name: str) -> str:
    head = name[-12:]
    return name[: -len(head)] + singular(head) if len(name) > 12 else singular(name)
