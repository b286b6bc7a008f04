"""The GraphQL type of an ingestion; a resolver meets it as a graph.jobs.Job."""

import strawberry

from api.fields import about, plain
from graph.jobs import JobState

strawberry.enum(JobState, name="JobState", description="How far an ingestion has come.")


@strawberry.type(description="How many papers were dropped for one reason.")
class Dropped:
    """One line of IngestReport.dropped."""

    reason: str = about("The reason.")
    count: int = about("How many.")


@strawberry.type(description="One ingestion.")
class Job:
    """graph.jobs.Job."""

    id: strawberry.ID = about("The id of this ingestion.")
    state: JobState = about("How far it has come.")
    total: int = about("How many papers it is to read.")
    read: int = about("How many papers were read so far.")
    written: int = about("How many were written.")
    unchanged: int = about("How many were there already, with the same facts.")
    dropped: list[Dropped] = plain(
        lambda job: [Dropped(reason=reason, count=count) for reason, count in sorted(job.dropped.items())],
        "How much was left out, by reason.",
    )
    error: str | None = about("Why it failed; null if it did not.")
    started: str = about("When it was asked for: ISO 8601, UTC.")
    changed: str = about("When it last came further: ISO 8601, UTC.")
