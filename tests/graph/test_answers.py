"""Leaderboards and verdicts on small graphs, as a careful reader would give them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from graph.answers.compare import beats, compare
from graph.answers.leaderboard import leaderboard
from graph.answers.lookup import UnknownName, entity, paper
from graph.answers.neighbourhood import neighbourhood
from graph.assemble import assemble
from graph.sqlite import open_sqlite
from graph.store import Store
from schema.kinds import NodeKind, Role
from schema.records import Aspect, Claim, Entity, ExtractionRecord, Paper, Polarity, Result, Span


@dataclass(frozen=True)
class Score:
    system: str
    value: float
    metric: str | None = "accuracy"
    setting: str | None = None
    dataset: str | None = "D"
    unit: str | None = "%"


@dataclass(frozen=True)
class Says:
    winner: str
    loser: str
    polarity: Polarity = Polarity.BETTER
    dataset: str | None = "D"
    metric: str | None = None
    aspect: Aspect = Aspect.QUALITY
    hedge: str | None = None


def store_of(*papers: Sequence[Score | Says], years: Sequence[int | None] = ()) -> Store:
    store = open_sqlite(":memory:")
    store.write([assemble(_record(number, facts, years[number] if years else None)) for number, facts in enumerate(papers)])
    return store


def _record(number: int, facts: Sequence[Score | Says], year: int | None) -> ExtractionRecord:
    systems = {name for fact in facts for name in ([fact.system] if isinstance(fact, Score) else [fact.winner, fact.loser])} - {
        "@model",
        "@sota",
    }
    names = dict.fromkeys(sorted(systems), NodeKind.MODEL)
    names |= dict.fromkeys(sorted({fact.dataset for fact in facts if fact.dataset}), NodeKind.DATASET)
    names |= dict.fromkeys(sorted({fact.metric for fact in facts if fact.metric}), NodeKind.METRIC)
    quote = f"paper {number} says: {', '.join(names)}"
    source = Paper(title=f"Paper {number}", abstract=quote, given_id=str(number), year=year)
    at = len(source.title) + 1
    evidence = Span(at, at + len(quote), quote)
    common = {"evidence": evidence, "confidence": 0.9, "rule": "t"}
    return ExtractionRecord(
        paper=source,
        extractor="t/1",
        entities=tuple(
            Entity(name=name, label=label, role=Role.USED, forms=(name,), mentions=(evidence,), confidence=0.9, rule="t")
            for name, label in names.items()
        ),
        results=tuple(
            Result(
                subject=f.system,
                dataset=f.dataset,
                metric=f.metric,
                value=f.value,
                raw=str(f.value),
                unit=f.unit,
                setting=f.setting,
                **common,
            )  # type: ignore[arg-type]
            for f in facts
            if isinstance(f, Score)
        ),
        claims=tuple(
            Claim(
                winner=f.winner,
                loser=f.loser,
                dataset=f.dataset,
                metric=f.metric,
                polarity=f.polarity,
                aspect=f.aspect,
                hedge=f.hedge,
                **common,
            )  # type: ignore[arg-type]
            for f in facts
            if isinstance(f, Says)
        ),
    )


A, B = Score("A", 60.0), Score("B", 50.0)
WIN = Says("A", "B")


@pytest.mark.parametrize(
    ("papers", "verdict", "winner", "reason"),
    [
        ([[WIN]], "claimed", "A", "one paper says that A is better"),
        ([[WIN], [Says("A", "B")]], "claimed", "A", "2 papers say that A is better"),
        ([[Says("A", "B", hedge="up to")]], "claimed", "A", "one paper says that A is better, with the hedge 'up to'"),
        ([[A, B]], "computed", "A", "the best printed scores are 60 % of A and 50 % of B"),
        ([[A], [B]], "computed", "A", "from two papers, whose settings may differ"),
        ([[A, B, WIN]], "both", "A", "one paper says that A is better, and the printed scores are 60 % of A and 50 % of B"),
        ([[A, B], [WIN]], "both", "A", "one paper says"),
        ([[A, B, Says("B", "A")]], "contradicted", None, "one paper says that B is better, but the printed scores are"),
        ([[WIN], [Says("B", "A")]], "contradicted", None, "papers claim both ways (2 papers say that)"),
        ([[Score("A", 60.0), Score("B", 60.0)]], "computed", None, "60 % of A and 60 % of B"),
        ([[Score("A", 0.6, unit=None), Score("B", 50.0)]], "computed", "A", "0.6 of A and 50 % of B"),
        ([[Score("A", 9.0, metric="perplexity", unit=None), Score("B", 12.0, metric="perplexity", unit=None)]], "computed", "A", "9 of A"),
        ([[Score("A", 9.0, metric="charm", unit=None), Score("B", 5.0, metric="charm", unit=None)]], "not_comparable", None, "which direction of the metric is better is not known"),
        ([[Score("A", 60.0, setting="zero-shot"), Score("B", 50.0, setting="5-shot")]], "not_comparable", None, "shots differ: 0 and 5"),
        ([[Score("A", 60.0, setting="zero-shot"), Score("B", 50.0)]], "computed", "A", "60 % (zero-shot) of A"),
        ([[Score("A", 46.3, setting="64 samples"), Score("A", 52.0, setting="cumulatively"), Score("B", 23.0, setting="64 samples")]], "computed", "A", "46.3 % (64 samples) of A and 23 % (64 samples) of B"),
        ([[WIN], [Says("B", "A", Polarity.EQUAL)]], "contradicted", None, "one paper says that A is better, but one paper says that it is not"),
        ([[WIN], [Says("A", "B", Polarity.NOT_BETTER)]], "contradicted", None, "but one paper says that it is not"),
        ([[WIN], [Says("B", "A", Polarity.NOT_BETTER)]], "claimed", "A", "one paper says that A is better"),
        ([[Says("A", "B", Polarity.EQUAL)]], "unknown", None, "one paper says that the two are comparable"),
        ([[Says("A", "B", Polarity.NOT_BETTER)]], "unknown", None, "one paper says that A is not better"),
        ([[Says("A", "B", aspect=Aspect.EFFICIENCY)]], "unknown", None, "only their cost is compared"),
        ([[A], [Says("A", "B", Polarity.EQUAL, dataset="E")]], "unknown", None, "no score of B is known here"),
        ([[Says("A", "B", dataset=None)]], None, None, ""),
    ],
)  # fmt: skip
def test_verdicts_on_a_dataset(
    papers: Sequence[Sequence[Score | Says]], verdict: str | None, winner: str | None, reason: str
) -> None:
    store = store_of(*papers, [Says("A", "B", dataset="Other"), Says("C", "@sota")])
    first = compare(store, "A", "B", on="D").benchmarks[0]
    if verdict is None:
        assert (first.verdict, first.evidence) == ("unknown", ())
        return
    assert first.verdict == verdict
    assert (first.winner.name if first.winner else None) == winner
    assert reason in first.reason
    for evidence in first.evidence:
        text = f"{evidence.paper.title}\n{evidence.paper.abstract}"
        assert text[evidence.node.start : evidence.node.end] == evidence.node.quote


def test_a_claim_without_a_benchmark_says_so() -> None:
    store = store_of([Says("A", "B", dataset=None)])
    (item,) = compare(store, "A", "B").benchmarks
    assert (item.dataset, item.verdict, item.reason) == (None, "claimed", "one paper says that A is better; benchmark unstated")
    assert store.beats() == ()


def test_beats_turns_the_opposite_into_a_contradiction() -> None:
    store = store_of([A, B, WIN])
    assert [item.verdict for item in beats(store, "A", "B").benchmarks] == ["both"]
    (item,) = beats(store, "B", "A").benchmarks
    assert (item.verdict, item.reason.startswith("the evidence is against it: one paper says")) == ("contradicted", True)


def test_what_was_known_at_a_date() -> None:
    store = store_of([A, B], [Says("B", "A")], years=[2020, 2022])
    assert compare(store, "A", "B", as_of="2021").benchmarks[0].verdict == "computed"
    assert compare(store, "A", "B", as_of="2022-05").benchmarks[0].verdict == "contradicted"
    assert compare(store, "A", "B", as_of="2019").benchmarks == ()


def test_flipping_order_on_two_datasets_is_two_verdicts() -> None:
    store = store_of([A, B, Score("A", 1.5, dataset="E"), Score("B", 2.5, dataset="E")])
    winners = {
        item.dataset.name: item.winner.name for item in compare(store, "A", "B").benchmarks if item.dataset and item.winner
    }
    assert winners == {"D": "A", "E": "B"}


def test_a_leaderboard_ranks_what_can_be_ranked() -> None:
    store = store_of(
        [A, B, Score("C", 60.0), Score("@model", 70.0), Score("E", 200.0), Score("F", 8.0, metric="perplexity", unit=None)],
        [Score("G", 7.0, metric=None, unit=None), Says("H", "A"), Says("A", "B"), Says("@model", "@sota")],
    )
    board = leaderboard(store, "D")
    rows = [[(row.rank, row.system.name if row.system else None) for row in group.rows] for group in board.groups]
    rows[0][1:3] = sorted(rows[0][1:3])  # a tie
    assert [row.tied for row in board.groups[0].rows] == [False, True, True, False, False]
    assert rows == [[(1, None), (2, "A"), (2, "C"), (4, "B"), (None, "E")], [(1, "F")], [(None, "G")]]
    assert [group.note for group in board.groups] == [None, None, "not ranked: the abstracts name no metric"]
    assert {(claim.winner or claim.winner_class) for claim in board.claims} == {"system:h", "model"}
    assert [len(group.rows) for group in leaderboard(store, "D", metric="perplexity").groups] == [1]


def test_known_settings_that_conflict_split_a_group() -> None:
    store = store_of(
        [Score("A", 60.0, setting="zero-shot"), Score("B", 50.0, setting="5-shot"), Score("C", 40.0, setting="with luck")]
    )
    groups = {group.setting: [row.system.name for row in group.rows if row.system] for group in leaderboard(store, "D").groups}
    assert groups == {"shots: 0": ["A"], "shots: 5": ["B"], None: ["C"]}


@pytest.mark.parametrize(("name", "kinds", "told"), [
    ("Bee", (), "No entity called 'Bee' is in the graph."),
    ("", (NodeKind.MODEL,), "No model called '' is in the graph."),
])  # fmt: skip
def test_unknown_names(name: str, kinds: tuple[NodeKind, ...], told: str) -> None:
    with pytest.raises(UnknownName, match=told):
        entity(store_of([A, B]), name, kinds)


def test_papers_are_found_by_id_or_title() -> None:
    store = store_of([A, B])
    assert {paper(store, name).id for name in ("local:0", "0", "Paper 0", "paper  0")} == {"local:0"}
    with pytest.raises(UnknownName, match=r"No paper called 'Paper 1' is in the graph\. Did you mean 'Paper 0'\?"):
        paper(store, "Paper 1")


def test_a_neighbourhood_grows_ring_by_ring_up_to_its_limit() -> None:
    store = store_of([A, B], [Score("C", 1.5)])
    near = neighbourhood(store, "system:a", depth=1)
    far = neighbourhood(store, "system:a", depth=4)
    assert {node.id for node in near.nodes} < {node.id for node in far.nodes}
    assert "system:c" in {node.id for node in far.nodes}
    ids = {node.id for node in far.nodes}
    assert all(edge.head in ids and edge.tail in ids for edge in far.relationships)
    assert len(neighbourhood(store, "system:a", depth=5, limit=4).nodes) == 4
    assert neighbourhood(store, "nowhere").nodes == ()
