"""The embedded store: one SQLite file, several readers beside one writer."""

from graph.sqlite.store import SqliteStore, open_sqlite

__all__ = ["SqliteStore", "open_sqlite"]
