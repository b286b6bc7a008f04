"""The only module that picks an adapter, and the place where parts are put together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import schema
from graph.sqlite import open_sqlite
from graph.store import Store, StoreError
from sotagraph.settings import Settings

_NEO4J = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@contextmanager
def open_store(uri: str, settings: Settings, *, create: bool = True) -> Iterator[Store]:
    """Give the store at an address, made if need be and `create` says so, and close it at the end.

    `sqlite:///graph.db` and a bare path are relative to the working folder, `sqlite:////data/graph.db` is absolute.
    Raises StoreError for an address that isn't understood or a store that can't be opened.
    """
    check_own_schema()
    parts = urlsplit(uri)
    store: Store
    if parts.scheme == "sqlite":
        path = uri.removeprefix("sqlite:///")
        if path == uri or not path:
            raise StoreError(f"{uri!r} names no file. Write sqlite:///graph.db or sqlite:////data/graph.db.")
        store = open_sqlite(path, create=create)
    elif parts.scheme in _NEO4J:
        store = _open_neo4j(uri, settings, create=create)
    elif "://" not in uri and uri.strip():
        store = open_sqlite(uri, create=create)
    else:
        raise StoreError(f"{uri!r} is no store's address. Write sqlite:///PATH or neo4j://[USER:PASSWORD@]HOST:7687.")
    try:
        yield store
    finally:
        store.close()


def check_own_schema() -> None:
    """Raise StoreError if the package `schema` of PyPI stands in the place of ours."""
    ours = Path(__file__).parent.parent / "schema"
    if schema.__file__ is None or Path(schema.__file__).parent.resolve() != ours.resolve():
        raise StoreError(
            f"another package called 'schema' hides sotagraph's own ({schema.__file__}). Run: pip uninstall schema"
        )


def _open_neo4j(uri: str, settings: Settings, *, create: bool) -> Store:
    parts = urlsplit(uri)
    try:
        host, port = parts.hostname, parts.port or 7687
    except ValueError as error:
        raise StoreError(f"The port in {parts.netloc.rpartition('@')[2]!r} is no number. Write neo4j://HOST:7687.") from error
    if not host:
        raise StoreError("The address names no host. Write neo4j://[USER:PASSWORD@]HOST:7687.")
    from graph.neo4j import open_neo4j  # here, so that only who uses Neo4j waits for its driver

    address = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"
    return open_neo4j(
        address,
        user=unquote(parts.username) if parts.username else settings.neo4j_user,
        password=unquote(parts.password) if parts.password else settings.neo4j_password,
        database=parts.path.strip("/") or settings.neo4j_database,
        create=create,
    )
