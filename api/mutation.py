"""The changes: papers in, papers out."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Any

import strawberry

from api.context import Info
from api.dates import parse
from api.fields import about, shown_as
from api.jobs import Job
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


@strawberry.interface(description="Why a change was not made.")
class MutationError:
    """What a client can mend."""

    message: str = about("What is wrong, in a sentence.")


@strawberry.type(description="A paper that was given can't be read; nothing was written.")
class InvalidPaper(MutationError):
    """One problem of one paper."""

    paper: int = about("Its place in the list, from 0.")
    field: str = about("The field that is wrong.")


@strawberry.type(description="More papers were given than one call takes; nothing was written.")
class TooManyPapers(MutationError):
    """The limit of a call."""

    most: int = about("How many one call takes.")


@strawberry.type(description="No paper has the id.")
class UnknownPaper(MutationError):
    """A deletion of nothing."""

    id: strawberry.ID = about("The id that was given.")


IngestError = Annotated[InvalidPaper | TooManyPapers, strawberry.union("IngestError", description="Why papers were not read.")]
DeleteError = Annotated[UnknownPaper, strawberry.union("DeleteError", description="Why a paper was not deleted.")]


@strawberry.type(description="What came of an ingestion.")
class IngestPayload:
    """The payload of `ingest`."""

    job: Job | None = about("The ingestion; null if there are errors.")
    errors: list[IngestError] = about("Why nothing was read.")


@strawberry.type(description="What came of a deletion.")
class DeletePayload:
    """The payload of `deletePaper`."""

    id: strawberry.ID | None = about("The id of the paper that is gone; null if there are errors.")
    errors: list[DeleteError] = about("Why nothing was deleted.")


@strawberry.type(description="What can be changed. Where the server asks for it, with a key or token that may write.")
class Mutation:
    """The root of every mutation."""

    @shown_as(IngestPayload, "Reads papers into the graph; a paper that is there already is replaced.")
    def ingest(
        self,
        info: Info,
        papers: Annotated[list[PaperInput], strawberry.argument(description=f"Papers, at most {_MAX_PAPERS}.")],
        background: Annotated[
            bool,
            strawberry.argument(
                description="Answer at once with a queued job, whose progress `job` and `ingestProgress` tell."
            ),
        ] = False,
    ) -> IngestPayload:
        with info.context.write():
            problems = _all_problems(papers)
            if problems:
                return IngestPayload(job=None, errors=problems)
            ingestion, records = info.context.ingestion, [_record(paper) for paper in papers]
            job: Any = ingestion.begin(records)
            if background:
                info.context.behind_the_scenes(partial(ingestion.run_alone, job, records))
            else:
                job = ingestion.run(job, records)
        return IngestPayload(job=job, errors=[])

    @shown_as(DeletePayload, "Deletes a paper, with exactly what only it supports.")
    def delete_paper(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The paper's id.")]
    ) -> DeletePayload:
        with info.context.write() as store:
            deleted = store.delete([id])
        unknown = [] if deleted else [UnknownPaper(message=f"No paper has the id {id!r}.", id=id)]
        return DeletePayload(id=id if deleted else None, errors=unknown)


def _all_problems(papers: Sequence[PaperInput]) -> list[InvalidPaper | TooManyPapers]:
    if len(papers) > _MAX_PAPERS:
        return [
            TooManyPapers(message=f"`papers` has {len(papers)} papers; it may have at most {_MAX_PAPERS}.", most=_MAX_PAPERS)
        ]
    return [
        InvalidPaper(message=f"papers[{place}].{field}: {problem}", paper=place, field=field)
        for place, paper in enumerate(papers)
        for field, problem in _problems(paper)
    ]


def _record(paper: PaperInput) -> PaperRecord:
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


def _problems(paper: PaperInput) -> Iterator[tuple[str, str]]:
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
    return paper_id(PaperRecord(title="", abstract="", **ids)).startswith(f"{namespace}:")  # type: ignore[arg-type]  # keys are text
