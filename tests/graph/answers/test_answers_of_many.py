"""Leaderboards page by page, implied scores, chains, histories, disagreements, gaps, fronts and the web of BEATS, on both stores."""

from collections.abc import Callable, Sequence

import pytest

from graph.answers.compare import compare
from graph.answers.contradictions import contradictions
from graph.answers.gaps import gaps
from graph.answers.history import sota_history
from graph.answers.leaderboard import board, leaderboard, page, size, unscored
from graph.answers.pareto import pareto
from graph.answers.paths import beat_paths
from graph.answers.structure import central, communities
from graph.answers.ways import ways
from graph.assemble import assemble
from graph.store import Store
from tests.graph.answers.notation import record

Fill = Callable[..., Store]


@pytest.fixture
def fill(store: Store) -> Fill:
    """Write papers, given as in verdicts.txt; A is called SysA1, D is SetD1."""

    def write(*papers: str) -> Store:
        years = [paper.partition(": ") for paper in papers]
        store.write([assemble(record(f"p{at}", year, text, 1)) for at, (year, _, text) in enumerate(years)])
        return store

    return write


def names(rows: Sequence[object]) -> list[str | None]:
    return [row.system.name[3] if row.system else None for row in rows]  # type: ignore[attr-defined]


def test_a_leaderboard_is_read_a_page_at_a_time(fill: Fill) -> None:
    scores = "; ".join(f"{name} {60 + at // 2}% on D" for at, name in enumerate("ABCDEFG"))
    store = fill(f"2020: {scores}; H 200% on D; I <=99% on D")
    (group,) = leaderboard(store, "SetD1").groups
    whole = [(row.rank, row.tied, row.result.id) for row in group.rows]
    assert [rank for rank, _, _ in whole] == [1, 2, 2, 4, 4, 6, 6, None, None]
    assert [tied for _, tied, _ in whole] == [False, True, True, True, True, True, True, False, False]
    (header,) = board(store, "SetD1").groups
    paged, after = [], None
    while (part := page(store, header, first=2, after=after)).rows:
        paged += [(row.rank, row.result.id) for row in part.rows]
        after = part.rows[-1].place
        if not part.more:
            break
    assert paged == [(rank, key) for rank, _, key in whole]
    assert size(store, header) == 9


def test_other_values_of_other_papers_are_shown(fill: Fill) -> None:
    store = fill("2020: A 60% on D; B 50% on D", "2021: B 55% on D", "2021: B 50% on D")
    (group,) = leaderboard(store, "SetD1").groups
    conflicts = {(row.paper.id, row.result.value): [other.value for other in row.conflicts] for row in group.rows}
    assert conflicts == {
        ("table:p0", 60.0): [],
        ("table:p1", 55.0): [50.0, 50.0],
        ("table:p0", 50.0): [55.0],
        ("table:p2", 50.0): [55.0],
    }


def test_a_date_hides_what_came_later(fill: Fill) -> None:
    store = fill("2020: A 60% on D", "2022: B 70% on D; C > A on D", "-: E 80% on D")
    early = leaderboard(store, "SetD1", as_of="2021")
    assert [names(group.rows) for group in early.groups] == [["A"]]
    assert early.claims == ()
    assert [names(group.rows) for group in leaderboard(store, "SetD1", as_of="2022-03").groups] == [["B", "A"]]
    assert leaderboard(store, "SetD1", as_of="2019").groups == ()


def test_claims_without_a_score_go_on_page_by_page(fill: Fill) -> None:
    store = fill("2020: A 60% on D; A > B on D; C > A on D; E > A on D; F > A on D")
    found = board(store, "SetD1")
    first = unscored(store, found, first=2)
    second = unscored(store, found, first=2, after=first.after)
    winners = sorted(str(claim.winner) for claim in (*first.claims, *second.claims))
    assert winners == ["system:sysc1", "system:syse1", "system:sysf1"]
    assert second.after is None


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ("A > B +10% on D; A 60% on D; B 50% on D", [("absolute", None, True), ("relative", None, False)]),
        ("A > B +20% on D; A 60% on D; B 50% on D", [("absolute", None, False), ("relative", None, True)]),
        ("A > B +10pts on D; B 50% on D", [("absolute", 60.0, None)]),
        ("A > B +10rel on D; B 50% on D", [("relative", 55.0, None)]),
        ("A > B +10% on D; A 55% on D", [("absolute", 45.0, None), ("relative", 50.0, None)]),
        ("A > B +10% on D", []),
        ("A > B +2x on D; B 50% on D", []),
        ("A > B +2pts on D by perplexity; B 12 on D by perplexity", [("absolute", 10.0, None)]),
    ],
)
def test_what_a_printed_difference_means(fill: Fill, paper: str, expected: list[tuple[str, float | None, bool | None]]) -> None:
    (item,) = compare(fill(f"2020: {paper}"), "SysA1", "SysB1", on="SetD1").benchmarks
    assert [(reading.kind, reading.score, reading.agrees) for reading in item.readings] == expected


def test_an_older_paper_that_arrives_later_changes_who_was_the_state_of_the_art(fill: Fill, store: Store) -> None:
    fill("2020: B 50% on D", "2021: A > @sota on D")
    assert compare(store, "SysA1", "SysB1", on="SetD1").benchmarks[0].inferred
    store.write([assemble(record("old", "2019", "C 55% on D", 1))])
    assert compare(store, "SysA1", "SysB1", on="SetD1").benchmarks[0].verdict == "unknown"
    assert compare(store, "SysA1", "SysC1", on="SetD1").benchmarks[0].verdict == "claimed"


def test_comparisons_of_many_datasets_go_on(fill: Fill, store: Store) -> None:
    fill("2020: " + "; ".join(f"A 60% on {name}; B 50% on {name}" for name in "CDEFG"))
    first = compare(store, "SysA1", "SysB1", first=2)
    second = compare(store, "SysA1", "SysB1", first=2, after=first.after)
    third = compare(store, "SysA1", "SysB1", first=2, after=second.after)
    pages = [{item.dataset.name for item in part.benchmarks if item.dataset} for part in (first, second, third)]
    assert pages == [{"SetC1", "SetD1"}, {"SetE1", "SetF1"}, {"SetG1"}]
    assert third.after is None


def test_chains_stay_on_one_benchmark(fill: Fill) -> None:
    store = fill("2020: A > B on D; B > C on D; A > E on F; E > C on G; C > A on D")
    found = beat_paths(store, "SysA1", "SysC1")
    assert [[step.winner.name for step in path.steps] for path in found] == [["SysA1", "SysB1"]]
    (path,) = found
    assert path.label.startswith("a chain of 2")
    assert path.dataset.name == "SetD1"
    assert [step.evidence[0].quote for step in path.steps] == ["A > B on D [p0].", "B > C on D [p0]."]
    assert beat_paths(store, "SysA1", "SysC1", depth=1) == ()
    assert beat_paths(store, "SysA1", "SysC1", on="SetF1") == ()
    assert beat_paths(store, "SysA1", "SysB1")[0].label.startswith("stated")


def test_shortest_ways_quote_each_step(fill: Fill) -> None:
    store = fill("2020: A > B on D", "2021: B > C on E", "2021: G 5% on D")
    (chain,) = ways(store, "SysA1", "SysC1", beats=True)
    assert [(step.head.name, step.type, step.tail.name, step.quote) for step in chain.steps] == [
        ("SysA1", "BEATS", "SysB1", "A > B on D [p0]."),
        ("SysB1", "BEATS", "SysC1", "B > C on E [p1]."),
    ]
    assert ways(store, "SysC1", "SysA1", beats=True) == ()
    assert ways(store, "SysA1", "SysA1") == ()
    (direct,) = ways(store, "SysA1", "SysB1")
    assert [step.type for step in direct.steps] == ["BEATS"]
    around = ways(store, "SysG1", "SysB1", first=9)
    assert {len(way.steps) for way in around} == {4}
    assert {step.quote for way in around for step in way.steps} == {"A > B on D [p0].", "G 5% on D [p2].", None}


def test_history_is_a_staircase(fill: Fill) -> None:
    store = fill(
        "2018: A 50% on D", "2019: B 45% on D", "2020: C 60% on D", "2021: E 60% on D", "2022: F 70% on D", "-: G 90% on D"
    )
    steps = sota_history(store, "SetD1", "accuracy")
    assert [(step.date, step.system.name[3] if step.system else None) for step in steps] == [
        ("2018", "A"),
        ("2020", "C"),
        ("2022", "F"),
    ]
    assert all(step.result.quote for step in steps)
    assert [step.date for step in sota_history(store, "SetD1", "accuracy", as_of="2020")] == ["2018", "2020"]


def test_history_falls_where_less_is_better(fill: Fill) -> None:
    store = fill("2018: A 20 on D by perplexity", "2019: B 25 on D by perplexity", "2020: C 15 on D by perplexity")
    assert [step.date for step in sota_history(store, "SetD1", "perplexity")] == ["2018", "2020"]


def test_disagreements_quote_all_sides(fill: Fill, store: Store) -> None:
    fill(
        "2020: A > B on D",
        "2021: B > A on D",
        "2021: B > A on E",
        "2022: A > C on F; C > E on F; E > A on F",
        "2022: G 1% on D",
        "2023: G 2% on D",
    )
    found = {each.kind: each for each in contradictions(store)}
    assert found.keys() == {"opposite", "flip", "cycle", "two_scores"}
    assert {fact.paper for fact in found["opposite"].evidence} == {"table:p0", "table:p1"}
    assert {fact.paper for fact in found["flip"].evidence} == {"table:p0", "table:p2"}
    assert [node.name for node in found["cycle"].systems] == ["SysA1", "SysC1", "SysE1"]
    assert len(found["cycle"].evidence) == 3
    assert found["two_scores"].reason == "papers print 1 and 2 of it on one benchmark"
    assert {each.kind for each in contradictions(store, on="SetD1")} == {"opposite", "two_scores"}
    assert [each.kind for each in contradictions(store, first=1, offset=1)] == ["cycle"]


def test_no_disagreement_where_papers_agree(fill: Fill) -> None:
    assert contradictions(fill("2020: A > B on D; B > C on D; A > C on D; A 5% on D", "2021: A > B on D; A 5% on D")) == ()


def test_gaps_are_pairs_that_nobody_compared(fill: Fill) -> None:
    store = fill("2020: A 60% on D; B 50% on D", "2021: C 70% on D", "2022: E 40% on D; C > E on D", "2022: E = A")
    pairs = [(gap.a.system.name[3], gap.b.system.name[3]) for gap in gaps(store, "SetD1").gaps if gap.a.system and gap.b.system]
    assert pairs == [("C", "A"), ("C", "B"), ("B", "E")]


def test_the_front_of_two_metrics(fill: Fill) -> None:
    store = fill(
        "2020: A 60% on D; A 9 on D by perplexity; B 50% on D; B 5 on D by perplexity; C 50% on D; C 10 on D by perplexity; E 1% on D"
    )
    found = pareto(store, "SetD1", "accuracy", "perplexity")
    assert [(point.system.name[3], point.front) for point in found.points] == [("A", True), ("B", True), ("C", False)]
    assert pareto(fill("2020: A 6 on D by charm; A 1% on D"), "SetD1", "charm", "accuracy").note


def test_the_web_of_beats(fill: Fill) -> None:
    store = fill("2020: A > B on D; C > B on D; E > B on D", "2020: F > G on E; H > G on E")
    best = central(store, first=2)
    assert [(each.system.name, round(each.degree, 2)) for each in best] == [("SysB1", 0.5), ("SysG1", 0.33)]
    groups = communities(store)
    assert [each.size for each in groups] == [4, 3]
    assert groups[0].systems[0].name == "SysB1"
    assert [node.name for node in groups[1].datasets] == ["SetE1"]
    assert communities(store, on="SetE1")[0].size == 3
    assert [each.evidence[0].quote for each in best] == ["A > B on D [p0].", "F > G on E [p1]."]
    assert {fact.quote for fact in groups[0].evidence} == {"A > B on D [p0].", "C > B on D [p0].", "E > B on D [p0]."}
    assert {fact.quote for fact in groups[1].evidence} == {"F > G on E [p1].", "H > G on E [p1]."}
