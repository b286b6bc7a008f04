"""Names in an abstract by the trained encoder, with the forms that abbreviations and the title add."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc

from extractors.abbreviations import Abbreviation
from extractors.mentions import MOST_NAMES, everywhere, is_generic, keep_longest, known_label, titled
from extractors.model.consistency import consistent
from extractors.model.encoder import Encoded, Guess
from extractors.reading import Mention
from schema.identity import split_variant
from schema.kinds import NodeKind


class EncoderFinder:
    """The trained way to find mentions: a component that holds what reads names from what the network says."""

    def __init__(self, guesses: Callable[[Encoded], Iterable[Guess]]) -> None:
        self._guesses = guesses

    def __call__(self, doc: Doc) -> Doc:
        """Note the mentions that the encoder finds in the text as read, and what follows from them."""
        source, cleaned = doc._.paper.text, doc._.cleaned
        text = cleaned.text
        found: list[Mention] = []
        for guess in consistent(source, list(self._guesses(doc._.encoded))):
            start, end = cleaned.from_source(guess.start, guess.end)
            start += len(text[start:end]) - len(text[start:end].lstrip())
            end = _within(text, doc._.sentences, start, end)
            if start < end and not is_generic(text[start:end]):
                label = _label(text[start:end], guess.label, guess.confidence)
                found += parted(text, Mention(start, end, label, round(guess.confidence, 3), "encoder"))
        found = _sure(text, found)
        added = [*_abbreviated(text, found, doc._.abbreviations), *titled(text, doc._.title_end)]
        doc._.mentions = tuple(add_apart(found, added))
        return doc


def _within(text: str, sentences: Iterable[tuple[int, int]], start: int, end: int) -> int:
    """Return where a span ends that may not run on into the next sentence, nor end in the sign between two names ("A/B")."""
    last = next((stop for begin, stop in sentences if begin <= start < stop), end)
    return start + len(text[start:end].rstrip(" /,;:")) if end <= last else start + len(text[start:last].rstrip(" .!?\n"))


def parted(text: str, mention: Mention) -> Iterator[Mention]:
    """Yield the mention, or where it is two known names side by side ("Lean 4 miniF2F"), or a known one and a class word
    ("Chain of Thought reasoning"), the known ones."""
    form = text[mention.start : mention.end]
    for cut in (at for at, sign in enumerate(form) if sign == " " and known_label(form) is None):
        left, right = known_label(form[:cut]), known_label(split_variant(form[cut + 1 :])[0])
        if left and (right or form[cut + 1 :] in _CLASS_WORDS):
            if right is None:
                yield replace(mention, end=mention.start + cut)
            else:
                yield replace(mention, end=mention.start + cut, label=left)
                yield replace(mention, start=mention.start + cut + 1)
            return
    yield mention


# Below this confidence, what a known name is called elsewhere says more than the encoder's guess of its label.
UNSURE_LABEL = 0.6


def _label(form: str, guessed: NodeKind, confidence: float) -> NodeKind:
    return (known_label(form) or guessed) if confidence < UNSURE_LABEL else guessed


_CLASS_WORDS = frozenset("reasoning prompting model models method methods algorithm dataset benchmark framework".split())


# A name whose every mention is less sure than this is left out: more such guesses are wrong than right.
UNSURE = 0.25


def _sure(text: str, found: list[Mention]) -> list[Mention]:
    best: dict[str, float] = {}
    for mention in found:
        form = text[mention.start : mention.end].lower()
        best[form] = max(best.get(form, 0.0), mention.confidence)
    return [mention for mention in found if best[text[mention.start : mention.end].lower()] >= UNSURE]


def add_apart(found: Iterable[Mention], added: Iterable[Mention]) -> list[Mention]:
    """Return the found mentions and those of the added that overlap none of them, in order."""
    kept = keep_longest(found)
    taken = {at for mention in kept for at in range(mention.start, mention.end)}
    apart = (m for m in added if taken.isdisjoint(range(m.start, m.end)))
    return sorted([*kept, *keep_longest(apart)], key=lambda m: m.start)


def _abbreviated(text: str, found: Iterable[Mention], pairs: Iterable[Abbreviation]) -> Iterator[Mention]:
    """Yield both forms of each abbreviation of which one was found, under its label."""
    labels: dict[str, tuple[NodeKind, float]] = {text[m.start : m.end]: (m.label, m.confidence) for m in found}
    for pair in islice({(pair.short, pair.long): pair for pair in pairs}.values(), MOST_NAMES):
        if known := labels.get(pair.long) or labels.get(pair.short):
            label, confidence = known
            for form in dict.fromkeys((pair.short, pair.long)):
                for start, end in everywhere(text, form):
                    yield Mention(start, end, label, round(confidence * 0.9, 3), "abbreviation")
