"""What is refused before it costs anything, and what is hidden when it fails."""

import json
import logging
import time
from contextlib import nullcontext
from typing import Any

import httpx
import pytest

from api import ApiSettings
from graph.store import Store, StoreError
from tests.api.conftest import Ask, CountingStore, asking, serving
from tests.api.graphs import many_papers

TOO_MUCH = {
    "depth": (
        "{ beats(first: 1) { nodes " + "{ loser { beats(first: 1) { nodes " * 4 + "{ margin }" + " } } }" * 4 + " } }",
        "deeper than 12",
    ),
    "aliases": ("{ stats { " + " ".join(f"a{i}: __typename" for i in range(31)) + " } }", "more than 30 aliases"),
    "root fields": ("{ " + " ".join(["stats { papers }"] * 21) + " }", "more than 20 fields at its root"),
    "root fields in a fragment": (
        "{ ...F } fragment F on Query { " + " ".join(["stats { papers }"] * 21) + " }",
        "more than 20 fields at its root",
    ),
    "directives in one place": ("{ stats { papers " + "@include(if: true) " * 5 + "} }", "more than 4 directives in one place"),
    "directives": (
        "{ " + " ".join(["stats { " + "papers @include(if: true) " * 16 + "}"] * 2) + " }",
        "more than 30 directives",
    ),
    "unknown directives": ("{ __typename " + "@x " * 10 + " }", "more than 4 directives in one place"),
    "tokens": ("{ " + "a " * 2_001 + "}", "more than 2000 tokens"),
    "page sizes": (
        "{ methods(first: 100) { nodes { papers(first: 100) { nodes { results { dataset { results(first: 100) { nodes { id } } } } } } } } }",
        "more than 50000 nodes",
    ),
    "default page sizes": (
        "{ methods { nodes { papers { nodes { results { dataset { results { nodes { id } } } } } } } } }",
        "more than 50000 nodes",
    ),
    "fragments of fragments": (
        "{ stats { ...F0 } } "
        + " ".join(f"fragment F{i} on Stats {{ ...F{i + 1} ...F{i + 1} ...F{i + 1} }}" for i in range(12))
        + " fragment F12 on Stats { __typename }",
        "unfold to too many fields",
    ),
    "circular introspection": (
        "{ __schema { types " + "{ fields { type " * 11 + "{ name }" + "} }" * 11 + " } }",
        "asks for the schema deeper than",
    ),
    "nested values": ("{ papers(where: " + "{ NOT: " * 600 + "{}" + "}" * 600 + ") { totalCount } }", "nested too deeply"),
}


@pytest.mark.parametrize(("query", "message"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_too_much_is_one_error(client: httpx.Client, query: str, message: str) -> None:
    body = asking(client)(query)
    assert len(body["errors"]) == 1
    assert message in body["errors"][0]["message"]
    assert body["errors"][0]["extensions"]["code"] in ("GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED")
    assert "data" not in body


COSTS = [
    ("{ stats { papers } }", {}, 2),
    ("{ papers(first: 3) { nodes { title } } }", {}, 9),
    ("{ papers { nodes { title } } }", {}, 60),
    ("{ papers(first: null) { totalCount } }", {}, 40),
    ("query($n: Int = 4) { papers(first: $n) { totalCount } }", {}, 8),
    ("query($n: Int = 4) { papers(first: $n) { totalCount } }", {"n": 7}, 14),
    ("query($n: Int) { papers(first: $n) { totalCount } }", {}, 40),
    ('{ nodes(ids: ["a", "b"]) { id } }', {}, 4),
    ('{ node(id: "a") { ... on Paper { authors mentions { role } } } }', {}, 22),
    ("{ papers(first: 2) { ...P } } fragment P on PaperConnection { edges { node { title } } }", {}, 8),
    ('{ neighbourhood(id: "tests:b-1") { nodes { id } } }', {}, 2100),
    ("{ __schema { types { name } } }", {}, 0),
]


@pytest.mark.parametrize(("query", "variables", "cost"), COSTS)
def test_cost_is_told_to_who_asks(client: httpx.Client, query: str, variables: dict[str, Any], cost: int) -> None:
    asked = {"query": query, "variables": variables}
    told = client.post("/graphql", json={**asked, "extensions": {"cost": True}}).json()
    assert told["extensions"] == {"cost": {"requested": cost, "most": 50_000}}
    assert "extensions" not in client.post("/graphql", json=asked).json()


def test_page_size_in_a_variable_counts(client: httpx.Client) -> None:
    query = "query($n: Int = 100) { methods(first: $n) { nodes { papers(first: $n) { nodes { claims { quote } } } } } }"
    assert "more than 50000 nodes" in asking(client)(query)["errors"][0]["message"]
    assert "errors" not in asking(client)(query, n=10)


def test_the_usual_introspection_query_passes(client: httpx.Client) -> None:
    from graphql import build_client_schema, get_introspection_query, print_schema

    data = asking(client)(get_introspection_query(input_value_deprecation=True, specified_by_url=True))["data"]
    assert "type Query" in print_schema(build_client_schema(data))


def test_circular_fragments_are_named_by_validation(client: httpx.Client) -> None:
    assert (
        "itself" in asking(client)("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")["errors"][0]["message"]
    )


def not_found(name: str, *suggestions: str) -> dict[str, Any]:
    return {"code": "NOT_FOUND", "classification": "BAD_REQUEST", "name": name, "suggestions": list(suggestions)}


CODES = [
    ('{ entity(name: "Aldr") { id } }', {}, not_found("Aldr", "Alder")),
    ('{ leaderboard(dataset: "MTAH") { dataset { id } } }', {}, not_found("MTAH", "MATH")),
    ('{ neighbourhood(id: "none") { nodes { id } } }', {}, not_found("none")),
    ("{ papers(first: 101) { totalCount } }", {}, {"code": "BAD_USER_INPUT", "argument": "first"}),
    ("{ papers(first: -1) { totalCount } }", {}, {"code": "BAD_USER_INPUT", "argument": "first"}),
    ('{ neighbourhood(id: "x", depth: 9) { nodes { id } } }', {}, {"code": "BAD_USER_INPUT", "argument": "depth"}),
    ('{ entity(name: "Alder", kind: PAPER) { id } }', {}, {"code": "BAD_USER_INPUT", "argument": "kind"}),
    ("query($t: String!) { search(text: $t) { nodes { id } } }", {"t": "a " * 300}, {"code": "BAD_USER_INPUT"}),
    ("query($t: String!) { entity(name: $t) { id } }", {"t": "a" * 501}, {"code": "BAD_USER_INPUT"}),
    ("query($t: String!) { compare(a: $t, b: $t) { a { id } } }", {"t": "a" * 501}, {"code": "BAD_USER_INPUT"}),
    (
        "query($w: PaperWhere) { papers(where: $w) { totalCount } }",
        {"w": {"OR": [{"year": {"eq": place}} for place in range(201)]}},
        {"code": "BAD_USER_INPUT", "argument": "where"},
    ),
    (
        "query($w: PaperWhere) { papers(where: $w) { totalCount } }",
        {"w": {"NOT": {"id": {"in": ["x"] * 201}}}},
        {"code": "BAD_USER_INPUT", "argument": "where"},
    ),
    (
        "{ papers(where: " + "{ NOT: " * 13 + "{}" + "}" * 13 + ") { totalCount } }",
        {},
        {"code": "BAD_USER_INPUT", "argument": "where"},
    ),
    (
        "{ papers(where: " + "{ names: { some: { papers: { some: " * 2 + "{}" + " } } } }" * 2 + ") { totalCount } }",
        {},
        {"code": "BAD_USER_INPUT", "argument": "where"},
    ),
    ("query($n: Int) { papers(first: $n) { totalCount } }", {"n": "x"}, {"code": "BAD_USER_INPUT"}),
    (
        'query($d: Date) { leaderboard(dataset: "MATH", asOf: $d) { dataset { id } } }',
        {"d": "2024-13"},
        {"code": "BAD_USER_INPUT"},
    ),
    ('{ leaderboard(dataset: "MATH", asOf: "soon") { dataset { id } } }', {}, {"code": "BAD_USER_INPUT"}),
    ("{ papers(sort: [{ year: ASC, title: ASC }]) { totalCount } }", {}, {"code": "GRAPHQL_VALIDATION_FAILED"}),
    ("{ papers(first: 99999999999) { totalCount } }", {}, {"code": "GRAPHQL_VALIDATION_FAILED"}),
    ("{", {}, {"code": "GRAPHQL_PARSE_FAILED"}),
    ("{ nothing }", {}, {"code": "GRAPHQL_VALIDATION_FAILED"}),
    ("subscription { a }", {}, {"code": "OPERATION_RESOLUTION_FAILURE"}),
    ("fragment F on Query { __typename }", {}, {"code": "OPERATION_RESOLUTION_FAILURE"}),
]


@pytest.mark.parametrize(("query", "variables", "extensions"), CODES)
def test_client_errors_have_codes(ask: Ask, query: str, variables: dict[str, Any], extensions: dict[str, Any]) -> None:
    errors = ask(query, **variables)["errors"]
    assert [error["extensions"] for error in errors] == [extensions]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ paper { id } }", {}),
        ("{ papers(wher: {}) { totalCount } }", {}),
        ("{ papers(where: { titel: {} }) { totalCount } }", {}),
        ('query($k: Kind) { entity(name: "x", kind: $k) { id } }', {"k": "METHODS"}),
        ("query($w: PaperWhere) { papers(where: $w) { totalCount } }", {"w": {"titel": {}}}),
        ("{ node(id: 1) { ... on Papr { id } } }", {}),
    ],
)
def test_schema_is_not_suggested(client: httpx.Client, query: str, variables: dict[str, Any]) -> None:
    assert "Did you mean" not in json.dumps(asking(client)(query, **variables))


def test_introspection_can_be_switched_off(counted: CountingStore) -> None:
    with serving(counted, settings=ApiSettings(introspection=False)) as closed:
        for query in ("{ __schema { types { name } } }", '{ a: __type(name: "Paper") { name } }'):
            assert "Introspection is switched off" in asking(closed)(query)["errors"][0]["message"]
        assert asking(closed)("{ __typename }") == {"data": {"__typename": "Query"}}


HOSTILE = [
    "'",
    '"',
    "`",
    "\\",
    "//",
    "/*",
    "--",
    "%",
    "_",
    "*",
    "?",
    "~",
    "^",
    ":",
    "(",
    "AND OR NOT",
    "{}",
    "}) DETACH DELETE n //",
    "x\x00y",
    "\u202e",
    "😀",
    "a" * 500,
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_only_text(ask: Ask, text: str) -> None:
    body = ask(
        """query($t: String!, $i: ID!) {
             search(text: $t) { nodes { id } }
             papers(where: { OR: [{ title: { contains: $t } }, { abstract: { startsWith: $t } }, { id: { in: [$i] } }] }) { totalCount }
             node(id: $i) { id }
           }""",
        t=text,
        i=text,
    )
    assert "errors" not in body
    for query in (
        "query($t: String!) { entity(name: $t) { id } }",
        "query($t: String!) { compare(a: $t, b: $t) { a { id } } }",
    ):
        assert ask(query, t=text)["errors"][0]["extensions"]["code"] == "NOT_FOUND"


class Broken:
    """A store that fails in one verb."""

    def __init__(self, error: Exception, seconds: float = 0) -> None:
        self.error, self.seconds = error, seconds

    def limited(self, _: float) -> Any:
        return nullcontext()

    def __getattr__(self, name: str) -> Any:
        def call(*_: object, **__: object) -> Any:
            time.sleep(self.seconds)
            raise self.error

        return call


@pytest.mark.parametrize("error", [StoreError("cannot open /secret/place"), RuntimeError("password is hunter2")])
def test_our_own_errors_are_masked_and_logged(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    store: Any = Broken(error)
    with serving(store) as client, caplog.at_level(logging.ERROR, logger="api"):
        shown = asking(client)("{ stats { papers } }")["errors"][0]
    assert (shown["message"], shown["extensions"]["code"]) == ("Internal server error", "INTERNAL_SERVER_ERROR")
    assert str(error) not in json.dumps(shown)
    (record,) = [record for record in caplog.records if record.name.startswith("api")]
    assert shown["extensions"]["requestId"] in record.getMessage()
    assert record.exc_info
    assert record.exc_info[1] is error


def test_client_errors_are_not_logged_as_ours(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    asking(client)('{ entity(name: "none") { id } }')
    asking(client)("{ nothing }")
    assert caplog.records == []


def test_readyz_says_when_the_store_does_not_answer() -> None:
    store: Any = Broken(StoreError("cannot open /secret/place"))
    with serving(store) as client:
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ok": False, "error": "the store does not answer"})


def test_slow_operations_end() -> None:
    slow: Any = Broken(StoreError("late"), seconds=1.5)
    with serving(slow, settings=ApiSettings(query_seconds=0.2)) as client:
        start = time.monotonic()
        body = asking(client)("{ stats { papers } }")
    assert time.monotonic() - start < 1.4
    assert body["errors"][0]["extensions"]["code"] == "TIMEOUT"


def test_a_statement_ends_with_its_operation(small: Store) -> None:
    small.write(list(many_papers(150)))
    # Every path from paper to paper over what they name, six steps long.
    slow = '{ papers(where: { names: { some: { papers: { some: { names: { some: { name: { contains: "nowhere" } } } } } } } }) { totalCount } }'
    crowd = "{ " + " ".join(slow.replace("papers(where", f"a{n}: papers(where")[1:-1].strip() for n in range(20)) + " }"
    with serving(small, settings=ApiSettings(query_seconds=0.3, threads=1)) as client:
        assert asking(client)(crowd)["errors"][0]["extensions"]["code"] == "TIMEOUT"
        start = time.monotonic()
        assert asking(client)("{ stats { papers } }") == {"data": {"stats": {"papers": 153}}}, "the only thread is free again"
    assert time.monotonic() - start < 1


def test_no_further_call_to_the_store_after_the_time(counted: CountingStore) -> None:
    with serving(counted, settings=ApiSettings(query_seconds=-1)) as client:
        assert asking(client)("{ stats { papers } }")["errors"][0]["extensions"]["code"] == "TIMEOUT"
        time.sleep(0.1)
    assert counted.calls == []


def test_a_flood_of_queries_at_once(client: httpx.Client) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def one(place: int) -> Any:
        return client.post("/graphql", json={"query": f"{{ a{place}: stats {{ papers }} }}"}).json()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, range(200)))
    assert answers == [{"data": {f"a{place}": {"papers": 3}}} for place in range(200)]
