"""Open a SQLite file safely, and turn what SQLite says of a failure into a sentence that a person can act on."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from graph.store import StoreError, TooSlow

# How long a writer waits for another one before it gives up.
BUSY_SECONDS = 10.0
_STEPS = 10_000


def connect(path: str) -> sqlite3.Connection:
    """Return a connection in autocommit mode; transactions are begun by hand, so that a write takes its lock at once.

    Raises StoreError if the file or its folder can't be opened.
    """
    with explained(path):
        if path != ":memory:":
            try:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"The folder of {path} can't be made: {error.strerror}. Name another file with --store."
                ) from error
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        # Reading the header shows whether this is a database at all, before anything is changed.
        connection.execute("PRAGMA schema_version").fetchone()
        return connection


def limit(connection: sqlite3.Connection, deadline: float | None) -> None:
    """End what the connection does at a time of the monotonic clock; None lets it go on."""
    # Every so many steps of SQLite's machine: seldom enough to cost nothing, often enough to be felt at once.
    connection.set_progress_handler(None if deadline is None else lambda: monotonic() > deadline, _STEPS)


def prepare_for_writing(connection: sqlite3.Connection, path: str) -> None:
    """Set the file to write-ahead logging: several readers beside one writer, and a crash loses no committed write."""
    with explained(path):
        _log_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        # A question can't change anything, whatever its statement says; see `writing`.
        connection.execute("PRAGMA query_only = ON")


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Let a connection write meanwhile."""
    connection.execute("PRAGMA query_only = OFF")
    try:
        yield
    finally:
        connection.execute("PRAGMA query_only = ON")


def _log_ahead(connection: sqlite3.Connection) -> None:
    # This one statement does not wait for others by itself.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@contextmanager
def explained(path: str) -> Iterator[None]:
    """Raise what SQLite raises as a StoreError that names the file and the fix."""
    try:
        yield
    except sqlite3.Error as error:
        if error.args == ("interrupted",):
            raise TooSlow(f"{path}: the question took too long and was ended. Ask for less at once.") from error
        raise StoreError(f"{path}: {_sentence(str(error))}") from error


def _sentence(message: str) -> str:
    if "locked" in message:
        return f"another program has been writing to it for {BUSY_SECONDS:.0f} seconds. Wait for it to end, and try again."
    if "not a database" in message or "malformed" in message:
        return f"not a readable SQLite database ({message}). Name another file with --store."
    if "unable to open" in message:
        return "the file can't be opened. Is it a folder, or in a place where you may not write?"
    if "readonly" in message:
        return "the file may only be read. Allow writing to it, or name another file with --store."
    if "full" in message:
        return "the disk is full. Nothing was written."
    return f"SQLite says: {message}."
