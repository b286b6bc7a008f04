"""Small papers and records for tests: readable ones by hand, and arbitrary ones for properties."""

from collections.abc import Sequence

from hypothesis import strategies as st

from graph.assemble import assemble
from graph.facts import Facts
from schema.kinds import LINK_KINDS, NodeKind, RelationKind, Role, may_link
from schema.records import (
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

SYSTEMS = {
    "GPT-4": NodeKind.MODEL,
    "DeepThing": NodeKind.MODEL,
    "Chain of Thought": NodeKind.METHOD,
    "C++ `coder`": NodeKind.METHOD,
}
DATASETS = ("MATH", "GSM8K", "miniF2F-test", 'O\'Brien "set"')
METRICS = ("accuracy", "BLEU", "perplexity", "strangeness")
TASKS = ("theorem proving", "Übersetzung")


def span(text: str, found: str) -> Span:
    """Return the first place of a string in a text."""
    start = text.index(found)
    return Span(start, start + len(found), found)


def record(
    title: str = "DeepThing: Proving by Depth",
    abstract: str = "DeepThing reaches 46.3% accuracy on MATH and beats GPT-4, which reaches 23.0%.",
    *,
    given_id: str | None = None,
    winner: str = "DeepThing",
    loser: str = "GPT-4",
    scores: Sequence[float] = (46.3, 23.0),
    year: int | None = None,
) -> ExtractionRecord:
    """Return a record of a paper in which a model beats another on MATH by accuracy, claimed and scored."""
    paper = Paper(title=title, abstract=abstract, given_id=given_id, year=year)
    text = paper.text

    def entity(name: str, label: NodeKind, role: Role) -> Entity:
        return Entity(name=name, label=label, role=role, forms=(name,), mentions=(span(text, name),), confidence=0.9, rule="t")

    whole = Span(len(title) + 1, len(text), abstract)
    return ExtractionRecord(
        paper=paper,
        extractor="test/1",
        entities=(
            entity(winner, NodeKind.MODEL, Role.INTRODUCED),
            entity(loser, NodeKind.MODEL, Role.USED),
            entity("MATH", NodeKind.DATASET, Role.USED),
            entity("accuracy", NodeKind.METRIC, Role.USED),
        ),
        results=tuple(
            Result(
                subject=name,
                dataset="MATH",
                metric="accuracy",
                value=value,
                raw=f"{value}%",
                unit="%",
                evidence=whole,
                confidence=0.8,
                rule="t",
            )
            for name, value in zip((winner, loser), scores, strict=False)
        ),
        claims=(
            Claim(
                winner=winner,
                loser=loser,
                dataset="MATH",
                metric=None,
                polarity=Polarity.BETTER,
                evidence=whole,
                confidence=0.7,
                rule="t",
            ),
        ),
    )


@st.composite
def records(draw: st.DrawFn, papers: int = 5) -> ExtractionRecord:
    """Draw a record of one of a few papers whose facts hold together, with names that try to break a query's text."""
    systems = draw(st.lists(st.sampled_from(sorted(SYSTEMS)), min_size=1, max_size=3, unique=True))
    datasets = draw(st.lists(st.sampled_from(DATASETS), max_size=2, unique=True))
    metrics = draw(st.lists(st.sampled_from(METRICS), max_size=2, unique=True))
    tasks = draw(st.lists(st.sampled_from(TASKS), max_size=1))
    names = {**{name: draw(st.sampled_from([SYSTEMS[name], NodeKind.MODEL])) for name in systems}}
    labels = names | dict.fromkeys(datasets, NodeKind.DATASET) | dict.fromkeys(metrics, NodeKind.METRIC)
    labels |= dict.fromkeys(tasks, NodeKind.TASK)
    number = draw(st.integers(0, papers - 1))
    words = draw(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20))
    paper = Paper(
        title=f"Paper {number}",
        abstract=f"{words} {'; '.join(labels)}.",
        given_id=f"p{number}",
        year=draw(st.none() | st.integers(2015, 2025)),
        authors=tuple(draw(st.lists(st.sampled_from(["Ada", "Émile", "}) DETACH DELETE n //"]), max_size=2))),
    )
    text = paper.text
    evidence = Span(len(paper.title) + 1, len(text), paper.abstract)
    entities = tuple(
        Entity(
            name=name,
            label=label,
            role=draw(st.sampled_from(Role)),
            forms=(name,),
            mentions=(Span(text.rindex(name), text.rindex(name) + len(name), name),),
            confidence=draw(st.sampled_from([0.5, 0.9])),
            rule="drawn",
        )
        for name, label in labels.items()
    )
    return ExtractionRecord(
        paper=paper,
        extractor="drawn/1",
        entities=entities,
        results=tuple(draw(st.lists(_results(systems, datasets, metrics, evidence), max_size=4))),
        claims=tuple(draw(st.lists(_claims(systems, datasets, metrics, evidence), max_size=3))),
        links=tuple(draw(_links(labels, evidence))),
    )


def facts(papers: int = 5) -> st.SearchStrategy[Facts]:
    """Draw a record, folded."""
    return records(papers).map(assemble)


def _some(values: Sequence[str]) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values) if values else st.none()


def _results(systems: list[str], datasets: list[str], metrics: list[str], evidence: Span) -> st.SearchStrategy[Result]:
    return st.builds(
        Result,
        subject=st.sampled_from([*systems, "@model"]),
        dataset=_some(datasets),
        metric=_some(metrics),
        value=st.sampled_from([0.5, 23.0, 46.3, 101.0]),
        raw=st.sampled_from(["0.5", "46.3%"]),
        unit=st.sampled_from([None, "%"]),
        evidence=st.just(evidence),
        confidence=st.just(0.8),
        rule=st.just("drawn"),
        bound=st.none() | st.sampled_from(Bound),
        setting=st.sampled_from([None, "zero-shot", "5-shot"]),
    )


def _claims(systems: list[str], datasets: list[str], metrics: list[str], evidence: Span) -> st.SearchStrategy[Claim]:
    side = st.sampled_from([*systems, "@model", "@sota", "@baseline"])
    return st.builds(
        Claim,
        winner=side,
        loser=side,
        dataset=_some(datasets),
        metric=_some(metrics),
        polarity=st.sampled_from(Polarity),
        evidence=st.just(evidence),
        confidence=st.just(0.7),
        rule=st.just("drawn"),
        aspect=st.sampled_from(Aspect),
        hedge=st.sampled_from([None, "up to"]),
        by=st.sampled_from([None, "12%"]),
        delta=st.none() | st.just(Delta(value=12.0, unit="%", kind=DeltaKind.AMBIGUOUS)),
    )


def _links(labels: dict[str, NodeKind], evidence: Span) -> st.SearchStrategy[list[Link]]:
    def fits(link: tuple[RelationKind, str, str]) -> bool:
        return link[1] != link[2] and may_link(link[0], labels[link[1]], labels[link[2]])

    names = sorted(labels)
    triples = [(kind, head, tail) for kind in LINK_KINDS for head in names for tail in names if fits((kind, head, tail))]
    if not triples:
        return st.just([])

    def link(triple: tuple[RelationKind, str, str]) -> Link:
        kind, head, tail = triple
        return Link(
            head=head,
            type=kind,
            tail=tail,
            head_label=labels[head],
            tail_label=labels[tail],
            evidence=evidence,
            confidence=0.6,
            rule="drawn",
        )

    return st.lists(st.sampled_from(triples).map(link), max_size=3)
