"""Documents known by an id, and answers that a client has already."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from api import ApiSettings, create_app, from_manifest
from graph.store import Store
from sotagraph.serve import api_settings
from sotagraph.settings import Settings
from tests.api.conftest import asking, ingest_into, serving

TEXT = "query Papers($n: Int) { papers(first: $n) { nodes { id } } }"
CHANGE = 'mutation { deletePaper(id: "tests:b-1") { id } }'
HASH = "ab" * 32
KEPT = {"papers": TEXT, HASH: "{ stats { papers } }", "change": CHANGE}
ONE = {"data": {"papers": {"nodes": [{"id": "arxiv:2402.00001"}]}}}
STATS = {"data": {"stats": {"papers": 3}}}


def code(response: httpx.Response) -> str:
    return str(response.json()["errors"][0]["extensions"]["code"])


@pytest.mark.parametrize("only", [False, True])
def test_a_document_by_its_id(small: Store, only: bool) -> None:
    with serving(small, settings=ApiSettings(documents=KEPT, documents_only=only)) as client:
        assert client.post("/graphql", json={"documentId": "papers", "variables": {"n": 1}}).json() == ONE
        assert client.get("/graphql", params={"documentId": "papers", "variables": '{"n": 1}'}).json() == ONE
        assert client.get("/graphql", params={"documentId": f"sha256:{HASH}"}).json() == STATS
        hashed = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": HASH}})
        assert client.get("/graphql", params={"extensions": hashed}, headers={"accept": "text/html, */*"}).json() == STATS
        for unknown in ("nothing", "", 5):
            refused = client.post("/graphql", json={"documentId": unknown})
            assert (refused.status_code, code(refused)) == (400, "PERSISTED_QUERY_NOT_FOUND")
        assert client.get("/graphql", params={"documentId": "change"}).status_code == 405
        text = client.post("/graphql", json={"query": "{ stats { papers } }"})
        assert code(text) == "PERSISTED_QUERY_NOT_FOUND" if only else text.json() == STATS


def test_where_none_are_kept(client: httpx.Client) -> None:
    assert code(client.post("/graphql", json={"documentId": "papers"})) == "PERSISTED_QUERY_NOT_SUPPORTED"


def test_both_forms_of_manifest() -> None:
    rows = [{"id": key, "body": text, "name": "x", "type": "query"} for key, text in KEPT.items()]
    assert (
        from_manifest({"format": "apollo-persisted-query-manifest", "version": 1, "operations": rows})
        == from_manifest(KEPT)
        == KEPT
    )


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        5,
        {"a": 1},
        {"format": "apollo-persisted-query-manifest", "operations": [1]},
        {"format": "apollo-persisted-query-manifest", "operations": [{"id": "x"}]},
    ],
)
def test_other_manifests_are_refused(manifest: Any) -> None:
    with pytest.raises(ValueError, match="a manifest is"):
        from_manifest(manifest)


@pytest.mark.parametrize("text", ["{", "{ nothing }"])
def test_a_document_that_can_not_be_executed_is_told_at_the_start(small: Store, text: str) -> None:
    with pytest.raises(ValueError, match="the document 'bad' can't be executed here"):
        create_app(small, ingest=ingest_into(small), settings=ApiSettings(documents={"bad": text}))


def test_the_file_of_documents(tmp_path: Path) -> None:
    path = tmp_path / "documents.json"
    path.write_text(json.dumps(KEPT))
    assert api_settings(Settings(documents=path), "127.0.0.1").documents == KEPT
    path.write_text("[")
    with pytest.raises(ValueError, match=r"documents\.json can't be read"):
        api_settings(Settings(documents=path), "127.0.0.1")


def test_an_answer_that_has_not_changed_is_not_sent_again(small: Store) -> None:
    with serving(small) as client:
        params = {"query": "{ stats { papers } }"}
        first = client.get("/graphql", params=params)
        tag = first.headers["etag"]
        assert "no-cache" in first.headers["cache-control"]
        for known in (tag, f"W/{tag}", f'"x", {tag}'):
            again = client.get("/graphql", params=params, headers={"if-none-match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        asking(client)(CHANGE)
        changed = client.get("/graphql", params=params, headers={"if-none-match": tag})
        assert (changed.status_code, changed.json()) == (200, {"data": {"stats": {"papers": 2}}})
        assert "etag" not in client.post("/graphql", json=params).headers
        assert (
            "etag"
            not in client.get(
                "/graphql", params={"query": "{"}, headers={"accept": "application/graphql-response+json"}
            ).headers
        )
