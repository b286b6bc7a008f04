"""What an ingest did, told alike on the command line and over GraphQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of the papers: `read` is all entries met, `dropped` counts by reason what was left out on purpose."""

    read: int
    written: int
    unchanged: int
    dropped: Mapping[str, int] = field(default_factory=dict)
