"""Serve a graph over HTTP until Ctrl-C."""

import socket
from collections.abc import Sequence

import uvicorn
from fastapi import FastAPI

from api import ApiSettings, create_app
from api import IngestReport as ApiReport
from graph.store import Store
from schema.records import Paper
from sotagraph.ingest import Reader, ingest
from sotagraph.settings import Settings


def app_of(store: Store, settings: Settings) -> FastAPI:
    """Return the application on a store; it is handed the function that extracts and writes papers."""
    reader = Reader(mentions=settings.mentions, threads=settings.threads)

    def ingest_papers(papers: Sequence[Paper]) -> ApiReport:
        report = ingest(papers, store, reader, batch=settings.batch)
        return ApiReport(read=report.read, written=report.written, unchanged=report.unchanged, dropped=report.dropped)

    return create_app(store, ingest=ingest_papers, settings=ApiSettings(cors_origins=settings.cors_origins))


def run(store: Store, settings: Settings, *, host: str, port: int) -> None:
    """Serve until Ctrl-C. Raises OSError where the address can't be listened on."""
    with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        bound = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(app_of(store, settings), log_level="warning", access_log=False)
        print_address(f"http://{shown}:{bound}")
        uvicorn.Server(config).run(sockets=[listener])


def print_address(address: str) -> None:
    """Tell where the API is, on stderr."""
    from sotagraph.cli.common import err

    err.print(f"GraphQL at {address}/graphql (open it in a browser for GraphiQL). Ctrl-C stops.")
