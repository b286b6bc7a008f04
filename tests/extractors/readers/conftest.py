import io
from collections.abc import Callable

import pytest

from extractors.readers import Skipped, read_papers
from schema.records import ExtractionRecord, Paper

Outcome = Paper | ExtractionRecord | Skipped


@pytest.fixture(scope="session")
def read() -> Callable[..., list[Outcome]]:
    """Reads text or bytes under the name "in.txt" to the end."""

    def read(data: str | bytes, format: str | None = None) -> list[Outcome]:
        raw = data.encode() if isinstance(data, str) else data
        return list(read_papers(io.BytesIO(raw), name="in.txt", format=format))

    return read
