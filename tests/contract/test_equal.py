"""Both stores hold the same graph of the same papers, and say the same of it."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import build_nlp, extract
from extractors.readers import read_papers
from graph.analysis import from_networkx, lines, to_networkx
from graph.assemble import assemble
from graph.export import export
from graph.facts import Facts
from graph.sqlite import open_sqlite
from graph.store import Store
from schema.records import Paper
from tests.contract.test_write import clear
from tests.factories import facts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(facts(), max_size=5))
def test_dumps_are_equal(sqlite_store: Store, neo4j_store: Store, papers: list[Facts]) -> None:
    for store in (sqlite_store, neo4j_store):
        clear(store)
        store.write(papers)
    assert list(neo4j_store.dump()) == list(sqlite_store.dump())
    assert neo4j_store.stats() == sqlite_store.stats()
    assert neo4j_store.beats() == sqlite_store.beats()


def test_the_page_gives_equal_dumps(sqlite_store: Store, neo4j_store: Store, shared_data: Path) -> None:
    nlp = build_nlp(mentions="patterns")
    with (shared_data / "seed-page.txt").open("rb") as stream:
        papers = [item for item in read_papers(stream, name="page") if isinstance(item, Paper)]
    assert len(papers) == 73
    folded = [assemble(extract(nlp, paper)) for paper in papers]
    for store in (sqlite_store, neo4j_store):
        assert store.write(folded).written == 73
        assert store.write(folded).unchanged == 73
    assert list(export(neo4j_store, "jsonl")) == list(export(sqlite_store, "jsonl"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts(), max_size=4))
def test_networkx_and_back(sqlite_store: Store, papers: list[Facts]) -> None:
    clear(sqlite_store)
    sqlite_store.write(papers)
    graph = to_networkx(sqlite_store)
    assert list(lines(graph)) == list(sqlite_store.dump())
    copy = open_sqlite(":memory:")
    from_networkx(graph, copy)
    assert list(copy.dump()) == list(sqlite_store.dump())
