"""One entity for one thing: mentions grouped by spelling, plural and abbreviation, with a canonical name, a label and a role."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from extractors.abbreviations import Abbreviation
from extractors.reading import Mention
from extractors.roles import role_of
from schema.kinds import SYSTEMS, NodeKind
from schema.records import Entity, Span


def group_mentions(
    text: str, title_end: int, mentions: Sequence[Mention], abbreviations: Iterable[Abbreviation]
) -> tuple[Entity, ...]:
    """Return the entities of a document in the order in which they first appear."""
    pairs = list(abbreviations)
    joined = _joined_keys(text, mentions, pairs)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        key = _key(text[mention.start : mention.end])
        groups[joined.get(key, key)].append(mention)
    short_first = {pair.short: pair.long for pair in pairs if pair.short_first}
    entities: dict[str, Entity] = {}
    for group in groups.values():
        entity = _entity(text, title_end, group, pairs, short_first)
        entities.setdefault(entity.name, entity)
    return tuple(entities.values())


def annotate(doc: Doc) -> Doc:
    """Group the document's mentions into entities."""
    doc._.entities = group_mentions(doc.text, doc._.title_end, doc._.mentions, doc._.abbreviations)
    return doc


_TAIL = re.compile(r"\s+(?:data ?sets?|benchmarks?|models?|algorithms?|methods?|frameworks?|tasks?)\Z", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-_]+")


def _key(form: str) -> str:
    """Fold case, separators, a trailing class word and a plural s."""
    folded = _SEPARATORS.sub(" ", _TAIL.sub("", form)).strip().casefold()
    if form.islower() or form.istitle() or " " in folded or re.search(r"[A-Z]s\Z", form):
        folded = _singular(folded)
    return folded.replace("isation", "ization").replace("modelling", "modeling") or form.casefold()


def _singular(words: str) -> str:
    if words.endswith("ies") and len(words) > 5:
        return words[:-3] + "y"
    if words.endswith(("ches", "shes", "sses", "xes")):
        return words[:-2]
    return words[:-1] if words.endswith("s") and not words.endswith(("ss", "us", "is", "as")) and len(words) > 3 else words


def _joined_keys(text: str, mentions: Sequence[Mention], pairs: Sequence[Abbreviation]) -> dict[str, str]:
    """Map the key of each abbreviation to the key of its long form, where both are mentioned."""
    keys = {_key(text[m.start : m.end]) for m in mentions}
    ends = {m.end: _key(text[m.start : m.end]) for m in mentions}
    joined: dict[str, str] = {}
    for pair in pairs:
        # The mention may be shorter or longer than the words that the letters span: what ends there is what is abbreviated.
        long = ends.get(pair.long_start + len(pair.long), _key(pair.long))
        short = _key(pair.short)
        if short != long and long in keys and short in keys and joined.get(long) != short:
            joined[short] = joined.get(long, long)
    return joined


def _entity(
    text: str, title_end: int, group: Sequence[Mention], pairs: Sequence[Abbreviation], short_first: dict[str, str]
) -> Entity:
    spans = tuple(Span(m.start, m.end, text[m.start : m.end]) for m in group)
    forms = tuple(dict.fromkeys(span.text for span in spans))
    votes: Counter[NodeKind] = Counter()
    for mention in group:
        votes[mention.label] += mention.confidence  # type: ignore[assignment]
    label = max(votes, key=lambda kind: (votes[kind], kind))
    surest = max(group, key=lambda m: m.confidence)
    role, confidence = role_of(text, title_end, label, spans)
    return Entity(
        name=_name(forms, label, pairs, short_first),
        label=label,
        role=role,
        forms=forms,
        mentions=spans,
        confidence=round(surest.confidence * confidence, 3) if confidence < 0.5 else surest.confidence,
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
    return name[: -len(head)] + _singular(head) if len(name) > 12 else _singular(name)
