"""One entity for one thing: mentions grouped by spelling, plural and abbreviation, with a canonical name, a label and a role."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import pairwise

from spacy.tokens import Doc

from extractors.abbreviations import Abbreviation
from extractors.reading import Mention
from extractors.roles import role_of
from schema.kinds import SYSTEMS, NodeKind
from schema.records import Entity, Span


def group_mentions(
    text: str, sentences: Sequence[tuple[int, int]], mentions: Sequence[Mention], abbreviations: Iterable[Abbreviation]
) -> tuple[Entity, ...]:
    """Return the entities of a document in the order in which they first appear."""
    pairs = list(abbreviations)
    longs = {short: long for short, long in known_abbreviations().items() if any(text[m.start : m.end].lower().startswith(long.lower()) for m in mentions)}
    longs |= {pair.short: pair.long for pair in pairs}
    key = partial(_key, longs=longs)
    joined = _joined_keys(text, mentions, pairs, key)
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        folded = key(text[mention.start : mention.end])
        groups[joined.get(folded, folded)].append(mention)
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


@cache
def known_abbreviations() -> dict[str, str]:
    """Return short forms that the field uses without defining them; they count where the long form is named too."""
    lines = files("extractors").joinpath("data/known_abbreviations.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)  # type: ignore[arg-type]


_TAIL = re.compile(r"\s+(?:data ?sets?|benchmarks?|models?|algorithms?|methods?|frameworks?|tasks?)\Z", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_SEPARATORS = re.compile(r"[\s\-_]+")


def _key(form: str, longs: Mapping[str, str]) -> str:
    """Fold case, separators, brackets, known short forms, a trailing class word and a plural s."""
    words = [longs.get(word, word) for word in _TAIL.sub("", _BRACKET.sub("", form) or form).split()]
    folded = _SEPARATORS.sub(" ", " ".join(words)).strip().casefold()
    if form.islower() or form.istitle() or " " in folded or re.search(r"[A-Z]s\Z", form):
        folded = _singular(folded)
    folded = folded.replace("isation", "ization").replace("modelling", "modeling")
    # Without its spaces "re ranking" is "reranking", but "2 7B" stays apart from "27B".
    return re.sub(r"(?<!\d) | (?!\d)", "", folded) or form.casefold()


def _singular(words: str) -> str:
    if words.endswith("ies") and len(words) > 5:
        return words[:-3] + "y"
    if words.endswith(("ches", "shes", "sses", "xes")):
        return words[:-2]
    return words[:-1] if words.endswith("s") and not words.endswith(("ss", "us", "is", "as")) and len(words) > 3 else words


def _joined_keys(text: str, mentions: Sequence[Mention], pairs: Sequence[Abbreviation], key: Callable[[str], str]) -> dict[str, str]:
    """Map the key of each short form to the key of its long form, where both are mentioned."""
    keys = {m.start: key(text[m.start : m.end]) for m in mentions}
    ends = {m.end: m for m in mentions}
    joined: dict[str, str] = {}

    def join(short: str, long: str) -> None:
        if short != long and joined.get(long) != short:
            joined[short] = joined.get(long, long)

    for pair in pairs:
        # The mention may be shorter or longer than the words that the letters span: what ends there is what is abbreviated.
        long = ends.get(pair.long_start + len(pair.long))
        known = key(text[long.start : long.end]) if long and abs(long.start - pair.long_start) < 25 else key(pair.long)
        if known in keys.values() and key(pair.short) in keys.values():
            join(key(pair.short), known)
    for first, second in pairwise(mentions):
        if text[first.end : second.start] in (" (", ": ") and _stands_for(text[first.start : first.end], text[second.start : second.end]):
            join(keys[second.start], keys[first.start])
    return joined


def _stands_for(first: str, second: str) -> bool:
    """Whether one of two names beside each other is short for the other: a single word whose capitals the other holds."""
    short, long = sorted((first, second), key=len)
    capitals = [c.lower() for c in short if c.isupper()]
    if len(short.split()) > 1 or len(long.split()) < 2 or len(capitals) < 2 or short[0].lower() != long[0].lower():
        return False
    rest = iter(long.lower())
    return all(c in rest for c in capitals)


def _entity(
    text: str, sentences: Sequence[tuple[int, int]], group: Sequence[Mention], pairs: Sequence[Abbreviation], short_first: dict[str, str]
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
    return name[: -len(head)] + _singular(head) if len(name) > 12 else _singular(name)
