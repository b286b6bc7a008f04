"""What every command shares: its options, the store, and where output goes. Data goes to stdout, all else to stderr."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console

from graph.store import Store
from sotagraph.settings import Settings
from sotagraph.wiring import open_store

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URI",
        help="Where the graph is: sqlite:///PATH or neo4j://[USER:PASSWORD@]HOST:7687. Default: $SOTAGRAPH_STORE, "
        "else a SQLite file in your data folder.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def store_of(context: typer.Context, uri: str | None, *, create: bool = False) -> Iterator[Store]:
    """Give the store that the command, the options before it, the environment or the default names, in this order.

    Only a command that brings something in may `create` one: a mistyped address is no empty graph.
    """
    settings = Settings()
    with open_store(uri or context.find_root().params.get("store") or settings.store, settings, create=create) as store:
        yield store


def print_json(data: Any) -> None:
    """Print data as one JSON document."""
    sys.stdout.write(json.dumps(data, ensure_ascii=True, indent=2 if sys.stdout.isatty() else None) + "\n")


def print_line(line: str) -> None:
    """Print one line of data as it is; what UTF-8 can't hold is replaced."""
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def tell_address(address: str, token: str | None) -> None:
    """Say on stderr where the API is, and how to change the graph where that needs a token."""
    err.print(f"The web page is at {address}/ and GraphQL at {address}/graphql, with an editor. Ctrl-C stops.")
    if token:
        err.print(f"Changes need `Authorization: Bearer {token}` until then; in a browser: {address}/#token={token}")
