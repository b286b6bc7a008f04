"""Papers with facts of every sort: each polarity, aspect, unnamed side, difference, bound and link, and papers that disagree."""

from collections.abc import Iterator
from itertools import product

from graph.assemble import assemble
from graph.facts import Facts
from schema.kinds import LINK_KINDS, NodeKind, Role, may_link
from schema.records import (
    UNNAMED,
    Aspect,
    Bound,
    Claim,
    Delta,
    DeltaKind,
    Entity,
    ExtractionRecord,
    Link,
    Paper,
    Polarity,
    Result,
    Span,
)
from tests.api.graphs import EXTRACTOR

LABELS = {
    "Alder": NodeKind.METHOD,
    "Fir": NodeKind.METHOD,
    "GPT-4": NodeKind.MODEL,
    "Gum 7B": NodeKind.MODEL,
    "MATH": NodeKind.DATASET,
    "Übersetzung “x`y”": NodeKind.DATASET,
    "accuracy": NodeKind.METRIC,
    "perplexity": NodeKind.METRIC,
    "strangeness": NodeKind.METRIC,
    "theorem proving": NodeKind.TASK,
}
SYSTEMS = ("Alder", "Fir", "GPT-4", "Gum 7B")
DATASETS = (None, "MATH", "Übersetzung “x`y”")
METRICS = (None, "accuracy", "perplexity", "strangeness")
DELTAS = tuple(Delta(value=12.5, unit="%", kind=kind, bound=bound) for kind, bound in product(DeltaKind, (None, *Bound)))


def rich_papers() -> Iterator[Facts]:
    """Yield the facts of papers that name everything, three papers for each polarity and aspect."""
    for place, (polarity, aspect) in enumerate([*product(Polarity, Aspect)] * 3):
        paper = Paper(
            title=f"Fir {place}: 100% of O'Brien's “trees” // {polarity.value}",
            abstract=f"{'; '.join(LABELS)}. 😀 Fir is {polarity.value}.",
            given_id=f"fir/{place}",
            year=2010 + place if place % 3 else None,
            date=f"{2010 + place}-0{1 + place % 9}" if place % 3 else None,
            venue=("ACL", None)[place % 2],
            authors=("É. One",) * (place % 2),
            source="rich",
        )
        quote = paper.abstract[paper.abstract.index("Fir is") :]
        evidence = Span(paper.text.index(quote), len(paper.text), quote)
        yield assemble(
            ExtractionRecord(
                paper=paper,
                extractor=EXTRACTOR,
                entities=tuple(
                    _entity(paper, name, list(Role)[(place + turn) % len(Role)]) for turn, name in enumerate(LABELS)
                ),
                results=tuple(_results(place, evidence)),
                claims=tuple(_claims(place, polarity, aspect, evidence)),
                links=tuple(_links(place, evidence)),
            )
        )


def _entity(paper: Paper, name: str, role: Role) -> Entity:
    span = Span(paper.text.index(name), paper.text.index(name) + len(name), name)
    return Entity(name=name, label=LABELS[name], role=role, forms=(name,), mentions=(span,), confidence=0.5, rule="rich")


def _results(place: int, evidence: Span) -> Iterator[Result]:
    for turn, (subject, dataset, metric) in enumerate(product(("@model", *SYSTEMS), DATASETS, METRICS)):
        if turn % 6 == place % 6:
            value = (0.5, 23.0, 46.3, 101.0)[turn % 4]
            yield Result(
                subject=subject,
                dataset=dataset,
                metric=metric,
                value=value,
                raw=f"{value}{'%' if turn % 2 else ''}",
                unit="%" if turn % 2 else None,
                evidence=evidence,
                confidence=0.25 + turn % 3 / 4,
                rule="rich",
                bound=(None, None, *Bound)[turn % (2 + len(Bound))],
                setting=(None, "zero-shot", "5-shot")[turn % 3],
            )


def _claims(place: int, polarity: Polarity, aspect: Aspect, evidence: Span) -> Iterator[Claim]:
    sides = (*SYSTEMS, *sorted(UNNAMED))
    pairs = [(winner, loser) for winner, loser in product(sides, sides) if winner != loser]
    for turn, (winner, loser) in enumerate(pairs):
        if turn % 5 == place % 5:
            yield Claim(
                winner=winner,
                loser=loser,
                dataset=DATASETS[turn % len(DATASETS)],
                metric=METRICS[turn % len(METRICS)],
                polarity=polarity,
                aspect=aspect,
                evidence=evidence,
                confidence=0.25 + turn % 3 / 4,
                rule="rich",
                hedge=(None, "up to", "comparable")[turn % 3],
                by="12.5%" if turn % 2 else None,
                delta=DELTAS[turn % len(DELTAS)] if turn % 2 else None,
            )


def _links(place: int, evidence: Span) -> Iterator[Link]:
    for turn, (kind, head, tail) in enumerate(product(LINK_KINDS, LABELS, LABELS)):
        if head != tail and may_link(kind, LABELS[head], LABELS[tail]) and turn % 4 == place % 4:
            yield Link(
                head=head,
                type=kind,
                tail=tail,
                head_label=LABELS[head],
                tail_label=LABELS[tail],
                evidence=evidence,
                confidence=0.75,
                rule="rich",
            )
