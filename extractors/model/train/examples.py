"""Annotated texts as the trainer takes them: windows of pieces, and a target for each word."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from extractors.model.decode import tags_of
from extractors.model.hints import KINDS, Names
from extractors.model.pieces import Window, cut_windows
from extractors.model.words import Span, cut_words

from .parts import part_targets

LABELS = KINDS
TAGS = tags_of(LABELS)

Named = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its named spans, or with a teacher's table of tag probabilities, one row a word.

    `parts` are the parts that its words play in its facts, where the annotation says.
    """

    text: str
    named: tuple[Named, ...] = ()
    table: NDArray[np.float16] | None = None
    head: str = "gold"
    parts: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One window of an example with the target of every word that begins in it."""

    example: int
    window: Window
    target: NDArray[np.int64] | NDArray[np.float32]
    head: str
    parts: NDArray[np.float32] | None = None


def read_lines(path: Path) -> Iterator[dict]:
    """Yield the objects of a JSONL file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def gold(path: Path) -> list[Example]:
    """Return the annotated abstracts, each form found wherever it stands as whole words."""
    return list(map(annotated, read_lines(path)))


def annotated(doc: Mapping) -> Example:
    """Return one annotated abstract, with the parts that its words play."""
    text = doc["title"] + "\n" + doc["abstract"]
    label_of = {entity["name"]: entity["label"] for entity in doc["entities"]}
    named = _find_forms(doc, text)
    parts = part_targets(doc, text, cut_words(text), named)
    return Example(text, tuple((start, end, label_of[name]) for start, end, name in named), parts=parts)


def corpus(path: Path, head: str) -> list[Example]:
    """Return a corpus of character spans; of overlapping spans the longest stay."""
    examples = []
    for doc in read_lines(path):
        if doc.get("usable", True):
            spans = sorted(((e["start"], e["end"], e["label"]) for e in doc["entities"]), key=lambda s: s[0] - s[1])
            examples.append(Example(doc["text"], tuple(_apart(spans)), head=head))
    return examples


def _find_forms(doc: Mapping, text: str) -> tuple[Named, ...]:
    """Return where the forms of the entities stand, each with the entity's name."""
    sentence = None
    found: list[Named] = []
    forms = [(form, entity) for entity in doc["entities"] for form in entity["forms"]]
    for form, entity in sorted(forms, key=lambda pair: -len(pair[0])):
        only = entity.get("sentences")
        if only is not None and sentence is None:
            sentence = _sentence_at(text)
        found.extend(
            (*match.span(), entity["name"])
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)
            if only is None or sentence[match.start()] in only
        )
    return tuple(_apart(found))


def _sentence_at(text: str) -> list[int]:
    """Return the number of the sentence of each character: 0 is the title, the abstract's count from 1."""
    title = text.index("\n")
    ends = [title + 1, *(title + 1 + m.end() for m in re.finditer(r"[.!?][\"')\]]*\s+(?=[\"'(\[A-Z0-9])", text[title + 1 :]))]
    return [sum(end <= k for end in ends) for k in range(len(text))]


def _apart(spans: Iterable[Named]) -> list[Named]:
    """Return the spans that touch none before them in the order given."""
    kept: list[Named] = []
    for a, b, label in spans:
        if all(b <= start or end <= a for start, end, _ in kept):
            kept.append((a, b, label))
    return sorted(kept)


def word_tags(words: Sequence[Span], named: Iterable[Named], tags: Sequence[str]) -> NDArray[np.int64]:
    """Return the tag of each word, by whole words: a span takes the words that lie in it."""
    column = {tag: k for k, tag in enumerate(tags)}
    target = np.zeros(len(words), np.int64)
    starts = np.asarray([a for a, _ in words], np.int64)
    ends = np.asarray([b for _, b in words], np.int64)
    for a, b, label in named:
        inside = np.flatnonzero((starts >= a) & (ends <= b))
        target[inside[:1]] = column["B-" + label]
        target[inside[1:]] = column["I-" + label]
    return target


def cut(examples: Sequence[Example], tokenizer: Tokenizer, names: Names, heads: Mapping[str, Sequence[str]]) -> list[Piece]:
    """Return the windows of all examples with their targets."""
    pieces = []
    for k, example in enumerate(examples):
        words = cut_words(example.text)
        if example.table is not None:
            target = np.exp(example.table.astype(np.float32))
            target /= target.sum(1, keepdims=True)
        else:
            target = word_tags(words, example.named, heads[example.head])
        for window in cut_windows(example.text, words, tokenizer, names):
            parts = None if example.parts is None else example.parts[window.words]
            pieces.append(Piece(k, window, target[window.words], example.head, parts))
    return pieces
