"""Papers in, papers out."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from api import ApiSettings
from graph.jobs import JobState
from graph.report import IngestReport
from graph.store import Store
from schema.records import Paper
from tests.api.conftest import Ask, asking, ingest_into, serving

INGEST = """mutation($papers: [PaperInput!]!, $background: Boolean = false) { ingest(papers: $papers, background: $background) {
  job { id state total read written unchanged error dropped { reason count } }
  errors { __typename ... on MutationError { message } ... on InvalidPaper { paper field } ... on TooManyPapers { most } } } }"""
JOB = "query($id: ID!) { job(id: $id) { id state total read written unchanged error dropped { reason count } } }"


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
    assert body["data"]["ingest"]["errors"] == []
    job = body["data"]["ingest"]["job"]
    assert job.pop("id")
    dropped = [{"reason": "a", "count": 1}, {"reason": "b", "count": 2}]
    assert job == {"state": "DONE", "total": 2, "read": 2, "written": 1, "unchanged": 1, "error": None, "dropped": dropped}
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
    (error,) = body["data"]["ingest"]["errors"]
    assert body["data"]["ingest"]["job"] is None
    assert error.pop("message").startswith(f"papers[1].{field}: ")
    assert error == {"__typename": "InvalidPaper", "paper": 1, "field": field}
    assert small.stats().papers == 3


def test_all_problems_are_told(small: Store) -> None:
    with serving(small) as client:
        body = asking(client)(INGEST, papers=[{"title": "", "abstract": "", "year": 1}, {"title": "", "abstract": ""}])
    told = [(error["paper"], error["field"]) for error in body["data"]["ingest"]["errors"]]
    assert told == [(0, "title"), (0, "year"), (1, "title")]


def test_too_many_papers_are_refused(small: Store) -> None:
    with serving(small) as client:
        body = asking(client)(INGEST, papers=[{"title": "Oak", "abstract": ""}] * 501)
    (error,) = body["data"]["ingest"]["errors"]
    assert (error["__typename"], error["most"], small.stats().papers) == ("TooManyPapers", 500, 3)


OAKS = [{"title": f"Oak {place}", "abstract": "", "id": f"oak-{place}"} for place in range(45)]


def test_a_job_in_the_background_tells_how_far_it_is(store: Store) -> None:
    steps = [threading.Event() for _ in range(3)]
    sizes: list[int] = []

    def ingest(papers: Sequence[Paper]) -> IngestReport:
        steps[len(sizes)].wait(20)
        sizes.append(len(papers))
        return ingest_into(store)(papers)

    with serving(store, ingest=ingest) as client:
        ask = asking(client)
        job = ask(INGEST, papers=OAKS, background=True)["data"]["ingest"]["job"]
        assert (job["state"], job["total"], job["read"]) == ("QUEUED", 45, 0)
        seen = []
        for step in steps:
            step.set()
            seen.append(_until(ask, job["id"], len(seen) + 1))
        done = _ended(ask, job["id"])
    assert sizes == [20, 20, 5]
    assert [row["read"] for row in seen] == [20, 40, 45]
    assert {"state": "DONE", "read": 45, "written": 45, "dropped": [{"reason": "no_claim", "count": 3}]}.items() <= done.items()
    assert store.stats().papers == 45


def _until(ask: Ask, job: str, chunks: int) -> dict[str, Any]:
    return _wait(ask, job, lambda row: row["read"] >= min(20 * chunks, 45))


def _ended(ask: Ask, job: str) -> dict[str, Any]:
    return _wait(ask, job, lambda row: row["state"] in ("DONE", "FAILED"))


def _wait(ask: Ask, job: str, enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        row: dict[str, Any] = ask(JOB, id=job)["data"]["job"]
        if enough(row):
            return row
        time.sleep(0.02)
    raise AssertionError(f"the job is still {row}")


@pytest.mark.parametrize("background", [False, True])
def test_a_job_that_fails_says_so_and_hides_why(small: Store, caplog: pytest.LogCaptureFixture, background: bool) -> None:
    def ingest(papers: Sequence[Paper]) -> IngestReport:
        raise RuntimeError("password is hunter2")

    with serving(small, ingest=ingest) as client:
        ask = asking(client)
        body = ask(INGEST, papers=OAKS, background=background)
        if background:
            row = _ended(ask, body["data"]["ingest"]["job"]["id"])
            assert (row["state"], row["read"], row["error"]) == ("FAILED", 0, "It failed on the server, whose log says why.")
        else:
            assert body["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert "hunter2" not in str(body)
    assert any(record.exc_info and "hunter2" in str(record.exc_info[1]) for record in caplog.records)


def test_a_job_ends_with_its_server(small: Store) -> None:
    started, go = threading.Event(), threading.Event()

    def ingest(papers: Sequence[Paper]) -> IngestReport:
        started.set()
        go.wait(20)
        return IngestReport(read=len(papers), written=0, unchanged=0)

    with serving(small, ingest=ingest) as client:
        job = asking(client)(INGEST, papers=OAKS, background=True)["data"]["ingest"]["job"]["id"]
        assert started.wait(20)
    go.set()
    deadline = time.monotonic() + 20
    while not (kept := small.jobs([job])[job]).state.ended and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (kept.state, kept.read, kept.error) == (JobState.FAILED, 20, "The server stopped; ingest again.")


def test_no_job_has_the_id(small: Store) -> None:
    with serving(small) as client:
        assert asking(client)(JOB, id="none") == {"data": {"job": None}}


def test_ingestion_may_take_longer_than_a_query(small: Store) -> None:
    def ingest(papers: Sequence[Paper]) -> IngestReport:
        time.sleep(0.6)
        return IngestReport(read=len(papers), written=0, unchanged=1)

    with serving(small, ingest=ingest, settings=ApiSettings(query_seconds=0.3)) as client:
        assert "errors" not in asking(client)(INGEST, papers=[{"title": "Oak", "abstract": ""}])


def test_deleted_paper_is_gone_with_what_only_it_supports(small: Store) -> None:
    with serving(small) as client:
        ask = asking(client)
        delete = 'mutation { deletePaper(id: "tests:b-1") { id errors { __typename ... on UnknownPaper { id message } } } }'
        assert ask(delete) == {"data": {"deletePaper": {"id": "tests:b-1", "errors": []}}}
        left = ask('{ nodes(ids: ["tests:b-1", "system:birch", "system:alder"]) { id } stats { papers beats } }')
        assert left == {"data": {"nodes": [None, None, {"id": "system:alder"}], "stats": {"papers": 2, "beats": 1}}}
        gone = ask(delete)
    error = {"__typename": "UnknownPaper", "id": "tests:b-1", "message": "No paper has the id 'tests:b-1'."}
    assert gone == {"data": {"deletePaper": {"id": None, "errors": [error]}}}
