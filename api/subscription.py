"""What can be watched."""

from typing import Annotated, Any

import strawberry

from api.context import Cohort, Info, Item
from api.errors import NotFound
from api.facts import Claim
from api.feeds import NewClaims, Progress, Source
from api.fields import plain, shown_as
from api.jobs import Job
from graph.answers import lookup
from schema.kinds import NodeKind


@strawberry.type(description="How far an ingestion has come.")
class IngestProgress:
    """graph.jobs.Job."""

    job: Job = plain(lambda job: job, "The ingestion.")
    fraction: float = plain(lambda job: job.read / job.total if job.total else 1.0, "How much of it was read, from 0 to 1.")


@strawberry.type(description="What can be watched, over graphql-transport-ws or as server-sent events.")
class Subscription:
    """The root of every subscription."""

    @shown_as(IngestProgress, "How far an ingestion is now, then each change, until it ends.")
    def ingest_progress(
        self, info: Info, job: Annotated[strawberry.ID, strawberry.argument(description="The id that `ingest` gave.")]
    ) -> Any:
        store = info.context.store

        def begin() -> Source:
            if not store.jobs([job]):
                raise NotFound(f"No ingestion has the id {job!r}.", job)
            return Progress(store, job)

        return info.context.feed.next(begin)

    @shown_as(Claim, "Each claim on a dataset that is added from now on, also when a paper is read anew.")
    def claim_added(
        self, info: Info, dataset: Annotated[str, strawberry.argument(description="The dataset: its name, an alias or its id.")]
    ) -> Item:
        store = info.context.store

        def begin() -> Source:
            return NewClaims(store, lookup.entity(store, dataset, (NodeKind.DATASET,)).id)

        return Cohort(info.context, (info.context.feed.next(begin),)).items[0]
