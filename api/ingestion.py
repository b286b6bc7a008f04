"""Ingestions as jobs: their state is in the store after every few papers, for every process that asks."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event

from api.ports import Ingest
from graph.jobs import Job, JobState
from graph.report import IngestReport
from graph.store import Store, StoreError
from schema.records import Paper

log = logging.getLogger(__name__)

# Enough to write at once, few enough for progress to be seen.
_CHUNK = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingestion:
    """What runs jobs: the store, the function that reads papers into it, and the sign that the server is to stop."""

    store: Store
    ingest: Ingest
    stopping: Event

    def begin(self, papers: Sequence[Paper]) -> Job:
        """Return a new job for these papers, kept in the store."""
        now = _now()
        return self._save(Job(id=str(uuid.uuid4()), state=JobState.QUEUED, total=len(papers), started=now, changed=now))

    def run(self, job: Job, papers: Sequence[Paper]) -> Job:
        """Read the papers, and return the job as it ended; each step of it is kept in the store.

        Raises what `ingest` raises, with the job kept as failed.
        """
        try:
            job = self._save(replace(job, state=JobState.RUNNING))
            for start in range(0, len(papers), _CHUNK):
                if self.stopping.is_set():
                    return self._save(replace(job, state=JobState.FAILED, error="The server stopped; ingest again."))
                job = self._save(_with(job, self.ingest(papers[start : start + _CHUNK])))
            return self._save(replace(job, state=JobState.DONE))
        except BaseException:
            self._fail(job)
            raise

    def run_alone(self, job: Job, papers: Sequence[Paper]) -> None:
        """Run a job for which nobody waits: what it raises is logged."""
        try:
            self.run(job, papers)
        except Exception:  # the outermost edge of a job's thread: nobody else would hear of it
            log.exception("ingestion %s failed", job.id)

    def _fail(self, job: Job) -> None:
        try:
            self._save(replace(job, state=JobState.FAILED, error="It failed on the server, whose log says why."))
        except StoreError:
            log.exception("that ingestion %s failed can't be kept", job.id)

    def _save(self, job: Job) -> Job:
        job = replace(job, changed=_now())
        self.store.save_job(job)
        return job


def _with(job: Job, report: IngestReport) -> Job:
    reasons = sorted(job.dropped.keys() | report.dropped.keys())
    return replace(
        job,
        read=job.read + report.read,
        written=job.written + report.written,
        unchanged=job.unchanged + report.unchanged,
        dropped={reason: job.dropped.get(reason, 0) + report.dropped.get(reason, 0) for reason in reasons},
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
