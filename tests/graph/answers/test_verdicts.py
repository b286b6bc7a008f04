"""Every small graph of verdicts.txt gets the verdict that a careful reader would give, on both stores."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from api.shown import Language, shown
from graph.answers.compare import beats, compare
from graph.assemble import assemble
from graph.neo4j import open_neo4j
from graph.sqlite import open_sqlite
from graph.store import Store
from tests.graph.answers.notation import Case, Question, cases
from tests.neo4j_server.server import empty

CASES = cases(Path(__file__).with_name("verdicts.txt"))
ASKED = [pytest.param(case, question, id=f"{case.name}: {question.verdict}") for case in CASES for question in case.questions]


@pytest.fixture(scope="module", params=["sqlite", "neo4j"])
def filled(request: pytest.FixtureRequest) -> Iterator[Store]:
    """All graphs in each store in turn; tests only read them."""
    if request.param == "neo4j":
        server = request.getfixturevalue("running_neo4j")
        empty(server)
        store: Store = open_neo4j(server.uri, user=server.user, password=server.password)
    else:
        store = open_sqlite(":memory:")
    with closing(store):
        store.write([assemble(record) for case in CASES for record in case.papers])
        yield store


@pytest.fixture(scope="module")
def run(request: pytest.FixtureRequest) -> Iterator[Callable[..., list[dict[str, str]]]]:
    """A function that runs Cypher in the Neo4j of the tests."""
    server = request.getfixturevalue("running_neo4j")
    with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        yield lambda text, values: [row.data() for row in driver.execute_query(text, values).records]


def test_there_are_sixty_graphs() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("case", "question"), ASKED)
def test_verdict(filled: Store, case: Case, question: Question) -> None:
    comparison = compare(filled, question.a, question.b, on=question.on, as_of=question.as_of)
    found = [item for item in comparison.benchmarks if not question.by or (item.metric and item.metric.name == question.by)]
    first = found[0]
    assert first.verdict == question.verdict, first.reason
    assert (case.plain(first.winner.name) if first.winner else None) == question.winner
    assert question.reason in case.plain(f"{first.reason}; {first.nearest}")
    assert first.inferred == ("(inferred)" in first.reason)
    for evidence in (*first.evidence, *first.nearest_evidence):
        text = f"{evidence.paper.title}\n{evidence.paper.abstract}"
        assert text[evidence.node.start : evidence.node.end] == evidence.node.quote
    if first.verdict not in ("unknown",):
        assert first.evidence, "a verdict quotes its sentence"
    if first.winner:
        loser = question.b if first.winner.name == question.a else question.a
        against = beats(filled, loser, first.winner.name, on=question.on, as_of=question.as_of).benchmarks
        assert against[0].verdict in ("contradicted", "not_comparable") or len(against) > 1


@pytest.mark.parametrize("filled", ["neo4j"], indirect=True)
@pytest.mark.parametrize(("case", "question"), ASKED)
def test_cypher_of_a_comparison_quotes_the_same(
    filled: Store, run: Callable[..., list[dict[str, str]]], case: Case, question: Question
) -> None:
    values = {"a": question.a, "b": question.b, "on": question.on, "asOf": question.as_of}
    asked = shown(filled, "compare", values, Language.CYPHER)
    quoted = compare(filled, question.a, question.b, on=question.on, as_of=question.as_of).benchmarks
    expected = {(evidence.paper.id, evidence.node.quote) for item in quoted for evidence in item.evidence}
    assert {(row["paper"], row["quote"]) for row in run(asked.text, dict(asked.values))} == expected
