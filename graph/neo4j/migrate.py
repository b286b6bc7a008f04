"""Bring a Neo4j database to the schema of this version, or say why not."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files
from typing import Any

from graph.neo4j.ledger import Ledger, meanings
from graph.neo4j.order import ordered, plain
from graph.neo4j.read import MEANINGS, RECORD_PAGE
from graph.neo4j.rows import ENTITY
from graph.neo4j.write import Run, apply
from graph.refold import miscounted, refold
from graph.store import SCHEMA_VERSION, NoGraph, StoreError
from schema.conditions import benchmark_key
from schema.kinds import NodeKind

# One script for each step from a version to the next; the first makes an empty database version 1.
STEPS = ("schema.cypher", "to_2.cypher", "to_3.cypher", "to_4.cypher", "to_5.cypher")

# The version from which acronyms are counted as they are now; version 4 had other rules at first.
_COUNTED = 5
_PAGE = 1_000

_OURS = "|".join(
    (*NodeKind, ENTITY, "ExtractionRecord", "Batch", "IngestJob", "Decision", "DecisionKey", "Meaning", "Redirect")
)
_VERSION = "MATCH (meta:SotagraphMeta {id: 'schema'}) RETURN meta.version AS version"
_SET_VERSION = "MERGE (meta:SotagraphMeta {id: 'schema'}) SET meta.version = $version, meta.name = 'sotagraph schema'"
_WITHOUT_BENCHMARK = (
    "MATCH (n:Result) WHERE n.dataset IS NOT NULL AND n.benchmark IS NULL"
    " RETURN n.id AS id, n.dataset AS dataset, n.variant AS variant, n.metric AS metric, n.setting AS setting LIMIT 5000"
)
_FOREIGN = f"MATCH (n:{_OURS}) RETURN labels(n)[0] AS label LIMIT 1"


def migrate(run: Run, host: str, whole: Callable[[Callable[[Run], None]], None], *, create: bool = True) -> None:
    """Create or upgrade constraints and indexes; `run` executes each statement in a transaction of its own, `whole` all of a
    function's in one.

    Nodes of other programs stay as they are and are never read, if their labels are not ours.
    Raises StoreError for a database of a newer version, or one where another program uses our labels, and NoGraph for one that
    holds no graph, if none may be made.
    """
    version = next((row["version"] for row in run(_VERSION)), 0)
    if version == 0 and not create:
        raise NoGraph(f"Neo4j, {host}")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"The graph on {host} has schema version {version}, and this sotagraph knows versions up to {SCHEMA_VERSION}. "
            "Install the newer sotagraph that made it, or name another store with --store."
        )
    if version == SCHEMA_VERSION:
        return
    for row in run(_FOREIGN) if version == 0 else ():
        raise StoreError(
            f"The database on {host} holds {row['label']} nodes of another program, so nothing was written. "
            "Use an empty database, or name another store with --store."
        )
    for name in STEPS[version:]:
        for statement in statements(files("graph.neo4j").joinpath(name).read_text("utf-8")):
            run(statement)
    _fill_benchmarks(run)
    run("CALL db.awaitIndexes(120)")
    whole(partial(_finish, version))


def _finish(version: int, run: Run) -> None:
    """Merge by acronym what an older version kept apart, keep apart what it shouldn't have merged, and mark the database as
    brought to this version."""
    if 0 < version < _COUNTED:
        found = miscounted(_texts(run), meanings(run(MEANINGS)))
        apply(run, refold(Ledger(run), {}, found=found))
    run(_SET_VERSION, version=SCHEMA_VERSION)


def _texts(run: Run) -> Iterator[str]:
    after = ""
    while rows := run(RECORD_PAGE, after=after, page=_PAGE):
        yield from (row["json"] for row in rows)
        after = rows[-1]["last"]


def _fill_benchmarks(run: Callable[..., list[Any]]) -> None:
    """Give the results of a graph before version 3 their benchmark, a page at a time."""
    while rows := run(_WITHOUT_BENCHMARK):
        keys = [{"id": row["id"], "key": ordered(_benchmark_of(row))} for row in rows]
        run("UNWIND $rows AS row MATCH (n:Result {id: row.id}) SET n.benchmark = row.key", rows=keys)


def _benchmark_of(row: Any) -> str:
    dataset, metric = plain(row["dataset"]), plain(row["metric"]) if row["metric"] else None
    return benchmark_key(dataset, row["variant"], metric, row["setting"]) or ""


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, which end with a semicolon at the end of a line; comments are left out."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("//")]
    yield from (text.strip() for text in re.split(r";[ \t]*$", "\n".join(lines), flags=re.MULTILINE) if text.strip())
