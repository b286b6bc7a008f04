"""Both stores give the same JSON: to random valid operations, and to hostile text in every place that takes a string."""

import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import neo4j
import pytest
from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    GraphQLNamedType,
    IntValueNode,
    StringValueNode,
    Visitor,
    build_schema,
    get_named_type,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes as ast
from hypothesis_graphql import queries

from api import ApiSettings, sdl
from graph.sqlite import SqliteStore, open_sqlite
from tests.api.conftest import _open_neo4j, serving
from tests.api.graphs import many_papers, small_graph

SCHEMA = build_schema(sdl())
# Its hits are ranked by each store in its own way.
FIELDS = sorted(set(SCHEMA.query_type.fields) - {"search"}) if SCHEMA.query_type else []
WIDE = ApiSettings(max_depth=100, max_aliases=10_000, max_cost=1_000_000, max_tokens=100_000, max_root_fields=1_000)

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
    "nobody",
    "",
    "%",
    "2024",
    "7B",
]
IDS = ["system:alder", "system:gpt4", "dataset:math", "metric:accuracy", "arxiv:2402.00001", "tests:b-1", "tests:elm-3", "none"]


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


@pytest.fixture(scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    papers = [*small_graph(), *many_papers(6)]
    with ExitStack() as stack:
        on_neo4j = stack.enter_context(_open_neo4j(request))
        on_sqlite = open_sqlite(str(tmp_path_factory.mktemp("equal") / "graph.db"))
        stack.callback(on_sqlite.close)
        clients = []
        for store in (on_sqlite, on_neo4j):
            store.write(papers)
            clients.append(stack.enter_context(serving(store, settings=WIDE)))
        yield clients[0], clients[1]


def answer(client: httpx.Client, query: str, **variables: Any) -> tuple[Any, Any]:
    """Return the data, and where each error is with its code; names that a store suggests are left out."""
    body = client.post("/graphql", json={"query": query, "variables": variables}).json()
    errors = [(error.get("path"), error["extensions"]["code"]) for error in body.get("errors", ())]
    assert "INTERNAL_SERVER_ERROR" not in [code for _, code in errors], body
    return body.get("data"), errors


@settings(max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(OPERATIONS, st.integers(0, 2**31))
def test_random_operations(both: tuple[httpx.Client, httpx.Client], document: Any, seed: int) -> None:
    query = print_ast(visit(document, Likely(seed)))
    assume(len(query) < 60_000)
    on_sqlite, on_neo4j = (answer(client, query) for client in both)
    # What takes one store too long on a busy machine says nothing of its answer.
    assume(not any(code == "TIMEOUT" for _, errors in (on_sqlite, on_neo4j) for _, code in errors))
    assert on_neo4j == on_sqlite


PLAIN = ["plain", "", "-", "two words", "Alder", "aldr", "MATH", "MTAH"]
HOSTILE = [
    "' \" ` \\ // /* */ --",
    "}) DETACH DELETE n //",
    "'; DROP TABLE papers; --",
    "$p0 ?1 {} %s",
    "AND OR NOT (a:b~1)^2 [1 TO 2] *?",
]
HOSTILE += ["\\u0027 x\x00y 😀\u202e", "%"]


def string_arguments() -> Iterator[tuple[str, str]]:
    """Yield (name, query) for every argument at the root that takes a string, and every string in a `where`."""
    assert SCHEMA.query_type
    for name, field in SCHEMA.query_type.fields.items():
        for argument, definition in field.args.items():
            kind = get_named_type(definition.type)
            if argument in ("after",) or (kind.name not in ("String", "ID") and not kind.name.endswith(("Where", "Key"))):
                continue
            others = " ".join(
                f'{other}: "x"'
                for other, each in field.args.items()
                if other != argument and str(each.type) in ("String!", "ID!")
            )
            shown = selection(get_named_type(field.type))
            if kind.name in ("String", "ID"):
                value = "[$t]" if "[" in str(definition.type) else "$t"
                yield f"{name}.{argument}", f"query($t: {kind.name}!) {{ {name}({argument}: {value} {others}) {shown} }}"
            else:
                for part in parts(kind):
                    type_ = "ID" if "ID" in part else "String"
                    text = part.replace("ID$t", "$t")
                    yield f"{name}.{argument} {text}", f"query($t: {type_}!) {{ {name}({argument}: {text} {others}) {shown} }}"


def parts(kind: Any) -> Iterator[str]:
    for name, field in kind.fields.items():
        inner: Any = get_named_type(field.type)
        if inner.name in ("StringFilter", "IDFilter"):
            for op in inner.fields:
                value = "ID$t" if inner.name == "IDFilter" else "$t"
                yield f"{{ {name}: {{ {op}: {f'[{value}]' if op == 'in' else value} }} }}"
        elif inner.name in ("String", "ID"):
            yield f"{{ {name}: {'ID$t' if inner.name == 'ID' else '$t'} }}"


def selection(kind: GraphQLNamedType) -> str:
    fields = getattr(kind, "fields", {})
    return (
        "{ nodes { id } }"
        if "nodes" in fields and "pageInfo" in fields and kind.name != "BeatsConnection"
        else "{ __typename }"
    )


ARGUMENTS = list(string_arguments())


def test_every_string_is_tried() -> None:
    names = {name for name, _ in ARGUMENTS}
    assert {
        "node.id",
        "nodes.ids",
        "search.text",
        "entity.name",
        "compare.on",
        "leaderboard.metric",
        "beats.winner",
        "job.id",
    } <= names
    assert {
        "papers.where { title: { startsWith: $t } }",
        "paper.by { doi: $t }",
        "claims.where { winner: { in: [$t] } }",
    } <= names


@pytest.mark.parametrize(
    ("name", "query"),
    [pytest.param(*each, id=each[0], marks=[pytest.mark.long] if "where" in each[0] else []) for each in ARGUMENTS],
)
def test_hostile_text_changes_no_statement(
    both: tuple[httpx.Client, httpx.Client], monkeypatch: pytest.MonkeyPatch, name: str, query: str
) -> None:
    texts: list[str] = []

    def noted(run: Any) -> Any:
        def call(self: Any, statement: str, *args: Any, **options: Any) -> Any:
            texts.append(statement)
            return run(self, statement, *args, **options)

        return call

    monkeypatch.setattr(SqliteStore, "_run", noted(SqliteStore._run))
    monkeypatch.setattr(neo4j.ManagedTransaction, "run", noted(neo4j.ManagedTransaction.run))
    answers = []
    for client in both:
        # Which statements are run depends on what is found and suggested; what they say does not depend on the text.
        texts.clear()
        # A condition looks nothing up, so that one harmless text shows its statements.
        for text in PLAIN[:1] if "where" in name else PLAIN:
            answer(client, query, t=text)
        plain = set(texts)
        texts.clear()
        answers.append([answer(client, query, t=text) for text in (HOSTILE[:4] if "where" in name else HOSTILE)])
        assert set(texts) <= plain
    assert answers[0] == answers[1] or "search" in name
