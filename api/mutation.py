"""The changes: papers in, papers out."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import strawberry

from api.context import Info
from api.dates import parse
from api.errors import NotFound, Refused
from api.fields import about, plain, shown_as
from graph.report import IngestReport
from schema.identity import fold, paper_id
from schema.records import Paper as PaperRecord

_MAX_PAPERS = 500
_YEARS = range(1600, 2200)


def _given(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="A paper to read.")
class PaperInput:
    """The fields of schema.records.Paper."""

    title: str = strawberry.field(description="Its title.")
    abstract: str = strawberry.field(description="Its abstract; may be empty.")
    id: strawberry.ID | None = _given("Its id in the source, if it has one.")
    year: int | None = _given("The year of publication.")
    date: str | None = _given("The date: 2024, 2024-05 or 2024-05-17.")
    url: str | None = _given("Where to read it.")
    arxiv_id: str | None = _given("The arXiv id, with or without a version.")
    doi: str | None = _given("The DOI.")
    venue: str | None = _given("Where it was published.")
    authors: list[str] | None = _given("Its authors in order.")
    source: str | None = _given("The collection that the id is unique in; local if not given.")


@strawberry.enum(description="How far an ingestion has come.")
class JobState(StrEnum):
    """An ingestion answers when it is done; other states belong to ingestion in the background."""

    DONE = "done"


@strawberry.type(description="How many papers were dropped for one reason.")
class Dropped:
    """One line of IngestReport.dropped."""

    reason: str = about("The reason.")
    count: int = about("How many.")


@dataclass(frozen=True, slots=True)
class _Done:
    id: str
    report: IngestReport


@strawberry.type(description="One ingestion.")
class Job:
    """Resolvers meet it as a `_Done`."""

    id: strawberry.ID = about("The id of this ingestion.")
    state: JobState = plain(lambda _: JobState.DONE, "How far it has come.")
    read: int = plain(lambda job: job.report.read, "How many papers were read.")
    written: int = plain(lambda job: job.report.written, "How many were written.")
    unchanged: int = plain(lambda job: job.report.unchanged, "How many were there already, with the same facts.")
    dropped: list[Dropped] = plain(
        lambda job: [Dropped(reason=reason, count=count) for reason, count in sorted(job.report.dropped.items())],
        "How much was left out, by reason.",
    )


@strawberry.type(description="What came of an ingestion.")
class IngestPayload:
    """The payload of `ingest`."""

    job: Job = about("The ingestion.")


@strawberry.type(description="What came of a deletion.")
class DeletePayload:
    """The payload of `deletePaper`."""

    id: strawberry.ID = about("The id of the paper that is gone.")


@strawberry.type(description="What can be changed.")
class Mutation:
    """The root of every mutation."""

    @shown_as(IngestPayload, "Reads papers into the graph; a paper that is there already is replaced.")
    def ingest(
        self,
        info: Info,
        papers: Annotated[list[PaperInput], strawberry.argument(description=f"Papers, at most {_MAX_PAPERS}.")],
    ) -> IngestPayload:
        if len(papers) > _MAX_PAPERS:
            raise Refused(f"`papers` has {len(papers)} papers; it may have at most {_MAX_PAPERS}.", argument="papers")
        records = [_record(place, paper) for place, paper in enumerate(papers)]
        with info.context.write():
            done: Any = _Done(id=str(uuid.uuid4()), report=info.context.ingest(records))
        return IngestPayload(job=done)

    @shown_as(DeletePayload, "Deletes a paper, with exactly what only it supports.")
    def delete_paper(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The paper's id.")]
    ) -> DeletePayload:
        with info.context.write() as store:
            deleted = store.delete([id])
        if not deleted:
            raise NotFound(f"No paper has the id {id!r}.", id)
        return DeletePayload(id=id)


def _record(place: int, paper: PaperInput) -> PaperRecord:
    for field, problem in _problems(paper):
        raise Refused(f"papers[{place}].{field}: {problem}", paper=place, field=field)
    return PaperRecord(
        title=paper.title,
        abstract=paper.abstract,
        given_id=paper.id,
        year=paper.year,
        date=paper.date,
        url=paper.url,
        arxiv_id=paper.arxiv_id,
        doi=paper.doi,
        venue=paper.venue,
        authors=tuple(paper.authors or ()),
        source=paper.source or "local",
    )


def _problems(paper: PaperInput) -> Any:
    if not fold(paper.title):
        yield "title", "is empty"
    if paper.id is not None and not paper.id.strip():
        yield "id", "is empty; leave it out"
    if paper.year is not None and paper.year not in _YEARS:
        yield "year", f"{paper.year} is not between {_YEARS.start} and {_YEARS.stop - 1}"
    if paper.date is not None and (problem := _date_problem(paper.date)):
        yield "date", problem
    if paper.arxiv_id is not None and not _known_as("arxiv", arxiv_id=paper.arxiv_id):
        yield "arxivId", f"{paper.arxiv_id!r} is no arXiv id, such as 2402.14804"
    if paper.doi is not None and not _known_as("doi", doi=paper.doi):
        yield "doi", f"{paper.doi!r} is no DOI, such as 10.1000/182"


def _date_problem(value: str) -> str | None:
    try:
        parse(value)
    except ValueError as error:
        return str(error)
    return None


def _known_as(namespace: str, **ids: str) -> bool:
    return paper_id(PaperRecord(title="", abstract="", **ids)).startswith(f"{namespace}:")  # type: ignore[arg-type]
