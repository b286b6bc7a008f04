"""Twelve well-known ways to attack a GraphQL server, each refused or harmless; what is open by choice says so."""

import json
from typing import Any

import httpx
import pytest

from api import ApiSettings
from graph.store import Store
from tests.api.conftest import asking, serving

STATS = "{ stats { papers } }"


def errors(response: httpx.Response) -> list[Any]:
    return list(response.json().get("errors", []))


def test_1_many_aliases(client: httpx.Client) -> None:
    body = asking(client)("{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }")
    assert len(body["errors"]) == 1
    assert "data" not in body


def test_2_batches(client: httpx.Client) -> None:
    response = client.post("/graphql", json=[{"query": STATS}] * 10)
    assert (response.status_code, len(errors(response))) == (400, 1)
    assert "data" not in response.text


@pytest.mark.parametrize("directive", ["@aa", "@include(if: true)", "@skip(if: false)"])
def test_3_many_directives(client: httpx.Client, directive: str) -> None:
    body = asking(client)("{ __typename " + f"{directive} " * 10 + "}")
    assert len(body["errors"]) == 1, "one error, not one for each"


def test_4_circular_introspection(client: httpx.Client) -> None:
    deep = "{ __schema { types { fields { type { " + "fields { type { " * 20 + "name" + " } }" * 20 + " } } } } }"
    body = asking(client)(deep)
    assert "data" not in body
    assert len(body["errors"]) == 1


def test_5_many_times_the_same_field(client: httpx.Client) -> None:
    ask = asking(client)
    assert ask("{ stats { " + "papers " * 20 + "} }") == {"data": {"stats": {"papers": 3}}}, "they are merged"
    for many in (1_900, 2_000):
        body = ask("{ stats { " + "papers " * many + "} }")
        assert len(body["errors"]) == 1
        assert "data" not in body


def test_6_suggestions(client: httpx.Client) -> None:
    for query in ("{ __schema { directive } }", "{ papres { totalCount } }", '{ node(idd: "x") { id } }'):
        assert "Did you mean" not in json.dumps(asking(client)(query))


def test_7_editor(small: Store) -> None:
    # Open by choice; one setting closes it.
    with serving(small, settings=ApiSettings(graphiql=False)) as closed:
        for path in ("/graphql", "/graphiql", "/playground", "/console"):
            page = closed.get(path, headers={"accept": "text/html"})
            assert page.status_code in (400, 404, 406)
            assert "<html" not in page.text


def test_8_introspection(small: Store) -> None:
    # Open by choice: front ends, generators of code and this project's own editor need it.
    with serving(small, settings=ApiSettings(introspection=False)) as closed:
        assert "data" not in asking(closed)("{ __schema { types { name } } }")


def test_9_a_query_that_another_site_makes_a_browser_get(client: httpx.Client) -> None:
    # Reading by GET is open by choice, for caches; browsers say when another site asks.
    asked = client.get("/graphql", params={"query": STATS}, headers={"sec-fetch-site": "cross-site"})
    assert (asked.status_code, "data" in asked.json()) == (403, False)


def test_10_a_change_by_get(client: httpx.Client) -> None:
    changed = client.get("/graphql", params={"query": 'mutation { deletePaper(id: "tests:b-1") { id } }'})
    assert (changed.status_code, "data" in changed.json()) == (405, False)


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("application/x-www-form-urlencoded", "query=%7B+stats+%7B+papers+%7D+%7D"),
        ("text/plain", json.dumps({"query": STATS})),
        ("multipart/form-data; boundary=x", '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--'),
    ],
)
def test_11_a_post_that_needs_no_preflight(client: httpx.Client, media: str, content: str) -> None:
    sent = client.post("/graphql", content=content, headers={"content-type": media})
    assert (sent.status_code, "data" in sent.json()) == (415, False)


def test_12_traces_and_inner_errors(client: httpx.Client) -> None:
    response = client.post("/graphql", json={"query": STATS, "extensions": {"tracing": True, "debug": True}})
    assert response.json() == {"data": {"stats": {"papers": 3}}}
    for query in ("{", "{ nothing }", '{ papers(after: "x") { totalCount } }'):
        text = client.post("/graphql", json={"query": query}).text
        assert "Traceback" not in text
        assert "/api/" not in text
