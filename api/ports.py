"""What the API is handed by whoever starts it, beside the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from schema.records import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of the papers that were handed in; `dropped` counts by reason what was left out."""

    read: int
    written: int
    unchanged: int
    dropped: Mapping[str, int] = field(default_factory=dict)


class Ingest(Protocol):
    """Extracts papers and writes them into the store that the API reads."""

    def __call__(self, papers: Sequence[Paper]) -> IngestReport:
        """Return what was read, written and dropped. May be called from several threads at once."""
        ...
