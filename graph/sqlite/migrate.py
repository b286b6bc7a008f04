"""Bring a SQLite file to the schema of this version, or say why not."""

import sqlite3
from importlib.resources import files

from graph.refold import miscounted, refold
from graph.sqlite.ledger import Ledger, meanings
from graph.sqlite.write import apply
from graph.store import SCHEMA_VERSION, StoreError
from schema.conditions import benchmark_key

# Marks the file as ours in its header, so that another program's database is never written to ("sota" in ASCII).
APPLICATION_ID = 0x736F7461

# The version from which acronyms are counted as they are now; version 4 had other rules at first.
_COUNTED = 5

# One script for each step from a version to the next; the first makes an empty file version 1.
_STEPS = ("schema.sql", "to_2.sql", "to_3.sql", "to_4.sql", "to_5.sql")


def migrate(connection: sqlite3.Connection, path: str) -> None:
    """Create or upgrade the schema in one transaction.

    Raises StoreError for a file of another program or of a newer version; the file is not touched then.
    """
    # In one transaction, or another process's first write may come between the header and the tables.
    connection.execute("BEGIN")
    application, version = _header(connection)
    tables = _tables(connection)
    connection.execute("ROLLBACK")
    if application != APPLICATION_ID and (version or tables):
        raise StoreError(f"{path} is a database of another program, so nothing was written. Name another file with --store.")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} has schema version {version}, and this sotagraph knows versions up to {SCHEMA_VERSION}. "
            "Install the newer sotagraph that made it, or name another file with --store."
        )
    if version == SCHEMA_VERSION:
        return
    scripts = "".join(files("graph.sqlite").joinpath(name).read_text("utf-8") for name in _STEPS[version:])
    marks = (f"PRAGMA application_id = {APPLICATION_ID:d}", f"PRAGMA user_version = {SCHEMA_VERSION:d}", "COMMIT")
    connection.create_function("benchmark_key", 4, benchmark_key, deterministic=True)
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{scripts}")
        if version < _COUNTED:
            _count_meanings(connection)
        for statement in marks:
            connection.execute(statement)
    except sqlite3.OperationalError:
        connection.rollback()
        # Another process may have made the same step while this one waited for the lock.
        if _header(connection) != (APPLICATION_ID, SCHEMA_VERSION):
            raise


def _count_meanings(connection: sqlite3.Connection) -> None:
    """Merge by acronym what an older version kept apart, and keep apart what it shouldn't have merged."""
    counted = meanings(connection.execute("SELECT short, long, papers FROM meanings ORDER BY short, long"))
    found = miscounted((row["json"] for row in connection.execute("SELECT json FROM records")), counted)
    apply(connection, refold(Ledger(connection), {}, found=found))


def _header(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def _tables(connection: sqlite3.Connection) -> int:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return int(tables)
