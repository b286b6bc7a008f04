"""Ingestions in the background, as a store keeps them: how far each has come, for every process that asks."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class JobState(StrEnum):
    """How far an ingestion has come."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in (JobState.DONE, JobState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One ingestion of `total` papers; the counts are those of `IngestReport`, so far. Times are ISO 8601, UTC."""

    id: str
    state: JobState
    total: int
    started: str
    changed: str
    read: int = 0
    written: int = 0
    unchanged: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


def to_text(job: Job) -> str:
    """Return a job as the text that a store keeps."""
    return json.dumps(asdict(job), sort_keys=True)


def from_text(text: str) -> Job:
    """Return the job of a text."""
    values = json.loads(text)
    return Job(**{**values, "state": JobState(values["state"])})
