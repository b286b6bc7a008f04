"""What is done in one transaction: papers written, deleted, decided on. Writers take turns."""

from collections.abc import Sequence
from datetime import UTC, datetime

from graph.facts import Facts
from graph.neo4j.ledger import Ledger
from graph.neo4j.write import Run, apply
from graph.refold import refold
from graph.store import SCHEMA_VERSION, StoreError, Written
from schema.decisions import Decision

# Counts the batches; a write on this one node is also what makes writers take turns. What is asked behind it stays so until
# the end: the turn is taken by then.
_BEGIN = (
    "MATCH (meta:SotagraphMeta {id: 'schema'}) SET meta.batches = coalesce(meta.batches, 0) + 1 WITH meta"
    " RETURN meta.version AS version, meta.batches AS batch,"
    " EXISTS { (:Decision) } AS decisions, EXISTS { (:Redirect) } AS redirects"
)
_JOURNAL = "CREATE (n:Batch) SET n = $row"


def write(latest: Sequence[Facts], run: Run) -> Written:
    """Write the papers whose record is another one than before."""
    batch, ledger = _begin(run)
    digests = ledger.digests([item.paper.id for item in latest])
    new = {item.paper.id: item for item in latest if digests.get(item.paper.id) != item.digest}
    apply(run, refold(ledger, new))
    written = Written(written=len(new), unchanged=len(latest) - len(new))
    _journal(run, batch, "write", written.written, written.unchanged)
    return written


def delete(papers: Sequence[str], run: Run) -> tuple[str, ...]:
    """Delete papers, and return the ids that were there."""
    batch, ledger = _begin(run)
    there = sorted(ledger.digests(papers))
    apply(run, refold(ledger, dict.fromkeys(there)))
    _journal(run, batch, "delete", len(there), 0)
    return tuple(there)


def decide(decisions: Sequence[Decision], run: Run) -> tuple[Decision, ...]:
    """Log decisions and make the graph what they say; return the new ones."""
    batch, ledger = _begin(run)
    change = refold(ledger, {}, decisions)
    apply(run, change)
    _journal(run, batch, "decide", len(change.papers), 0)
    return change.decisions


def _begin(run: Run) -> tuple[int, Ledger]:
    rows = run(_BEGIN)
    if not rows or rows[0]["version"] != SCHEMA_VERSION:
        raise StoreError(
            "Another program emptied or upgraded the graph while this one had it open; nothing was written. Open it again."
        )
    return int(rows[0]["batch"]), Ledger(run, bool(rows[0]["decisions"]), bool(rows[0]["redirects"]))


def _journal(run: Run, batch: int, action: str, papers: int, unchanged: int) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    name = f"{action} {papers}"
    run(_JOURNAL, row={"id": batch, "name": name, "at": now, "action": action, "papers": papers, "unchanged": unchanged})
