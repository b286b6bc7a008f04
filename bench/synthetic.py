"""Made-up papers for measuring: as many as asked, always the same, with the skew of real ones (few names are in many)."""

import random
from collections.abc import Iterator

from graph.assemble import assemble
from graph.facts import Facts
from schema.kinds import NodeKind, Role
from schema.records import Claim, Entity, ExtractionRecord, Paper, Polarity, Result, Span


def papers(count: int, *, seed: int = 7, start: int = 0, known: int | None = None) -> Iterator[Facts]:
    """Yield the facts of so many papers, numbered from `start`: each introduces a model, uses five known things, states a
    score, quotes that of another model and claims to beat it; some 19 relationships and 3 facts a paper. The other models are
    of papers before, or of the first `known`."""
    chance = random.Random(seed)
    for number in range(start, start + count):
        yield assemble(_record(number, chance, known or number + 1))


def _record(number: int, chance: random.Random, known: int) -> ExtractionRecord:
    own, other = f"Model-{number}", f"Model-{_skewed(chance, known)}"
    dataset, method = f"Bench-{_skewed(chance, 400)}", f"Method {_skewed(chance, 3000)} Net"
    task = f"task {_skewed(chance, 200)} solving"
    score = round(chance.uniform(20, 95), 1)
    title = f"{own}: {method} for {task}"
    lower = round(score * chance.uniform(0.8, 0.99), 1)
    abstract = (
        f"{own} uses {method} and reaches {score}% accuracy on {dataset}, outperforming {other} with {lower}%. "
        + "So it goes. " * 60
    )
    text = f"{title}\n{abstract}"

    def entity(name: str, label: NodeKind, role: Role) -> Entity:
        start = text.index(name)
        span = Span(start, start + len(name), name)
        return Entity(name=name, label=label, role=role, forms=(name,), mentions=(span,), confidence=0.9, rule="made")

    names = {own: (NodeKind.MODEL, Role.INTRODUCED), other: (NodeKind.MODEL, Role.USED), method: (NodeKind.METHOD, Role.USED)}
    names |= {dataset: (NodeKind.DATASET, Role.USED), "accuracy": (NodeKind.METRIC, Role.USED)}
    names |= {task: (NodeKind.TASK, Role.USED)}
    end = text.index(". So it goes")
    evidence = Span(len(title) + 1, end, text[len(title) + 1 : end])
    facts = {"evidence": evidence, "confidence": 0.8, "rule": "made"}
    result = Result(subject=own, dataset=dataset, metric="accuracy", value=score, raw=f"{score}%", unit="%", **facts)  # type: ignore[arg-type]  # mixed
    quoted = Result(subject=other, dataset=dataset, metric="accuracy", value=lower, raw=f"{lower}%", unit="%", **facts)  # type: ignore[arg-type]  # mixed
    claim = Claim(winner=own, loser=other, dataset=dataset, metric="accuracy", polarity=Polarity.BETTER, **facts)  # type: ignore[arg-type]
    return ExtractionRecord(
        paper=Paper(title=title, abstract=abstract, given_id=f"p{number}", year=2015 + number % 11),
        extractor="made/1",
        entities=tuple(entity(name, label, role) for name, (label, role) in names.items()),
        results=(result, quoted) if own != other else (result,),
        claims=(claim,) if own != other else (),
    )


def _skewed(chance: random.Random, size: int) -> int:
    """Return a number below `size`, the small ones far more often (Zipf-like)."""
    return min(size - 1, int(size ** chance.random()) - 1)
