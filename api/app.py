"""The web application: GraphQL, the pages, and whether it is well."""

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict
from threading import Event
from typing import Any

import orjson
from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from api import pages, site, transport
from api.auth import caller_of
from api.documents import check_documents
from api.errors import FORBIDDEN, INTERNAL
from api.execute import Service
from api.hosts import only_for
from api.ingestion import Ingestion
from api.keys import Keyring, Role
from api.limiter import Limiter
from api.ports import Ingest
from api.requests import BadRequest, id_of
from api.root import graphql_schema, sdl
from api.settings import ApiSettings
from api.streams import Sockets
from api.telemetry import Telemetry
from api.turns import Turns
from graph.store import Store, StoreError

log = logging.getLogger(__name__)

_EXPOSED = ["X-Request-Id", "ETag", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(store: Store, *, ingest: Ingest, settings: ApiSettings | None = None) -> FastAPI:
    """Return the application that asks this store and ingests by this function; the store stays the caller's to close."""
    settings = settings or ApiSettings()
    # Threads of its own, since a store may keep a connection for each thread that asks it.
    threads = ThreadPoolExecutor(settings.threads, thread_name_prefix="graphql")
    jobs = ThreadPoolExecutor(1, thread_name_prefix="ingestion")
    stopping = Event()
    telemetry = Telemetry(_tracer() if settings.traces else None)
    telemetry.watch(store)
    check_documents(settings.documents, graphql_schema._schema)
    service = Service(
        store=store,
        ingestion=Ingestion(store=store, ingest=ingest, stopping=stopping),
        settings=settings,
        keyring=Keyring(settings.keys, settings.token),
        limiter=Limiter(settings.rate_limit) if settings.rate_limit else None,
        telemetry=telemetry,
        threads=threads,
        turns=Turns(settings.threads, settings.max_waiting),
        jobs=jobs,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        stopping.set()
        for pool in (threads, jobs):
            pool.shutdown(wait=False, cancel_futures=True)

    app = FastAPI(title="sotagraph", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    async def graphql(request: Request) -> Response:
        return await transport.serve(request, service)

    async def readyz(_: Request) -> Response:
        try:
            stats = await asyncio.wait_for(service.call(store.stats), settings.ready_seconds)
        except (StoreError, TimeoutError):
            log.exception("the store does not answer")
            return _json({"ok": False, "error": "the store does not answer"}, 503)
        return _json({"ok": True, "stats": asdict(stats)})

    app.add_route("/graphql", graphql, methods=_METHODS)

    async def metrics(request: Request) -> Response:
        if settings.read == "keys":
            try:
                caller = await caller_of(request.headers.get("authorization", ""), "", service)
                if caller.role < Role.ADMIN:
                    raise BadRequest("The metrics need an admin's key.", 403, code=FORBIDDEN)
            except BadRequest as error:
                return transport.refusal(error)
        return Response(telemetry.page(), media_type=CONTENT_TYPE_LATEST)

    sockets = Sockets(service)

    async def socket(websocket: WebSocket) -> None:
        await sockets.run(websocket)

    app.router.routes.append(WebSocketRoute("/graphql", socket))
    app.add_route("/metrics", metrics)
    app.add_route("/schema.graphql", _schema)
    app.add_route("/healthz", _healthz)
    app.add_route("/readyz", readyz)
    app.add_route("/docs", _docs)
    app.router.routes.extend(site.routes(service))
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(only_for, hosts=settings.allowed_hosts, origins=settings.cors_origins)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
            expose_headers=_EXPOSED,
            max_age=600,
        )
    app.add_middleware(_careful)
    return app


def _tracer() -> Any:
    from opentelemetry.trace import get_tracer  # here: it comes with the extra `otel`

    return get_tracer("sotagraph")


async def _schema(_: Request) -> Response:
    return PlainTextResponse(sdl(), media_type="application/graphql")


async def _healthz(_: Request) -> Response:
    return _json({"ok": True})


async def _docs(_: Request) -> Response:
    return pages.docs()


def _careful(app: ASGIApp) -> ASGIApp:
    """Return the app with an id for each request, and headers that keep browsers from guessing and from telling."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        request_id = id_of(Headers(scope=scope).get("x-request-id")) if scope["type"] == "http" else ""
        scope.setdefault("state", {})["request_id"] = request_id

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
            await send(message)

        await app(scope, receive, with_headers)

    return call


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return transport.refusal(BadRequest(error.detail, error.status_code, error.headers))


async def _broken(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return transport.refusal(BadRequest("Internal server error", 500, code=INTERNAL))


def _json(body: object, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")
