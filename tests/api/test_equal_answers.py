"""Both stores give the same JSON to random valid operations."""

import zlib
from typing import Any

import httpx
from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    IntValueNode,
    StringValueNode,
    Visitor,
    build_schema,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes as ast
from hypothesis_graphql import queries

from api import sdl
from tests.api.conftest import answer

SCHEMA = build_schema(sdl())
# Its hits are ranked by each store in its own way.
FIELDS = sorted(set(SCHEMA.query_type.fields) - {"search"}) if SCHEMA.query_type else []

NAMES = [
    "Alder",
    "alder",
    "MATH",
    "GPT-4",
    "gpt4",
    "Birch",
    "accuracy",
    "math reasoning",
    "Cedar",
    "Fir",
    "Gum 7B",
    "perplexity",
    "Übersetzung “x`y”",
    "nobody",
    "",
    "%",
    "2024",
    "7B",
]
IDS = [
    "system:alder",
    "system:gpt4",
    "dataset:math",
    "metric:accuracy",
    "arxiv:2402.00001",
    "tests:b-1",
    "tests:elm-3",
    "rich:fir/4",
    "system:gum7b",
    "none",
]


class Likely(Visitor):
    """Puts words that the graph knows, and small numbers, in the place of random ones; the same ones alike, as fields of one
    name must have the same arguments. Random cursors go, since they are all refused."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._seed = seed

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        # Half the time conditions go too: most random ones leave nothing over.
        return REMOVE if node.name.value in (("after", "where") if self._seed % 2 else ("after",)) else None

    def enter_string_value(self, node: StringValueNode, *_: Any) -> StringValueNode:
        return StringValueNode(value=self._chosen(node.value, NAMES + IDS), block=False)

    def enter_int_value(self, node: IntValueNode, *_: Any) -> IntValueNode:
        return IntValueNode(value=self._chosen(node.value, ["1", "2", "3"]))

    def _chosen(self, given: str, options: list[str]) -> str:
        return options[zlib.crc32(given.encode(errors="replace"), self._seed) % len(options)]


def identity(document: DocumentNode) -> DocumentNode:
    return document


DATES = st.sampled_from(["2024", "2024-05", "2020-01-01"]).map(ast.String)
OPERATIONS = st.sampled_from(FIELDS).flatmap(
    # One field at the root: an error of one that is never null would take the others' data away.
    lambda field: queries(SCHEMA, fields=[field], custom_scalars={"Date": DATES}, print_ast=identity)
)


@settings(max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(OPERATIONS, st.integers(0, 2**31))
def test_random_operations(both: tuple[httpx.Client, httpx.Client], document: Any, seed: int) -> None:
    query = print_ast(visit(document, Likely(seed)))
    assume(len(query) < 60_000)
    on_sqlite, on_neo4j = (answer(client, query) for client in both)
    # What takes one store too long on a busy machine says nothing of its answer.
    assume(not any(code == "TIMEOUT" for _, errors in (on_sqlite, on_neo4j) for _, code in errors))
    assert on_neo4j == on_sqlite
