"""Annotated abstracts, JSON Lines, as docs/evaluation.md describes them."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractors.readers.decode import replace_surrogates
from extractors.readers.json_lines import parse_json
from extractors.readers.outcome import UnreadableInput, shown
from extractors.scoring.annotation import Annotation, Bond, Named, Score, Win, folded, rounded
from schema.kinds import ENTITY_KINDS, LINK_KINDS, NodeKind, Role
from schema.records import Paper


@dataclass(frozen=True, slots=True)
class Gold:
    """One abstract and what an annotator read in it."""

    id: str
    paper: Paper
    annotation: Annotation

    def mentions(self) -> Iterator[tuple[int, int, NodeKind]]:
        """Yield where the text names an entity, in order of entities."""
        for entity in self.annotation.entities:
            for start, end in sorted(entity.spans):
                yield start, end, entity.label


def read_gold(lines: Iterable[str], name: str) -> list[Gold]:
    """Return the annotated abstracts of a file called `name`.

    Raises UnreadableInput, with the number of the line, for one that is none, for an id given twice, and if there is none.
    """
    golds: dict[str, Gold] = {}
    lines_of: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            gold = _gold(_Object(_json(line.strip()), "the line"))
            if gold.id in golds:
                raise ValueError(f"the id {shown(gold.id)} stands on line {lines_of[gold.id]} too; give each abstract its own")
        except (ValueError, OverflowError) as error:
            raise UnreadableInput(f"{name}, line {number}: {error}.") from error
        golds[gold.id], lines_of[gold.id] = gold, number
    if not golds:
        raise UnreadableInput(f"{name} holds no annotated abstract; write one JSON object a line.")
    return list(golds.values())


def _json(text: str) -> Any:
    try:
        return parse_json(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not valid JSON at column {error.colno}: {error.msg}") from error


def _gold(data: "_Object") -> Gold:
    paper = Paper(title=data.text("title"), abstract=data.text("abstract"), given_id=data.text("id"))
    drafts = [_draft(entity) for entity in data.objects("entities", required=True)]
    spans = _spans(paper.text, drafts)
    annotation = Annotation(
        entities=tuple(
            Named(
                name=draft.name,
                label=draft.label,
                role=draft.role,
                spellings=folded((draft.name, *draft.forms)),
                spans=frozenset(found),
            )
            for draft, found in zip(drafts, spans, strict=True)
        ),
        results=tuple(
            Score(r.name("subject"), r.name("dataset"), r.name("metric"), r.number("value")) for r in data.objects("results")
        ),
        outperforms=tuple(
            Win(w.name("winner"), w.name("loser"), w.name("dataset"), w.name("metric")) for w in data.objects("outperforms")
        ),
        links=tuple(Bond(link.name("head"), link.word("type", _LINKS), link.name("tail")) for link in data.objects("links")),
    )
    return Gold(data.text("id"), paper, annotation)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity whose spans are not found yet."""

    name: str
    label: NodeKind
    role: Role
    forms: tuple[str, ...]
    sentences: frozenset[int] | None


def _draft(data: "_Object") -> _Draft:
    return _Draft(
        name=data.text("name"),
        label=NodeKind[data.word("label", _LABELS)],
        role=Role(data.word("role", _ROLES)),
        forms=tuple(data.many("forms", lambda form: isinstance(form, str) and form != "", "non-empty strings")),
        sentences=frozenset(data.many("sentences", lambda k: type(k) is int, "numbers of sentences"))
        if data.held.get("sentences") is not None
        else None,
    )


def _spans(text: str, drafts: list[_Draft]) -> list[set[tuple[int, int]]]:
    """Return where each entity is named: whole words, the longer form first, none inside or across another."""
    found: list[set[tuple[int, int]]] = [set() for _ in drafts]
    free = [True] * len(text)
    starts = _sentence_starts(text)
    forms = [(form, draft, spans) for draft, spans in zip(drafts, found, strict=True) for form in draft.forms]
    for form, draft, spans in sorted(forms, key=lambda held: len(held[0]), reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            start, end = match.span()
            counts = draft.sentences is None or sum(begin <= start for begin in starts) - 1 in draft.sentences
            if counts and all(free[start:end]):
                free[start:end] = [False] * (end - start)
                spans.add((start, end))
    return found


def _sentence_starts(text: str) -> list[int]:
    """Return where sentences begin for the numbers in `sentences`: the title is 0.

    This is the annotator's rule, on purpose simpler than the extractor's, which would renumber the gold as it improves.
    """
    body = text.index("\n") + 1
    return [0, body, *(match.end() for match in _SENTENCE_END.finditer(text, body))]


_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[A-Z0-9])")
_LABELS = tuple(kind.name for kind in ENTITY_KINDS)
_ROLES = tuple(role.value for role in Role)
_LINKS = tuple(kind.value for kind in LINK_KINDS)


@dataclass(frozen=True, slots=True)
class _Object:
    """A JSON object whose fields are taken with their type checked; every getter raises ValueError."""

    held: Mapping[str, Any]
    where: str

    def __post_init__(self) -> None:
        if not isinstance(self.held, Mapping):
            raise ValueError(f"{self.where} is {shown(self.held)}, not a JSON object")

    def text(self, key: str) -> str:
        return replace_surrogates(self._get(key, lambda value: isinstance(value, str), "a string"))

    def name(self, key: str) -> str | None:
        value = self.held.get(key)
        return None if value is None else self.text(key)

    def number(self, key: str) -> float | None:
        value = self._get(key, lambda value: value is None or type(value) in (int, float), "a number or null")
        return None if value is None else rounded(value)

    def word(self, key: str, words: tuple[str, ...]) -> str:
        return str(self._get(key, lambda value: value in words, f"one of {', '.join(words)}"))

    def many(self, key: str, fits: Callable[[Any], bool], what: str) -> list[Any]:
        held = self._get(key, lambda value: isinstance(value, list) and all(map(fits, value)), f"a list of {what}")
        return list(held)

    def objects(self, key: str, *, required: bool = False) -> list["_Object"]:
        if not required and self.held.get(key) is None:
            return []
        items = self.many(key, lambda item: isinstance(item, Mapping), "objects")
        return [_Object(item, f"{key}[{k}]") for k, item in enumerate(items)]

    def _get(self, key: str, fits: Callable[[Any], bool], what: str) -> Any:
        if key not in self.held:
            raise ValueError(f"{self.where} has no {key!r}, which must be {what}")
        value = self.held[key]
        if not fits(value):
            raise ValueError(f"{key!r} of {self.where} is {shown(value)}, but must be {what}")
        return value
