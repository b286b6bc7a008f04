"""What was parsed and found valid once isn't parsed and validated again, whoever asks and with what; and not much is kept."""

import pytest
from strawberry.extensions import ParserCache, ValidationCache

from api import ApiSettings
from api.root import CACHED
from graph.store import Store
from tests.api.conftest import asking, serving

PARSED, VALIDATED = ParserCache(CACHED).cached_parse_document, ValidationCache(CACHED).cached_validate_document
QUERY = "query Cached($n: Int) { papers(first: $n) { nodes { id } } }"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    for cache in (PARSED, VALIDATED):
        cache.cache_clear()  # type: ignore[attr-defined]


def misses() -> tuple[int, int]:
    return PARSED.cache_info().misses, VALIDATED.cache_info().misses  # type: ignore[attr-defined]


def test_a_document_is_read_once(small: Store) -> None:
    for settings in (ApiSettings(), ApiSettings(max_cost=10), ApiSettings(introspection=False)):
        with serving(small, settings=settings) as client:
            for n in (1, 2, None, 1_000):
                asking(client)(QUERY, n=n)
    assert misses() == (1, 1)
    with serving(small) as client:
        # What the guards hold a document to is still asked of one that is known.
        assert asking(client)(QUERY, n=100_000)["errors"][0]["message"].startswith("The query may show more than")
    assert misses() == (1, 1)


def test_few_documents_are_kept(small: Store) -> None:
    with serving(small) as client:
        for place in range(CACHED + 50):
            client.post("/graphql", json={"query": f"{{ a{place}: nothing }}"})
    for cache in (PARSED, VALIDATED):
        assert cache.cache_info().currsize == CACHED  # type: ignore[attr-defined]


def test_no_long_text_is_kept(small: Store) -> None:
    with serving(small) as client:
        (error,) = asking(client)("{ stats { papers } } #" + "x" * 100_000)["errors"]
        assert "longer than 100000 characters" in error["message"]
        assert "errors" not in asking(client)("{ stats { papers } } #" + "x" * 90_000)
    assert misses() == (1, 1)
