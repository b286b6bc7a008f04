"""Papers in, papers out."""

from collections.abc import Sequence
from typing import Any

import pytest

from api import ApiSettings
from graph.report import IngestReport
from graph.store import Store
from schema.records import Paper
from tests.api.conftest import asking, serving

INGEST = """mutation($papers: [PaperInput!]!) {
  ingest(papers: $papers) { job { id state read written unchanged dropped { reason count } } } }"""


def test_ingest_reads_what_it_is_given(small: Store) -> None:
    seen: list[Paper] = []

    def ingest(papers: Sequence[Paper]) -> IngestReport:
        seen.extend(papers)
        return IngestReport(read=2, written=1, unchanged=1, dropped={"b": 2, "a": 1})

    full = {
        "title": "Elm: “Trees”",
        "abstract": "Elm.",
        "id": "e-1",
        "year": 2024,
        "date": "2024-05",
        "url": "https://x.example/1",
        "arxivId": "2402.14804v2",
        "doi": "10.1000/182",
        "venue": "V",
        "authors": ["A", "B"],
        "source": "mine",
    }
    with serving(small, ingest=ingest) as client:
        body = asking(client)(INGEST, papers=[full, {"title": "Oak", "abstract": ""}])
    job = body["data"]["ingest"]["job"]
    assert job.pop("id")
    dropped = [{"reason": "a", "count": 1}, {"reason": "b", "count": 2}]
    assert job == {"state": "DONE", "read": 2, "written": 1, "unchanged": 1, "dropped": dropped}
    assert seen == [
        Paper(
            title="Elm: “Trees”",
            abstract="Elm.",
            given_id="e-1",
            year=2024,
            date="2024-05",
            url="https://x.example/1",
            arxiv_id="2402.14804v2",
            doi="10.1000/182",
            venue="V",
            authors=("A", "B"),
            source="mine",
        ),
        Paper(title="Oak", abstract=""),
    ]


def test_ingested_paper_is_there_and_twice_is_once(small: Store) -> None:
    paper = {"title": "Oak: More Trees", "abstract": "Oak.", "id": "o-1", "source": "tests"}
    with serving(small) as client:
        ask = asking(client)
        first, second = (ask(INGEST, papers=[paper])["data"]["ingest"]["job"] for _ in range(2))
        found = ask('{ node(id: "tests:o-1") { ... on Paper { title } } }')
    assert (first["written"], first["unchanged"], second["written"], second["unchanged"]) == (1, 0, 0, 1)
    assert found == {"data": {"node": {"title": "Oak: More Trees"}}}


BAD = [
    ({"title": " "}, "title"),
    ({"id": ""}, "id"),
    ({"year": 24}, "year"),
    ({"date": "May 2024"}, "date"),
    ({"date": "2024-02-30"}, "date"),
    ({"arxivId": "24.1"}, "arxivId"),
    ({"doi": "doi"}, "doi"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_bad_paper_is_named_and_nothing_is_written(small: Store, change: dict[str, Any], field: str) -> None:
    good = {"title": "Oak", "abstract": ""}
    with serving(small) as client:
        body = asking(client)(INGEST, papers=[good, {**good, **change}])
    assert body["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "paper": 1, "field": field}
    assert body["errors"][0]["message"].startswith(f"papers[1].{field}: ")
    assert small.stats().papers == 3


def test_too_many_papers_are_refused(small: Store) -> None:
    with serving(small) as client:
        body = asking(client)(INGEST, papers=[{"title": "Oak", "abstract": ""}] * 501)
    assert body["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "argument": "papers"}


def test_ingestion_may_take_longer_than_a_query(small: Store) -> None:
    import time

    def ingest(papers: Sequence[Paper]) -> IngestReport:
        time.sleep(0.6)
        return IngestReport(read=len(papers), written=0, unchanged=1)

    with serving(small, ingest=ingest, settings=ApiSettings(query_seconds=0.3)) as client:
        assert "errors" not in asking(client)(INGEST, papers=[{"title": "Oak", "abstract": ""}])


def test_deleted_paper_is_gone_with_what_only_it_supports(small: Store) -> None:
    with serving(small) as client:
        ask = asking(client)
        delete = 'mutation { deletePaper(id: "tests:b-1") { id } }'
        assert ask(delete) == {"data": {"deletePaper": {"id": "tests:b-1"}}}
        left = ask('{ nodes(ids: ["tests:b-1", "system:birch", "system:alder"]) { id } stats { papers beats } }')
        assert left == {"data": {"nodes": [None, None, {"id": "system:alder"}], "stats": {"papers": 2, "beats": 1}}}
        gone = ask(delete)["errors"][0]["extensions"]
        assert (gone["code"], gone["name"]) == ("NOT_FOUND", "tests:b-1")
