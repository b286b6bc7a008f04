"""Names in an abstract without a trained model: known names, names defined by abbreviation, and the shapes that names have."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractors.abbreviations import Abbreviation
from extractors.confidence import confidence
from extractors.patterns import pattern
from extractors.reading import Mention
from schema.kinds import NodeKind


class NameFinder:
    """The pattern way to find mentions: a component that holds the matchers of the gazetteer."""

    def __init__(self, nlp: Language) -> None:
        self._exact, self._lower = PhraseMatcher(nlp.vocab), PhraseMatcher(nlp.vocab, attr="LOWER")
        for label in NodeKind:
            names = [name for name, kind in gazetteer() if kind is label]
            self._exact.add(label.name, [nlp.make_doc(n) for n in names if n != n.lower()])
            self._lower.add(label.name, [nlp.make_doc(n) for n in names if n == n.lower()])

    def __call__(self, doc: Doc) -> Doc:
        """Note the mentions that patterns find."""
        doc._.mentions = tuple(find_mentions(doc._.cleaned.text, doc._.title_end, doc._.abbreviations, self._known(doc)))
        return doc

    def _known(self, doc: Doc) -> Iterator[Mention]:
        for matcher in (self._exact, self._lower):
            for key, start, end in matcher(doc):
                span = doc[start:end]
                label = NodeKind[doc.vocab.strings[key]]
                yield Mention(span.start_char, span.end_char, label, confidence("gazetteer"), "gazetteer")


def find_mentions(text: str, title_end: int, abbreviations: Iterable[Abbreviation], known: Iterable[Mention]) -> list[Mention]:
    """Return the mentions of a text in order, none overlapping another; the longer one stays, then the surer one."""
    found = [*known, *titled(text, title_end), *_announced(text), *_shaped(text)]
    found = _with_abbreviations(text, found, list(abbreviations))
    return keep_longest(m for m in found if not is_generic(text[m.start : m.end]))


def keep_longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in order without those that overlap a longer or surer one."""
    kept: list[Mention] = []
    last: dict[int, int] = {}
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, -m.confidence, m.start)):
        if not any(at in last for at in range(mention.start, mention.end)):
            kept.append(mention)
            last.update(dict.fromkeys(range(mention.start, mention.end), 1))
    return sorted(kept, key=lambda m: m.start)


@cache
def gazetteer() -> tuple[tuple[str, NodeKind], ...]:
    """Return the known names with their labels, extractors/data/gazetteer.tsv."""
    lines = files("extractors").joinpath("data/gazetteer.tsv").read_text("utf-8").splitlines()[1:]
    return tuple((name, NodeKind[label]) for name, label in (line.split("\t") for line in lines))


def known_label(form: str) -> NodeKind | None:
    """Return the label under which the gazetteer knows a form, or None; names in small letters may be written anyhow."""
    return _labels().get(form) or _labels().get(form.lower())


@cache
def _labels() -> dict[str, NodeKind]:
    return dict(gazetteer())


def is_generic(form: str) -> bool:
    """Return whether a form is a class word that names nothing ("LLMs", "deep learning")."""
    return form.lower() in _generic()


@cache
def _generic() -> frozenset[str]:
    return frozenset(files("extractors").joinpath("data/generic.txt").read_text("utf-8").split("\n"))


_NAME = r"[A-Z0-9][\w+*./@&-]*[\w+*](?: (?:[A-Z0-9][\w+*./-]*|of|the|for))*?"
MOST_NAMES = 100  # names that one text announces or abbreviates: each is looked for in the whole text
_SMALL = ("of", "and", "for", "the", "to", "in", "with", "via", "by", "on")
_TITLED = re.compile(r"([^\s:?.,][^:?.,]{1,60}): \S")
_DATASET_AFTER = re.compile(
    r"[\s-]*(?:\w+[\s-]){0,1}(?:data ?sets?|benchmarks?|corp(?:us|ora)|test set|challenge|suite)\b", re.IGNORECASE
)
_MODEL_AFTER = re.compile(r"\s+(?:\w+\s)?(?:language )?(?:models?|LLMs?|checkpoint)\b")
_MODEL_SHAPE = re.compile(r".*\d[bB]\b|.*(?:GPT|LLaMA|Llama|BERT|Qwen)", re.DOTALL)
# What the last word of a name says of its kind.
_HEADS = {
    NodeKind.DATASET: "mentions.dataset_head",
    NodeKind.METRIC: "mentions.metric_head",
    NodeKind.TASK: "mentions.task_head",
    NodeKind.MODEL: "mentions.model_head",
}


def titled(text: str, title_end: int) -> Iterator[Mention]:
    """Yield the places of the name that opens a title "Name: what it is"."""
    match = _TITLED.match(text, 0, title_end)
    if match and len(match.group(1).split()) <= 5 and match.group(1)[0].isalnum():
        name = match.group(1)
        single = len(name.split()) == 1
        if single or (text.count(name) > 1 and all(word[0].isupper() or word in _SMALL for word in name.split())):
            for place in everywhere(text, name):
                yield Mention(*place, _label_by_context(text, name, place[1]), confidence("title"), "title")


def _announced(text: str) -> Iterator[Mention]:
    ends: dict[str, int] = {}
    for match in pattern("mentions.announced").finditer(text):
        group = 1 if match.group(1) else 2
        ends.setdefault(match.group(group), match.end(group))
    for name, end in islice(ends.items(), MOST_NAMES):
        label = _label_by_context(text, name, end)
        for place in everywhere(text, name):
            yield Mention(*place, label, confidence("announced"), "announced")


def _shaped(text: str) -> Iterator[Mention]:
    for match in pattern("mentions.shape").finditer(text):
        name = match.group()
        yield Mention(match.start(), match.end(), _label_by_context(text, name, match.end()), confidence("shape"), "shape")


def _label_by_context(text: str, name: str, end: int) -> NodeKind:
    if head := _label_by_head(name):
        return head
    if _DATASET_AFTER.match(text, end, end + 30):
        return NodeKind.DATASET
    if _MODEL_AFTER.match(text, end, end + 30) or _MODEL_SHAPE.match(name):
        return NodeKind.MODEL
    return NodeKind.METHOD


def _label_by_head(name: str) -> NodeKind | None:
    return next((label for label, head in _HEADS.items() if pattern(head).search(name)), None)


def _with_abbreviations(text: str, found: list[Mention], abbreviations: list[Abbreviation]) -> list[Mention]:
    """Add both forms of every abbreviation, wherever they stand, under one label."""
    labels = {text[m.start : m.end]: m.label for m in sorted(found, key=lambda m: m.confidence)}
    added = []
    pairs = {(pair.short, pair.long): pair for pair in abbreviations}
    for pair in islice(pairs.values(), MOST_NAMES):
        label = (
            labels.get(pair.long)
            or labels.get(pair.long.lower())
            or _label_by_head(pair.long)
            or labels.get(pair.short)
            or NodeKind.METHOD
        )
        forms = {pair.short, pair.long, f"{pair.short}s", pair.long.lower()}
        added += [
            Mention(*place, label, confidence("abbreviation"), "abbreviation")
            for form in forms
            for place in everywhere(text, form)
        ]
    return found + added


def everywhere(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Yield where a form stands in a text as a whole word."""
    if not form:
        return
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(form, end)
