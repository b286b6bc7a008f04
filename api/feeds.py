"""What a subscription waits for: sources that are asked again and again what is new in the store.

They ask the store and not this process, so that what another process or the command line writes is told too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from api.errors import Refused
from graph.jobs import Job
from graph.request import Condition, Op, Request
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import Node


class Source(Protocol):
    """Something that goes on."""

    def poll(self) -> tuple[Sequence[Any], bool]:
        """Return what is new since the last call, and whether more may come."""
        ...


class Waiting(Refused):
    """The subscription has begun, and has nothing to show yet; no client sees this."""

    def __init__(self) -> None:
        super().__init__("Nothing yet.")


@dataclass(slots=True)
class Feed:
    """One subscription: its field begins the source, then shows one event after the other."""

    source: Source | None = None
    event: Any = None

    def next(self, begin: Callable[[], Source]) -> Any:
        """Return the event to show. Raises Waiting the first time, when the source begins."""
        if self.source is None:
            self.source = begin()
            raise Waiting
        return self.event


class Progress:
    """Each change of a job, the first being how far it is now; ends with it."""

    def __init__(self, store: Store, job: str) -> None:
        self._store, self._job = store, job
        self._last: Job | None = None

    def poll(self) -> tuple[Sequence[Job], bool]:
        job = self._store.jobs([self._job]).get(self._job)
        if job is None or job == self._last:
            return (), job is not None
        self._last = job
        return (job,), not job.state.ended


class NewClaims:
    """Claims on a dataset that weren't there before; doesn't end."""

    def __init__(self, store: Store, dataset: str) -> None:
        self._store = store
        self._wanted = Request(kinds=(NodeKind.CLAIM,), where=Condition("dataset", Op.EQ, dataset))
        self._batch = self._newest()
        self._known = {claim.id for claim in store.find(self._wanted)}

    def poll(self) -> tuple[Sequence[Node], bool]:
        newest = self._newest()
        if newest == self._batch:
            return (), True
        self._batch = newest
        claims = self._store.find(self._wanted)
        fresh = [claim for claim in claims if claim.id not in self._known]
        self._known = {claim.id for claim in claims}
        return fresh, True

    def _newest(self) -> int:
        return next((batch.id for batch in self._store.batches(1)), 0)
