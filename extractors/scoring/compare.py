"""Annotation against annotation: names are translated first, then each figure counts the same things on both sides."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractors.scoring.annotation import Annotation, renamed
from extractors.scoring.gold import Gold
from schema.kinds import ENTITY_KINDS, FAMILY, NodeKind, Role

Item = tuple[str | int | float | None, ...]
Grouping = Callable[[NodeKind], str]

# What the guide knows beside names; it has no word for previous systems or for humans.
UNNAMED = frozenset({"@model", "@sota", "@baseline"})


@dataclass(frozen=True, slots=True)
class Row:
    """One figure over all abstracts: how much of the prediction is right, how much of the gold is found, and their sizes."""

    precision: float
    recall: float
    f1: float
    gold: int
    predicted: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that the extractor missed, or gave where the gold has none."""

    figure: str
    kind: str
    paper: str
    item: Item


def compare(pairs: Iterable[tuple[Gold, Annotation]]) -> tuple[dict[str, Row], list[Mistake]]:
    """Return each figure's row, and the mistakes behind them in the order of the abstracts."""
    hits, expected, given = Counter[str](), Counter[str](), Counter[str]()
    mistakes: list[Mistake] = []
    for gold, predicted in pairs:
        in_gold_names: dict[Grouping, Annotation] = {
            grouping: translate(predicted, gold.annotation, grouping) for grouping in (_label, _family)
        }
        for name, figure in FIGURES.items():
            right = Counter(figure.items(gold.annotation))
            found = Counter(figure.items(in_gold_names[figure.grouping]))
            hits[name] += (right & found).total()
            expected[name] += right.total()
            given[name] += found.total()
            if figure.told:
                mistakes += (Mistake(name, "missed", gold.id, item) for item in (right - found).elements())
                mistakes += (Mistake(name, "spurious", gold.id, item) for item in (found - right).elements())
    return {name: _row(hits[name], expected[name], given[name]) for name in FIGURES}, mistakes


def translate(predicted: Annotation, gold: Annotation, grouping: Grouping) -> Annotation:
    """Return the prediction in the gold's names; what has no counterpart there keeps its name behind a question mark.

    Each gold entity is taken once, by the first predicted entity of its group that shares a spelling.
    """
    free, names = list(gold.entities), dict[str, str]()
    for entity in predicted.entities:
        for twin in free:
            if grouping(twin.label) == grouping(entity.label) and twin.spellings & entity.spellings:
                names[entity.name] = twin.name
                free.remove(twin)
                break
    return renamed(predicted, lambda name: name if name in UNNAMED else names.get(name, f"?{name}"))


def _label(kind: NodeKind) -> str:
    return kind.value


def _family(kind: NodeKind) -> str:
    return FAMILY[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one figure counts, under which grouping entities are the same, and whether its mistakes are told."""

    items: Callable[[Annotation], Iterable[Item]]
    grouping: Grouping = _family
    told: bool = True


def _mentions(*labels: NodeKind) -> Callable[[Annotation], set[Item]]:
    return lambda a: {(start, end, e.label.name) for e in a.entities if e.label in labels for start, end in e.spans}


# THE list, in the order in which it is printed. Entities are counted each, facts only once where they are repeated.
FIGURES = {
    "mentions": Figure(items=_mentions(*ENTITY_KINDS)),
    **{f"mentions.{kind.name}": Figure(items=_mentions(kind), told=False) for kind in ENTITY_KINDS},
    "entities": Figure(items=lambda a: [(e.name, e.label.name) for e in a.entities], grouping=_label),
    "entities_loose": Figure(items=lambda a: [(e.name,) for e in a.entities]),
    "introduced": Figure(items=lambda a: [(e.name,) for e in a.entities if e.role is Role.INTRODUCED]),
    "results": Figure(items=lambda a: {(r.subject, r.dataset, r.value) for r in a.results}),
    "results_full": Figure(items=lambda a: {(r.subject, r.dataset, r.metric, r.value) for r in a.results}),
    "outperforms": Figure(items=lambda a: {(w.winner, w.loser) for w in a.outperforms}),
    "outperforms_full": Figure(items=lambda a: {(w.winner, w.loser, w.dataset) for w in a.outperforms}),
    "links": Figure(items=lambda a: {(link.head, link.type, link.tail) for link in a.links}),
}


def _row(hits: int, gold: int, predicted: int) -> Row:
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Row(round(precision, 4), round(recall, 4), round(f1, 4), gold, predicted)
