"""What a person types is words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.assemble import assemble
from graph.hits import snippet
from graph.neo4j.search import lucene_query
from graph.store import Store
from tests.factories import record


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", ""),
        ('+ - && || ! ( ) { } [ ] ^ " ~ * ? : \\ /', ""),
        ("zebra", '+("zebra" OR (+zebra*))'),
        ("AND OR", '+"AND" +("OR" OR (+or*))'),
        ("GPT-3.5", '+("GPT-3.5" OR (+"GPT" +3\\.5*))'),
        ('say "x\\', '+"say" +("\\"x\\\\" OR (+x*))'),
        ("Poincaré!", '+("Poincare!" OR (+poincare*))'),
    ],
)
def test_query(text: str, query: str) -> None:
    assert lucene_query(text) == query


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("emile", True),
        ("Émile", True),
        ("naive deepth", True),
        ("few shot", False),
        ("few_sh", True),
        ("3.", True),
        ("zebra nothing", False),
        ("the zeb", True),
        ("zeb the", False),
        ("title:zebra", False),
        ("zebr? *", True),
        ("z?bra", False),
    ],
)
def test_papers_are_found_by_all_words(neo4j_store: Store, text: str, found: bool) -> None:
    neo4j_store.write([assemble(record("The Zebra of Émile", "few_shot 3.5 naïve DeepThing, GPT-4, MATH, accuracy"))])
    assert any(hit.node.id.startswith("title:") for hit in neo4j_store.search(text)) is found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from('+-&|!(){}[]^"~*?:\\/ aOR\u0130ß') | st.characters(codec="utf-8")))
def test_no_text_is_a_mistake(neo4j_store: Store, text: str) -> None:
    assert neo4j_store.search(text) == ()


def test_snippet_is_around_the_word() -> None:
    paper = assemble(record(abstract=f"{'x ' * 200}DeepThing beats GPT-4 on MATH by accuracy{' y' * 200}")).paper
    cut = snippet(paper, "nothing beats")
    assert cut.startswith("…x ")
    assert cut.endswith("…")
    assert "DeepThing beats GPT-4" in cut
    assert snippet(paper, "nowhere") == paper.title
