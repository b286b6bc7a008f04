"""Papers to extraction records, in this process or in several side by side; what is no paper passes through."""

import multiprocessing
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import extractors
from extractors.readers import Skipped
from schema.records import ExtractionRecord, Paper

if TYPE_CHECKING:
    from spacy.language import Language

Entry = Paper | ExtractionRecord | Skipped
Outcome = ExtractionRecord | Skipped

_AHEAD = 16  # papers in hand for each process


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How papers are read: `mentions` and `threads` as for `build_nlp`, and how many processes work side by side."""

    mentions: str = "auto"
    threads: int = 1
    workers: int = 1


def extracted(entries: Iterable[Entry], reader: Reader) -> Iterator[Outcome]:
    """Yield each entry in order, papers as their records; few are held at a time."""
    if reader.workers == 1:
        yield from map(Extractor(reader), entries)
        return
    # spawn: a forked child would share the parent's threads and locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(reader.workers, context, initializer=_start, initargs=(reader,)) as pool:
        pending: deque[Future[Outcome]] = deque()
        for entry in entries:
            pending.append(pool.submit(_extract, entry))
            # Bounded, or the pool would read all papers into memory before the first is written.
            if len(pending) >= reader.workers * _AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


class Extractor:
    """Turns a paper into its record, with a pipeline built at the first paper; threads take turns."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._nlp: Language | None = None
        self._lock = threading.Lock()

    def __call__(self, entry: Entry) -> Outcome:
        if not isinstance(entry, Paper):
            return entry
        with self._lock:
            if self._nlp is None:
                self._nlp = extractors.build_nlp(mentions=self._reader.mentions, threads=self._reader.threads)
            return extractors.extract(self._nlp, entry)


_extractor: Extractor  # one a process, set by the pool's initializer


def _start(reader: Reader) -> None:
    global _extractor  # noqa: PLW0603 - the pool hands its workers no other place
    _extractor = Extractor(reader)


def _extract(entry: Entry) -> Outcome:
    return _extractor(entry)
