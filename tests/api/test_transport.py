"""GraphQL over HTTP: media types, statuses, methods, origins, sizes; and the pages."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import ApiSettings
from graph.store import Store
from tests.api.conftest import serving

JSON, GRAPHQL = "application/json", "application/graphql-response+json"
STATS = "{ stats { papers } }"


def post(client: httpx.Client, content: str | bytes, **headers: str) -> httpx.Response:
    return client.post("/graphql", content=content, headers={"content-type": JSON, **headers})


ACCEPT = [
    (None, 200, JSON),
    ("*/*", 200, JSON),
    ("application/*", 200, JSON),
    (JSON, 200, JSON),
    (GRAPHQL, 200, GRAPHQL),
    (f"{GRAPHQL}, {JSON};q=0.9", 200, GRAPHQL),
    (f"{JSON}, {GRAPHQL};q=0.9", 200, JSON),
    (f"{GRAPHQL};q=0, {JSON}", 200, JSON),
    (f"{JSON.upper()}; charset=utf-8", 200, JSON),
    ("image/png", 406, JSON),
    (f"{JSON};q=none", 406, JSON),
]


@pytest.mark.parametrize(("accept", "status", "media"), ACCEPT)
def test_accept(client: httpx.Client, accept: str | None, status: int, media: str) -> None:
    request = client.build_request("POST", "/graphql", json={"query": STATS})
    del request.headers["accept"]
    if accept is not None:
        request.headers["accept"] = accept
    response = client.send(request)
    assert (response.status_code, response.headers["content-type"]) == (status, f"{media}; charset=utf-8")
    assert "Accept" in response.headers["vary"]


BAD_BODIES = [
    ("", 400),
    ("5", 400),
    ("null", 400),
    ('"{ stats }"', 400),
    ("[]", 400),
    (f'[{{"query": "{STATS}"}}]', 400),
    ("{", 400),
    ("{}", 400),
    ('{"query": null}', 400),
    ('{"query": 5}', 400),
    ('{"query": {"a": 1}}', 400),
    (f'{{"query": "{STATS}", "variables": 5}}', 400),
    (f'{{"query": "{STATS}", "variables": []}}', 400),
    (f'{{"query": "{STATS}", "operationName": 5}}', 400),
    (f'{{"query": "{STATS}", "extensions": "x"}}', 400),
    ('{"query": "\\ud800"}', 400),
    (b'{"query": "\xff"}', 400),
    ("[" * 100_000, 400),
    ('{"query": "{ a }", "variables": {"a": ' + "[" * 500 + "]" * 500 + "}}", 400),
]


@pytest.mark.parametrize(("body", "status"), BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_what_is_no_request(client: httpx.Client, body: str | bytes, status: int) -> None:
    response = post(client, body)
    assert response.status_code == status
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert "data" not in response.json()


@pytest.mark.parametrize("media", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_other_content_types_are_refused(client: httpx.Client, media: str) -> None:
    response = post(client, json.dumps({"query": STATS}), **{"content-type": media})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (415, "BAD_REQUEST")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/graphql")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
    assert "errors" in response.json()


INVALID = [
    "{ stats {",
    "{ nothing }",
    "query($a: Int!) { papers(first: $a) { totalCount } }",
    "query A { stats { papers } } query B { a: __typename }",
]


@pytest.mark.parametrize("query", INVALID)
def test_status_of_what_can_not_be_executed(client: httpx.Client, query: str) -> None:
    new, old = (post(client, json.dumps({"query": query}), accept=accept) for accept in (GRAPHQL, JSON))
    assert (new.status_code, old.status_code) == (400, 200)
    assert "data" not in new.json()
    assert new.json()["errors"] == old.json()["errors"]


def test_error_of_a_field_keeps_the_data_of_the_others(client: httpx.Client) -> None:
    response = post(client, json.dumps({"query": '{ entity(name: "x") { id } stats { papers } }'}), accept=GRAPHQL)
    assert response.status_code == 200
    assert response.json()["data"] == {"entity": None, "stats": {"papers": 3}}


def test_several_operations_need_a_name(client: httpx.Client) -> None:
    query = "query A { stats { papers } } query B { stats { claims } }"
    unnamed = post(client, json.dumps({"query": query})).json()
    assert unnamed["errors"][0]["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"
    assert post(client, json.dumps({"query": query, "operationName": "B"})).json() == {"data": {"stats": {"claims": 4}}}
    unknown = post(client, json.dumps({"query": query, "operationName": "C"})).json()
    assert unknown["errors"][0]["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"


def test_get_with_variables(client: httpx.Client) -> None:
    params = {"query": "query Q($n: Int) { papers(first: $n) { nodes { id } } }", "variables": '{"n": 1}', "operationName": "Q"}
    assert client.get("/graphql", params=params).json() == {"data": {"papers": {"nodes": [{"id": "arxiv:2402.00001"}]}}}


@pytest.mark.parametrize("params", [{}, {"query": ""}, {"query": STATS, "variables": "{"}, {"query": STATS, "variables": "[]"}])
def test_bad_get(client: httpx.Client, params: dict[str, str]) -> None:
    response = client.get("/graphql", params=params)
    assert response.status_code in (200, 400)
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_get_changes_nothing(client: httpx.Client) -> None:
    response = client.get("/graphql", params={"query": 'mutation { deletePaper(id: "tests:b-1") { id } }'})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert client.get("/graphql", params={"query": STATS}).json() == {"data": {"stats": {"papers": 3}}}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "cross-site", "graphql-require-preflight": "1"}, 200),
        ({"sec-fetch-site": "cross-site", "apollo-require-preflight": "1"}, 200),
    ],
)
def test_get_from_another_site(client: httpx.Client, headers: dict[str, str], status: int) -> None:
    assert client.get("/graphql", params={"query": STATS}, headers=headers).status_code == status


def test_body_limit(small: Store) -> None:
    with serving(small, settings=ApiSettings(max_body_bytes=1_000)) as tight:
        assert post(tight, json.dumps({"query": STATS + " " * 900})).status_code == 200
        assert post(tight, json.dumps({"query": STATS + " " * 1_000})).status_code == 413


def test_cors_is_a_list(small: Store) -> None:
    ours, preflight = {"origin": "https://ours.example"}, {"access-control-request-method": "POST"}
    with serving(small, settings=ApiSettings(cors_origins=("https://ours.example",))) as open_:
        allowed = open_.options("/graphql", headers={**ours, **preflight, "access-control-request-headers": "content-type"})
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, "https://ours.example")
        foreign = open_.options("/graphql", headers={"origin": "https://other.example", **preflight})
        assert foreign.status_code == 400
        assert "access-control-allow-origin" not in foreign.headers
        read = open_.post("/graphql", json={"query": STATS}, headers=ours)
        assert read.headers["access-control-allow-origin"] == "https://ours.example"


def test_no_cors_by_itself(client: httpx.Client) -> None:
    response = client.post("/graphql", json={"query": STATS}, headers={"origin": "https://other.example"})
    assert "access-control-allow-origin" not in response.headers


def test_large_answers_are_gzipped(client: httpx.Client) -> None:
    body = {"query": "{ __schema { types { name description } } }"}
    with client.stream("POST", "/graphql", json=body, headers={"accept-encoding": "gzip"}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw))["data"]["__schema"]["types"]


def test_unknown_paths_are_json(client: httpx.Client) -> None:
    for path in ("/nothing", "/static/nothing.js", "/static/../app.py"):
        response = client.get(path)
        assert (response.status_code, response.headers["content-type"]) == (404, f"{JSON}; charset=utf-8")


def test_health(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    assert client.get("/readyz").json()["stats"]["papers"] == 3


def test_schema_is_served(client: httpx.Client) -> None:
    assert client.get("/schema.graphql").text == (Path(__file__).parents[2] / "schema" / "schema.graphql").read_text()


STATIC = Path(__file__).parents[2] / "api" / "static"


@pytest.mark.parametrize(("path", "title"), [("/", "sotagraph"), ("/graphql", "sotagraph: GraphQL")])
def test_pages_need_nothing_from_elsewhere(client: httpx.Client, path: str, title: str) -> None:
    page = client.get(path, headers={"accept": "text/html"})
    assert f"<title>{title}</title>" in page.text
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'")
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) > 3
    for link in links:
        assert link.startswith(("/", "data:", "#"))
        assert not link.startswith("//")
        if link.startswith("/") and link != "/docs":
            assert client.get(link, headers={"accept": "text/html"}).status_code == 200
    assert "<script>" not in page.text


def test_styles_load_nothing_from_elsewhere() -> None:
    for style in STATIC.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert "@import" not in text
        assert re.findall(r"url\((?!['\"]?data:)", text) == []


def test_editor_can_be_switched_off(small: Store) -> None:
    with serving(small, settings=ApiSettings(graphiql=False)) as bare:
        response = bare.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
        assert (response.status_code, response.headers["content-type"]) == (400, f"{JSON}; charset=utf-8")


def test_vendored_files_are_what_they_were() -> None:
    vendor = STATIC / "vendor"
    lines = (line.split() for line in (vendor / "SHA256SUMS").read_text().splitlines())
    sums = {name: digest for digest, name in lines}
    assert sums.keys() == {path.name for path in vendor.iterdir()} - {"SHA256SUMS"}
    assert sum(name.startswith("LICENSE") for name in sums) == 7
    for name, digest in sums.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest


def test_example_tabs_are_valid_queries() -> None:
    from graphql import build_schema, parse, validate

    from api import sdl

    script = (STATIC / "graphiql.js").read_text(encoding="utf-8")
    examples: Any = re.findall(r"`(#.*?)`", script, re.DOTALL)
    assert len(examples) == 4
    for example in examples:
        assert validate(build_schema(sdl()), parse(example)) == []
