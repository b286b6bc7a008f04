"""Papers to extraction records, in this process or in several side by side; what is no paper passes through."""

import multiprocessing
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import extractors
from extractors.explain import explain_document, explain_record
from extractors.pipeline import read_document
from extractors.readers import Skipped
from schema.records import ExtractionRecord, Paper, confident

if TYPE_CHECKING:
    from spacy.language import Language

Entry = Paper | ExtractionRecord | Skipped
Outcome = ExtractionRecord | Skipped

_AHEAD = 16  # papers in hand for each process


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How papers are read: `mentions` and `threads` as for `build_nlp`, how many processes work side by side, and how sure a
    fact must be to be kept."""

    mentions: str = "auto"
    threads: int = 1
    workers: int = 1
    min_confidence: float = 0.0


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
        if isinstance(entry, Skipped):
            return entry
        if isinstance(entry, Paper):
            with self._lock:
                entry = extractors.extract(self._pipeline(), entry)
        return confident(entry, self._reader.min_confidence)

    def explain(self, entry: Entry) -> Skipped | tuple[str, ...]:
        """Return the lines that say why a paper's record says what it says."""
        least = self._reader.min_confidence
        match entry:
            case Skipped():
                return entry
            case Paper():
                with self._lock:
                    return tuple(explain_document(read_document(self._pipeline(), entry), min_confidence=least))
            case ExtractionRecord():
                return tuple(explain_record(entry, min_confidence=least))

    def _pipeline(self) -> "Language":
        if self._nlp is None:
            self._nlp = extractors.build_nlp(mentions=self._reader.mentions, threads=self._reader.threads)
        return self._nlp


_extractor: Extractor  # one a process, set by the pool's initializer


def _start(reader: Reader) -> None:
    global _extractor  # noqa: PLW0603 - the pool hands its workers no other place
    _extractor = Extractor(reader)


def _extract(entry: Entry) -> Outcome:
    return _extractor(entry)
