"""Records into the store: fold and write, a batch at a time; nothing is collected."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from extractors.readers import Skipped
from graph.assemble import assemble
from graph.facts import Facts
from graph.report import IngestReport
from graph.store import Store
from sotagraph.extraction import Outcome


def ingest(
    outcomes: Iterable[Outcome], store: Store, *, batch: int = 200, on_skip: Callable[[Skipped], None] | None = None
) -> IngestReport:
    """Write the records, and return the counts.

    A crash loses at most the batch in hand: what was written stays, and running again writes only the rest.
    """
    dropped: Counter[str] = Counter()
    read = written = unchanged = 0

    def skip(skipped: Skipped) -> None:
        dropped[skipped.reason] += 1
        if on_skip:
            on_skip(skipped)

    def kept() -> Iterator[Facts]:
        nonlocal read
        for outcome in outcomes:
            read += 1
            if isinstance(outcome, Skipped):
                skip(outcome)
                continue
            try:
                yield assemble(outcome)
            except ValueError as error:
                skip(Skipped(where=outcome.paper.title[:60], reason="bad_record", detail=str(error)))

    facts = kept()
    while chunk := tuple(islice(facts, batch)):
        done = store.write(chunk)
        written += done.written
        unchanged += done.unchanged
        # Of one paper met twice in a batch, the last counts.
        if again := len(chunk) - done.written - done.unchanged:
            dropped["duplicate"] += again
        for item in chunk:
            dropped.update(item.dropped)
    return IngestReport(read=read, written=written, unchanged=unchanged, dropped=dict(sorted(dropped.items())))
