"""One entity for one thing: mentions grouped by spelling, plural and abbreviation, with name, label and role."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise

from spacy.tokens import Doc

from extractors.abbreviations import Abbreviation
from extractors.reading import Mention
from extractors.roles import role_of
from extractors.spelling import fold, known_abbreviations, singular, spells, stands_for, varies
from schema.kinds import SYSTEMS, NodeKind
from schema.records import Entity, Span


def group_mentions(
    text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Mention], abbreviations: Iterable[Abbreviation]
) -> tuple[Entity, ...]:
    """Return the entities of a document in the order in which they first appear."""
    pairs = list(abbreviations)
    longs = {
        short: long
        for short, long in known_abbreviations().items()
        if any(text[m.start : m.end].lower().startswith(long.lower()) for m in mentions)
    }
    longs |= {pair.short: pair.long for pair in pairs}
    key = partial(fold, longs=longs)
    joined = _joined_keys(text, sentences[0][1] if sentences else 0, mentions, pairs, key)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        folded = key(text[mention.start : mention.end])
        while folded in joined:
            folded = joined[folded]
        groups[folded].append(mention)
    short_first = {pair.short: pair.long for pair in pairs if pair.short_first}
    entities: dict[str, Entity] = {}
    for group in groups.values():
        entity = _entity(text, sentences, group, pairs, short_first)
        entities.setdefault(entity.name, entity)
    return tuple(entities.values())


def annotate(doc: Doc) -> Doc:
    """Group the document's mentions into entities."""
    sentences = [(sentence.start_char, sentence.end_char) for sentence in doc.sents]
    doc._.entities = group_mentions(doc.text, sentences, doc._.mentions, doc._.abbreviations)
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
    names = list({keys[m.start]: (text[m.start : m.end], m.label in SYSTEMS) for m in reversed(mentions)}.items())[:_MOST]
    titled = {keys[m.start] for m in mentions if m.start < title_end}
    for one, (short, is_system) in names:
        for other, (longer, too) in names:
            if one + "s" == other and not longer.endswith(("-s", "-S")):
                join(other, one)
            elif is_system and too and len(short) < len(longer) and one not in joined:
                alike = spells(short, longer) or ({one, other} & titled and varies(short, longer))
                if alike:
                    join(one, other)
    return joined


def _entity(
    text: str,
    sentences: Sequence[tuple[int, int]],
    group: Sequence[Mention],
    pairs: Sequence[Abbreviation],
    short_first: dict[str, str],
) -> Entity:
    spans = tuple(Span(m.start, m.end, text[m.start : m.end]) for m in group)
    forms = tuple(dict.fromkeys(span.text for span in spans))
    votes: Counter[NodeKind] = Counter()
    for mention in group:
        votes[mention.label] += mention.confidence  # type: ignore[assignment]
    label = max(votes, key=lambda kind: (votes[kind], kind))
    surest = max(group, key=lambda m: m.confidence)
    role, _ = role_of(text, sentences, label, spans)
    return Entity(
        name=_name(forms, label, pairs, short_first),
        label=label,
        role=role,
        forms=forms,
        mentions=spans,
        confidence=surest.confidence,
        rule=surest.rule,
    )


def _name(forms: Sequence[str], label: NodeKind, pairs: Sequence[Abbreviation], short_first: dict[str, str]) -> str:
    """Return the name as the field writes it: a technique's spelled out and singular, a model's or dataset's short one."""
    shorts = [p.short for p in pairs if p.short in forms and any(f == p.long or f.endswith(p.long) for f in forms)]
    if shorts and (label in (NodeKind.MODEL, NodeKind.DATASET) or shorts[0] in short_first):
        return shorts[0]
    spelled = [form for form in forms if form not in shorts] or list(forms)
    counted = min(spelled, key=lambda form: (form.endswith("s"), form.istitle() and " " in form, len(form)))
    if label in SYSTEMS | {NodeKind.TASK, NodeKind.METRIC} and (" " in counted or counted.islower()):
        return _singular_name(counted)
    return counted


def _singular_name(name: str) -> str:
    head = name[-12:]
    return name[: -len(head)] + singular(head) if len(name) > 12 else singular(name)
