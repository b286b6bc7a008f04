"""The status of what can't be executed, or not wholly: by default, and as the draft of GraphQL over HTTP has it."""

import json
from collections.abc import Iterator

import httpx
import pytest

from api import ApiSettings
from graph.sqlite import open_sqlite
from tests.api.conftest import serving
from tests.api.graphs import small_graph

JSON, GRAPHQL = "application/json", "application/graphql-response+json"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = open_sqlite(str(tmp_path_factory.mktemp("statuses") / "graph.db"))
    store.write(small_graph())
    with serving(store, settings=ApiSettings(statuses="draft")) as client:
        yield client
    store.close()


# Each with its status by default, then as the draft has it.
BODIES = [
    ("{ stats { papers } }", 200, 200),
    ("{", 400, 400),
    ("{ nothing }", 400, 422),
    ("{ papers(first: 2) { nodes { results { dataset { results(first: 100) { nodes { id } } } } } } }", 200, 200),
    ("{ a: papers(first: 100) { nodes { results { dataset { results(first: 100) { nodes { id } } } } } } }", 400, 422),
    ("query($n: Int!) { papers(first: $n) { totalCount } }", 400, 422),
    ("query A { stats { papers } } query B { stats { claims } }", 400, 422),
    ("subscription { nothing }", 400, 422),
    ("", 400, 422),
    ('{ entity(name: "nobody") { id } stats { papers } }', 200, 294),
    ('{ leaderboard(dataset: "nothing") { dataset { id } } }', 200, 294),
]


@pytest.mark.parametrize(("query", "usual", "drafted"), BODIES)
def test_status_of_an_operation(client: httpx.Client, draft: httpx.Client, query: str, usual: int, drafted: int) -> None:
    for asked, status in ((client, usual), (draft, drafted)):
        response = asked.post("/graphql", json={"query": query}, headers={"accept": GRAPHQL})
        assert (response.status_code, response.headers["content-type"]) == (status, f"{GRAPHQL}; charset=utf-8")
        assert ("data" in response.json()) == (status < 300)
        assert asked.post("/graphql", json={"query": query}, headers={"accept": JSON}).status_code == 200


@pytest.mark.parametrize(
    ("content", "drafted"),
    [
        ("", 400),
        ("{", 400),
        ("5", 422),
        ("[]", 422),
        ("{}", 422),
        ('{"query": 5}', 422),
        (json.dumps({"query": "{a}", "variables": [7]}), 422),
    ],
)
def test_status_of_what_is_no_request(client: httpx.Client, draft: httpx.Client, content: str, drafted: int) -> None:
    for asked, status in ((client, 400), (draft, drafted)):
        assert asked.post("/graphql", content=content, headers={"content-type": JSON}).status_code == status


@pytest.mark.parametrize(
    ("method", "params", "headers", "status"),
    [
        ("PUT", {}, {}, 405),
        ("GET", {"query": "mutation { deletePaper(id: 1) { id } }"}, {}, 405),
        ("POST", {}, {"content-type": "text/plain"}, 415),
        ("POST", {}, {"accept": "image/png"}, 406),
    ],
)
def test_other_statuses_stay(
    draft: httpx.Client, method: str, params: dict[str, str], headers: dict[str, str], status: int
) -> None:
    assert draft.request(method, "/graphql", params=params, headers=headers).status_code == status
