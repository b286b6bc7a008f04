"""docs/graphql.md: its queries run, and its answers are what comes back."""

import json
import re
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from api import sdl
from graph.store import Store
from tests.api.conftest import Ask, asking, serving

PAGE = (Path(__file__).parents[2] / "docs" / "graphql.md").read_text(encoding="utf-8")
ANSWERED = re.findall(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)
QUERIES = re.findall(r"```graphql\n(.*?)```", PAGE, re.DOTALL)
MUTATIONS = [query for query in QUERIES if query.startswith("mutation")]
SUBSCRIPTIONS = [query for query in QUERIES if query.startswith("subscription")]


def test_page_has_what_it_should() -> None:
    assert len(ANSWERED) >= 8
    assert len(MUTATIONS) == 2
    assert len(SUBSCRIPTIONS) == 2
    assert len(QUERIES) == len(ANSWERED) + len(MUTATIONS) + len(SUBSCRIPTIONS)


def test_subscriptions_are_valid() -> None:
    for query in SUBSCRIPTIONS:
        assert validate(build_schema(sdl()), parse(query)) == []


@pytest.mark.parametrize(("query", "answer"), ANSWERED)
def test_answer_is_as_written(ask: Ask, query: str, answer: str) -> None:
    assert ask(query) == json.loads(answer)


def test_mutations_work_in_order(small: Store) -> None:
    with serving(small) as client:
        answers = [asking(client)(query) for query in MUTATIONS]
    assert answers[0]["data"]["ingest"]["job"]["written"] == 1
    assert answers[1] == {"data": {"deletePaper": {"id": "local:oak-1", "errors": []}}}
