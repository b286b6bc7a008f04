"""Serve a graph over HTTP until Ctrl-C."""

import ipaddress
import json
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from api import ApiSettings, create_app, from_manifest, one_time_token
from graph.report import IngestReport
from graph.store import Store
from schema.records import Paper
from sotagraph.extraction import Extractor, Reader
from sotagraph.ingest import ingest
from sotagraph.keys import load_keys
from sotagraph.logs import write_logs
from sotagraph.settings import Settings

_MAX_MESSAGE = 1_000_000
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def app_of(store: Store, settings: Settings, *, host: str = "127.0.0.1") -> FastAPI:
    """Return the application on a store; it is handed the function that extracts and writes papers."""
    return _app(store, settings, api_settings(settings, host))


def run(store: Store, settings: Settings, *, host: str, port: int, on_ready: Callable[[str, str | None], None]) -> None:
    """Serve until Ctrl-C, having told the address that is served and the token that may write, if there is one.

    Raises OSError where the address can't be listened on, ValueError for files that can't be read.
    """
    chosen = api_settings(settings, host)
    write_logs(settings.log)
    with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        shown = f"[{host}]" if ":" in host else host
        app = _app(store, settings, chosen)
        # Whoever watches something would hold the server for ever.
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=3, ws_max_size=_MAX_MESSAGE)
        on_ready(f"http://{shown}:{listener.getsockname()[1]}", chosen.token)
        uvicorn.Server(config).run(sockets=[listener])


def api_settings(settings: Settings, host: str) -> ApiSettings:
    """Return what the settings mean to the API on this host. Raises ValueError for a file that can't be read."""
    keys = load_keys(settings.keys) if settings.keys else ()
    write = settings.write
    if write == "auto":
        write = "open" if _is_local(host) else "keys" if keys else "token"
    return ApiSettings(
        read=settings.read,
        write="open" if write == "open" else "keys",
        keys=keys,
        token=one_time_token() if write == "token" else None,
        documents=_documents(settings.documents) if settings.documents else {},
        documents_only=settings.documents_only,
        rate_limit=settings.rate_limit,
        traces=settings.traces,
        graphiql=settings.graphiql,
        introspection=settings.introspection,
        suggestions=settings.suggestions,
        statuses=settings.statuses,
        max_cost=settings.max_cost,
        query_seconds=settings.query_seconds,
        allowed_hosts=settings.allowed_hosts or ((*_LOOPBACK, host) if _is_local(host) else ()),
        cors_origins=settings.cors_origins,
    )


def _documents(path: Path) -> dict[str, str]:
    try:
        return from_manifest(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise ValueError(f"the file of documents {path} can't be read: {error}") from error


def _app(store: Store, settings: Settings, chosen: ApiSettings) -> FastAPI:
    extractor = Extractor(Reader(mentions=settings.mentions, threads=settings.threads))

    def ingest_papers(papers: Sequence[Paper]) -> IngestReport:
        return ingest(map(extractor, papers), store, batch=settings.batch)

    return create_app(store, ingest=ingest_papers, settings=chosen)


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
