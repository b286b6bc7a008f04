"""What the API is handed by whoever starts it, beside the store."""

from collections.abc import Sequence
from typing import Protocol

from graph.report import IngestReport
from schema.records import Paper


class Ingest(Protocol):
    """Extracts papers and writes them into the store that the API reads."""

    def __call__(self, papers: Sequence[Paper]) -> IngestReport:
        """Return what was read, written and dropped. May be called from several threads at once."""
        ...
