"""Annotated abstracts as documents of the pipeline: names given, and for each entity found the annotated one it is."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extractors.pipeline import open_with
from schema.kinds import NodeKind
from schema.records import Paper


@dataclass(frozen=True, slots=True)
class GoldDoc:
    """A document read with the annotated names; `gold_name` maps an entity's name to the annotation's."""

    doc: Doc
    gold: dict[str, Any]
    gold_name: dict[str, str]


def read_gold(nlp: Language, path: Path) -> Iterator[GoldDoc]:
    """Yield the annotated abstracts of a file, read with the names that the annotation gives."""
    for line in path.read_text("utf-8").splitlines():
        gold = json.loads(line)
        paper = Paper(title=gold["title"], abstract=gold["abstract"], given_id=gold["id"])
        spans = list(gold_mentions(gold, paper.text))
        doc = open_with(nlp, paper, [(start, end, NodeKind[entity["label"]]) for start, end, entity in spans])
        names = {doc._.cleaned.from_source(start, end): entity["name"] for start, end, entity in spans}
        gold_name = {}
        for found in doc._.entities:
            votes = Counter(names.get((span.start, span.end)) for span in found.mentions)
            best = votes.most_common(1)[0][0]
            if best is not None:
                gold_name[found.name] = best
        yield GoldDoc(doc, gold, gold_name)


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
