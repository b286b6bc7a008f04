"""Serve a graph over HTTP until Ctrl-C."""

import socket
from collections.abc import Callable, Sequence

import uvicorn
from fastapi import FastAPI

from api import ApiSettings, create_app
from graph.report import IngestReport
from graph.store import Store
from schema.records import Paper
from sotagraph.extraction import Extractor, Reader
from sotagraph.ingest import ingest
from sotagraph.settings import Settings


def app_of(store: Store, settings: Settings) -> FastAPI:
    """Return the application on a store; it is handed the function that extracts and writes papers."""
    extractor = Extractor(Reader(mentions=settings.mentions, threads=settings.threads))

    def ingest_papers(papers: Sequence[Paper]) -> IngestReport:
        return ingest(map(extractor, papers), store, batch=settings.batch)

    return create_app(store, ingest=ingest_papers, settings=ApiSettings(cors_origins=settings.cors_origins))


def run(store: Store, settings: Settings, *, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C, having told the address that is served. Raises OSError where it can't be listened on."""
    with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(app_of(store, settings), log_level="warning", access_log=False)
        on_ready(f"http://{shown}:{listener.getsockname()[1]}")
        uvicorn.Server(config).run(sockets=[listener])
