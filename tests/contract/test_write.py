"""What writing and deleting mean, on every store."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.assemble import assemble
from graph.check import check
from graph.facts import Facts
from graph.sqlite import open_sqlite
from graph.store import Store, StoreError
from tests.factories import facts, record

AGAIN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

A = assemble(record(given_id="a"))
B = assemble(
    record(
        "Other",
        "Other beats DeepThing: accuracy 50.0% and 46.3% on MATH.",
        given_id="b",
        winner="Other",
        loser="DeepThing",
        scores=(50.0, 46.3),
    )
)


def graph(store: Store) -> list[dict[str, Any]]:
    return list(store.dump())


def fresh(papers: Sequence[Facts]) -> list[dict[str, Any]]:
    """The graph that an empty store becomes by these papers."""
    store = open_sqlite(":memory:")
    store.write(papers)
    return graph(store)


def clear(store: Store) -> None:
    store.delete([line["id"] for line in store.dump() if line.get("node") == "Paper"])


def test_writing_twice_changes_nothing(store: Store) -> None:
    first = store.write([A, B])
    before = graph(store)
    second = store.write([A, B])
    assert (first.written, first.unchanged, second.written, second.unchanged) == (2, 0, 0, 2)
    assert graph(store) == before


def test_beats_are_derived_from_claims_and_scores(store: Store) -> None:
    store.write([A, B])
    rows = [
        (edge.head, edge.tail, edge.dataset, edge.metric, edge.props["verdict"], edge.props["margin"]) for edge in store.beats()
    ]
    assert rows == [
        ("system:deepthing", "system:gpt4", "dataset:math", "metric:accuracy", "both", 23.3),
        ("system:other", "system:deepthing", "dataset:math", "metric:accuracy", "both", 3.7),
    ]


def test_several_papers_support_one_beats(store: Store) -> None:
    again = assemble(record("Again", "DeepThing, GPT-4, accuracy, MATH", given_id="c", scores=()))
    store.write([A])
    store.write([again])
    (edge,) = [edge for edge in store.beats() if edge.metric is None]
    assert (edge.props["verdict"], edge.props["papers"]) == ("claimed", ("local:c",))
    store.delete(["local:c"])
    assert graph(store) == fresh([A])


def test_a_changed_abstract_replaces_what_it_said(store: Store) -> None:
    changed = assemble(
        record(abstract="DeepThing reaches 50.0% accuracy on MATH; GPT-4 has 51.0%.", given_id="a", scores=(50.0, 51.0))
    )
    store.write([A, B])
    assert store.write([changed]).written == 1
    assert graph(store) == fresh([changed, B])


def test_the_last_of_one_paper_given_twice_counts(store: Store) -> None:
    changed = assemble(record(abstract="DeepThing, GPT-4, accuracy, MATH", given_id="a", scores=()))
    done = store.write([A, changed])
    assert (done.written, done.unchanged) == (1, 0)
    assert graph(store) == fresh([changed])


def test_deleting_takes_exactly_what_only_the_paper_supports(store: Store) -> None:
    store.write([A, B])
    assert store.delete(["local:b", "local:nowhere"]) == ("local:b",)
    assert graph(store) == fresh([A])
    assert store.delete(["local:a"]) == ("local:a",)
    assert graph(store) == []


def test_a_failed_write_changes_nothing(store: Store) -> None:
    store.write([A])
    before = graph(store), store.batches()
    # The last thing to be written of these papers is one that no store can hold.
    broken = replace(B, relationships=(*B.relationships, replace(B.relationships[0], paper="\ud800")))
    with pytest.raises((StoreError, UnicodeEncodeError)):
        store.write([A, broken])
    assert (graph(store), store.batches()) == before
    assert store.write([B]).written == 1


def test_the_journal_tells_what_was_done(store: Store) -> None:
    store.write([A, B])
    store.write([A])
    store.delete(["local:a"])
    told = [(batch.action, batch.papers, batch.unchanged) for batch in store.batches()]
    assert told == [("delete", 1, 0), ("write", 0, 1), ("write", 2, 0)]
    assert len(store.batches(1)) == 1


def test_records_come_back_as_they_were(store: Store) -> None:
    store.write([A, B])
    assert [json.dumps(line, sort_keys=True) for line in store.records()] == [
        json.dumps(json.loads(item.record), sort_keys=True) for item in (A, B)
    ]
    assert [line["id"] for line in store.records(["local:b", "nowhere"])] == ["b"]


@AGAIN
@given(st.lists(facts(), max_size=6), st.lists(st.integers(0, 4), max_size=2), st.randoms(use_true_random=False))
def test_any_history_gives_the_graph_of_what_is_left(
    store: Store, papers: list[Facts], deleted: list[int], random: Any
) -> None:
    clear(store)
    for paper in papers:
        store.write([paper])
    gone = {f"local:p{number}" for number in deleted}
    store.delete(sorted(gone))
    left = {paper.paper.id: paper for paper in papers if paper.paper.id not in gone}
    shuffled = list(left.values())
    random.shuffle(shuffled)
    assert graph(store) == fresh(shuffled)


@AGAIN
@given(st.lists(facts(), max_size=4))
def test_every_written_graph_passes_its_check(store: Store, papers: list[Facts]) -> None:
    clear(store)
    store.write(papers)
    assert check(store, open_sqlite(":memory:")) == ()
