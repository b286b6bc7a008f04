"""A small graph, made by hand, that has one of everything that the API shows."""

from collections.abc import Iterable

from graph.assemble import assemble
from graph.facts import Facts
from schema.kinds import NodeKind, RelationKind, Role
from schema.records import Claim, Delta, DeltaKind, Entity, ExtractionRecord, Link, Paper, Polarity, Result, Span

EXTRACTOR = "by-hand/1"


def small_graph() -> tuple[Facts, ...]:
    """Return the facts of three papers: Alder and its baseline on MATH, Birch that beats Alder, and one without claims."""
    return (assemble(_alder()), assemble(_birch()), assemble(_cedar()))


def many_papers(count: int, start: int = 0) -> Iterable[Facts]:
    """Yield the facts of papers that each score a method of their own, and Alder, on MATH."""
    for place in range(start, start + count):
        name = f"Elm{place}"
        paper = Paper(
            title=f"{name}: Better Proofs",
            abstract=f"{name} builds on Alder. {name} scores {60 + place / 100}% on MATH, where {name} outperforms Alder.",
            given_id=f"elm-{place}",
            year=2020 + place % 5 if place % 7 else None,
            source="tests",
        )
        yield assemble(
            ExtractionRecord(
                paper=paper,
                extractor=EXTRACTOR,
                entities=(
                    entity(paper, name, NodeKind.METHOD, Role.INTRODUCED),
                    entity(paper, "Alder", NodeKind.METHOD, Role.USED),
                    entity(paper, "MATH", NodeKind.DATASET, Role.USED),
                ),
                results=(result(paper, name, "scores", 60 + place / 100, "MATH"),),
                claims=(claim(paper, name, "Alder", "MATH", f"{name} outperforms Alder"),),
                links=(link(paper, name, RelationKind.BASED_ON, "Alder", f"{name} builds on Alder"),),
            )
        )


def _alder() -> ExtractionRecord:
    paper = Paper(
        title="Alder: Reasoning by Trees",
        abstract=(
            "We present Alder. Alder reaches 64.8% on MATH, while GPT-4 gets 53.9% on MATH. "
            "Alder outperforms GPT-4 by up to 12% on MATH. Alder is trained on GSM8K and addresses mathematical reasoning."
        ),
        arxiv_id="2402.00001",
        year=2024,
        date="2024-02-01",
        authors=("A. One", "B. Two"),
        source="arxiv",
    )
    return ExtractionRecord(
        paper=paper,
        extractor=EXTRACTOR,
        entities=(
            entity(paper, "Alder", NodeKind.METHOD, Role.INTRODUCED),
            entity(paper, "GPT-4", NodeKind.MODEL, Role.USED),
            entity(paper, "MATH", NodeKind.DATASET, Role.USED),
            entity(paper, "GSM8K", NodeKind.DATASET, Role.USED),
            entity(paper, "mathematical reasoning", NodeKind.TASK, Role.MENTIONED),
        ),
        results=(result(paper, "Alder", "reaches", 64.8, "MATH"), result(paper, "GPT-4", "gets", 53.9, "MATH")),
        claims=(claim(paper, "Alder", "GPT-4", "MATH", "Alder outperforms GPT-4 by up to 12%", by=12.0, hedge="up to"),),
        links=(
            link(paper, "Alder", RelationKind.TRAINED_ON, "GSM8K", "Alder is trained on GSM8K", NodeKind.DATASET),
            link(
                paper,
                "Alder",
                RelationKind.ADDRESSES,
                "mathematical reasoning",
                "addresses mathematical reasoning",
                NodeKind.TASK,
            ),
        ),
    )


def _birch() -> ExtractionRecord:
    paper = Paper(
        title="Birch: Alder Made Small",
        abstract=(
            "Birch builds on Alder. Birch outperforms Alder on MATH. Our model sets a new state of the art. "
            "Birch is better than previous methods on GSM8K."
        ),
        given_id="b-1",
        year=2025,
        source="tests",
    )
    return ExtractionRecord(
        paper=paper,
        extractor=EXTRACTOR,
        entities=(
            entity(paper, "Birch", NodeKind.METHOD, Role.INTRODUCED),
            entity(paper, "Alder", NodeKind.METHOD, Role.USED),
            entity(paper, "MATH", NodeKind.DATASET, Role.USED),
            entity(paper, "GSM8K", NodeKind.DATASET, Role.MENTIONED),
        ),
        claims=(
            claim(paper, "Birch", "Alder", "MATH", "Birch outperforms Alder"),
            claim(paper, "@model", "@sota", None, "Our model sets a new state of the art"),
            claim(paper, "Birch", "@previous", "GSM8K", "Birch is better than previous methods on GSM8K"),
        ),
        links=(link(paper, "Birch", RelationKind.BASED_ON, "Alder", "Birch builds on Alder"),),
    )


def _cedar() -> ExtractionRecord:
    paper = Paper(title="On naïve “quotes” & `ticks`", abstract="Cedar 😀 uses MATH.", given_id="c'1", source="tests")
    return ExtractionRecord(
        paper=paper,
        extractor=EXTRACTOR,
        entities=(
            entity(paper, "Cedar", NodeKind.METHOD, Role.INTRODUCED),
            entity(paper, "MATH", NodeKind.DATASET, Role.USED),
        ),
    )


def entity(paper: Paper, name: str, label: NodeKind, role: Role) -> Entity:
    """Return an entity with all its mentions in the paper."""
    return Entity(name=name, label=label, role=role, forms=(name,), mentions=_spans(paper, name), confidence=0.9, rule="hand")


def result(paper: Paper, subject: str, verb: str, value: float, dataset: str) -> Result:
    """Return a score in per cent that the paper prints."""
    raw = f"{value}%"
    return Result(
        subject=subject,
        dataset=dataset,
        metric=None,
        value=value,
        raw=raw,
        unit="%",
        evidence=_spans(paper, f"{subject} {verb} {raw} on {dataset}")[0],
        confidence=0.8,
        rule="hand",
    )


def claim(
    paper: Paper, winner: str, loser: str, dataset: str | None, quote: str, *, by: float | None = None, hedge: str | None = None
) -> Claim:
    """Return a claim of a better score, with the difference in per cent if there is one."""
    return Claim(
        winner=winner,
        loser=loser,
        dataset=dataset,
        metric=None,
        polarity=Polarity.BETTER,
        evidence=_spans(paper, quote)[0],
        confidence=0.7,
        rule="hand",
        hedge=hedge,
        by=f"{by:g}%" if by else None,
        delta=Delta(value=by, unit="%", kind=DeltaKind.AMBIGUOUS) if by else None,
    )


def link(paper: Paper, head: str, kind: RelationKind, tail: str, quote: str, tail_label: NodeKind = NodeKind.METHOD) -> Link:
    """Return a relationship from a method."""
    return Link(
        head=head,
        type=kind,
        tail=tail,
        head_label=NodeKind.METHOD,
        tail_label=tail_label,
        evidence=_spans(paper, quote)[0],
        confidence=0.6,
        rule="hand",
    )


def _spans(paper: Paper, text: str) -> tuple[Span, ...]:
    spans, start = [], paper.text.find(text)
    while start >= 0:
        spans.append(Span(start, start + len(text), text))
        start = paper.text.find(text, start + 1)
    return tuple(spans)
