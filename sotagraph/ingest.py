"""Papers into the store: read, extract, fold, write, a batch at a time; nothing is collected."""

import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from spacy.language import Language

from extractors import build_nlp, extract
from extractors.readers import Skipped
from graph.assemble import assemble
from graph.facts import Facts
from graph.store import Store
from schema.records import ExtractionRecord, Paper

_AHEAD = 16  # papers in hand for each process

Item = Paper | ExtractionRecord | Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of the papers: `read` is all entries met, `dropped` counts by reason what was left out on purpose."""

    read: int
    written: int
    unchanged: int
    dropped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How papers are extracted: `mentions` and `threads` as for `build_nlp`, and how many processes work side by side."""

    mentions: str = "auto"
    threads: int = 1
    workers: int = 1


def ingest(
    items: Iterable[Item],
    store: Store,
    reader: Reader,
    *,
    batch: int = 200,
    on_skip: Callable[[Skipped], None] | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> IngestReport:
    """Write the papers among the items and return the counts.

    A crash loses at most the batch in hand: what was written stays, and running again writes only the rest.
    """
    dropped: Counter[str] = Counter()
    read = written = unchanged = 0

    def skip(skipped: Skipped) -> None:
        dropped[skipped.reason] += 1
        if on_skip:
            on_skip(skipped)

    def kept() -> Iterator[Paper | ExtractionRecord]:
        nonlocal read
        for item in items:
            read += 1
            if isinstance(item, Skipped):
                skip(item)
            else:
                yield item

    facts = _folded(extracted(kept(), reader), skip)
    while chunk := tuple(islice(facts, batch)):
        done = store.write(chunk)
        written += done.written
        unchanged += done.unchanged
        for item in chunk:
            dropped.update(item.dropped)
        if on_progress:
            on_progress(read)
    return IngestReport(read=read, written=written, unchanged=unchanged, dropped=dict(sorted(dropped.items())))


def extracted(items: Iterable[Paper | ExtractionRecord], reader: Reader) -> Iterator[ExtractionRecord]:
    """Yield the record of each item, in order; an item that is a record already passes through."""
    if reader.workers == 1:
        work = _Work(reader)
        yield from map(work, items)
        return
    # spawn: a forked child would share the parent's threads and locks.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(reader.workers, context, initializer=_start, initargs=(reader,)) as pool:
        pending: deque[Future[ExtractionRecord]] = deque()
        for item in items:
            pending.append(pool.submit(_extract, item))
            # Bounded, or the pool would read all papers into memory before the first is written.
            if len(pending) >= reader.workers * _AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


class _Work:
    """Extracts with a pipeline that is built at the first paper, so that records alone never load it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._nlp: Language | None = None

    def __call__(self, item: Paper | ExtractionRecord) -> ExtractionRecord:
        if isinstance(item, ExtractionRecord):
            return item
        if self._nlp is None:
            self._nlp = build_nlp(mentions=self._reader.mentions, threads=self._reader.threads)
        return extract(self._nlp, item)


_worker: _Work  # one a process, set by the pool's initializer


def _start(reader: Reader) -> None:
    global _worker  # noqa: PLW0603 - the pool hands its workers no other place
    _worker = _Work(reader)


def _extract(item: Paper | ExtractionRecord) -> ExtractionRecord:
    return _worker(item)


def _folded(records: Iterable[ExtractionRecord], skip: Callable[[Skipped], None]) -> Iterator[Facts]:
    for record in records:
        try:
            yield assemble(record)
        except ValueError as error:
            skip(Skipped(where=record.paper.title[:60], reason="bad_record", detail=str(error)))
