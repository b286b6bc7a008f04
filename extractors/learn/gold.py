"""Annotated abstracts as documents of the pipeline: names given, and for each entity found the annotated one it is."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from extractors.cleaning import clean
from extractors.encoder_reader import parts_in
from extractors.model.parts import Parts
from extractors.model.words import cut_words
from extractors.pipeline import open_with
from schema.kinds import NodeKind
from schema.records import Paper


@dataclass(frozen=True, slots=True)
class GoldDoc:
    """A document read with the annotated names; `gold_name` maps an entity's name to the annotation's."""

    doc: Doc
    gold: dict[str, Any]
    gold_name: dict[str, str]


def read_gold(nlp: Language, path: Path, parts: Path | None = None) -> Iterator[GoldDoc]:
    """Yield the annotated abstracts of a file, read with the names that the annotation gives.

    `parts` is a file that model/train/held.py wrote: what an encoder says of each abstract that was not trained on it.
    """
    tables = dict(np.load(parts)) if parts else {}
    for line in path.read_text("utf-8").splitlines():
        gold = json.loads(line)
        paper = Paper(title=gold["title"], abstract=gold["abstract"], given_id=gold["id"])
        spans = list(gold_mentions(gold, paper.text))
        named = [(start, end, NodeKind[entity["label"]]) for start, end, entity in spans]
        doc = open_with(nlp, paper, named, parts=_parts(paper.text, tables.get(gold["id"])))
        names = {doc._.cleaned.from_source(start, end): entity["name"] for start, end, entity in spans}
        gold_name = {}
        for found in doc._.entities:
            votes = Counter(names.get((span.start, span.end)) for span in found.mentions)
            best = votes.most_common(1)[0][0]
            if best is not None:
                gold_name[found.name] = best
        yield GoldDoc(doc, gold, gold_name)


def _parts(text: str, table: NDArray[np.float16] | None) -> Parts | None:
    return None if table is None else parts_in(clean(text), tuple(cut_words(text)), table.astype(np.float32))


def gold_mentions(gold: dict[str, Any], text: str) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Yield every occurrence of every form, longest first, whole words, none overlapping another."""
    forms = sorted(((form, entity) for entity in gold["entities"] for form in entity["forms"]), key=lambda pair: -len(pair[0]))
    taken: set[int] = set()
    bounds = _sentences(text)
    for form, entity in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            only = entity.get("sentences")
            inside = only is None or any(bounds[k][0] <= match.start() < bounds[k][1] for k in only if k < len(bounds))
            if inside and taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                yield *match.span(), entity


def _sentences(text: str) -> list[tuple[int, int]]:
    title_end = text.index("\n")
    bounds, start = [(0, title_end)], title_end + 1
    for match in re.finditer(r"[.!?][\"')\]]*\s+(?=[\"'(\[A-Z0-9])", text[start:]):
        bounds.append((start, title_end + 1 + match.end()))
        start = title_end + 1 + match.end()
    return [*bounds, (start, len(text))]
