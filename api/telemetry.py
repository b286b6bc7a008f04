"""What the server tells those who run it: metrics, a line of log for each operation, and traces if wanted."""

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from graph.store import Store

log = logging.getLogger(__name__)


class Telemetry:
    """The counts of one app; `tracer` is OpenTelemetry's, where spans are wanted."""

    def __init__(self, tracer: Any = None) -> None:
        self._registry = CollectorRegistry()
        self._tracer = tracer
        make: dict[str, Any] = {"registry": self._registry, "namespace": "sotagraph"}
        self._operations = Counter("operations", "Operations executed.", ["type", "outcome"], **make)
        self._errors = Counter("errors", "Errors told to clients.", ["code"], **make)
        self._seconds = Histogram("operation_seconds", "Time of operations.", ["type"], **make)
        self._cost = Histogram("operation_cost", "Cost of operations.", buckets=[1, 10, 100, 1_000, 10_000, 50_000], **make)
        self.watching = Gauge("subscriptions", "Subscriptions that are open.", **make)

    def span(self, name: str) -> AbstractContextManager[Any]:
        """Return a span of this name, which does nothing where traces aren't wanted."""
        return self._tracer.start_as_current_span(name) if self._tracer else nullcontext()

    def watch(self, store: Store) -> None:
        """Have a span made around each of the store's statements, where traces are wanted."""
        if self._tracer:
            store.observe(lambda text: self._tracer.start_as_current_span("statement", attributes={"db.query.text": text}))

    def note(
        self, *, request_id: str, name: str | None, kind: str, caller: str, seconds: float, cost: int | None, codes: list[str]
    ) -> None:
        """Count one operation, and log it."""
        self._operations.labels(kind, "error" if codes else "ok").inc()
        self._seconds.labels(kind).observe(seconds)
        if cost is not None:
            self._cost.observe(cost)
        for code in codes:
            self._errors.labels(code).inc()
        fields = {"request_id": request_id, "operation": name, "type": kind, "caller": caller, "cost": cost, "codes": codes}
        log.info("%s %s", kind, name or "-", extra={**fields, "ms": round(seconds * 1000, 1)})

    def page(self) -> bytes:
        """Return all counts as Prometheus reads them."""
        return generate_latest(self._registry)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count a subscription as long as it is open."""
        self.watching.inc()
        try:
            yield
        finally:
            self.watching.dec()
