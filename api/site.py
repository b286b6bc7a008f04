"""The web page: its views, its files, its charts, and the guide for Neo4j Browser, all from this folder."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api import charts, transport
from api.auth import caller_of
from api.errors import BAD_USER_INPUT, NOT_FOUND, TIMEOUT, TOO_LONG
from api.execute import Service
from api.keys import Role
from api.pages import STATIC
from api.requests import BadRequest
from graph.answers.leaderboard import Leaderboard, leaderboard
from graph.answers.lookup import UnknownName
from graph.store import TooSlow

# Each is a permalink; the script reads the address and shows what it asks for.
VIEWS = ("/", "/search", "/benchmark", "/system", "/topic", "/compare", "/paper", "/open", "/explore", "/read")
_KIT = Path(__file__).parent / "neo4j_browser"
_KIT_TYPES = {".html": "text/html", ".adoc": "text/asciidoc", ".grass": "text/plain", ".csv": "text/csv"}

# Nothing from elsewhere, nothing inline, nothing made of text at run time. Charts and downloads are blobs of this page.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
_GUIDE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def routes(service: Service) -> list[BaseRoute]:
    """Return what the site answers at, beside GraphQL."""

    async def chart(request: Request) -> Response:
        try:
            return await _chart(request, service)
        except BadRequest as error:
            return transport.refusal(error)

    return [
        *(Route(path, _page) for path in VIEWS),
        Route("/charts/leaderboard.svg", chart),
        Route("/neo4j-browser/{name}", _kit, methods=["GET", "OPTIONS"]),
        Mount("/static", _Files(directory=STATIC)),
    ]


async def _page(_: Request) -> Response:
    text = (STATIC / "index.html").read_text(encoding="utf-8")
    headers = {"Content-Security-Policy": _POLICY, "Vary": "Accept", "Cache-Control": "no-cache"}
    return HTMLResponse(text, headers=headers)


async def _chart(request: Request, service: Service) -> Response:
    """Return the scores of one group of a leaderboard over time, as a picture. Raises BadRequest."""
    caller = await caller_of(request.headers.get("authorization", ""), transport.address_of(request), service)
    if caller.role < Role.READ:
        raise BadRequest("Send an API key as `Authorization: Bearer TOKEN`.", 401)
    if service.limiter and (standing := service.limiter.charge(caller.name, 1)).exceeded:
        raise BadRequest("Too much was asked; wait a little.", 429, standing.headers)
    asked = request.query_params
    if not asked.get("dataset"):
        raise BadRequest("Name a dataset: ?dataset=MATH", 400, code=BAD_USER_INPUT)
    seconds = service.settings.query_seconds

    def ask() -> Leaderboard:
        with service.store.limited(seconds):
            return leaderboard(service.store, asked["dataset"], metric=asked.get("metric") or None, first=1_000)

    try:
        board = await asyncio.wait_for(service.call(partial(ask)), seconds)
    except UnknownName as error:
        raise BadRequest(str(error), 404, code=NOT_FOUND) from error
    except (TooSlow, TimeoutError) as error:
        raise BadRequest(TOO_LONG, 503, code=TIMEOUT) from error
    variant, setting = asked.get("variant") or None, asked.get("setting") or None
    group = next((each for each in board.groups if (each.variant, each.setting) == (variant, setting)), None)
    if group is None:
        raise BadRequest("There are no scores of this kind on the dataset.", 404, code=NOT_FOUND)
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return Response(charts.staircase(board.dataset.name, group), headers=headers, media_type="image/svg+xml")


async def _kit(request: Request) -> Response:
    """Return a file of the kit; Neo4j Browser fetches guides from any origin. Raises HTTPException for an unknown name."""
    name = request.path_params["name"]
    path = next((path for path in _KIT.iterdir() if path.name == name and path.suffix in _KIT_TYPES), None)
    if path is None:
        raise HTTPException(404, "No such file of the kit for Neo4j Browser.")
    # Neo4j Browser sends headers of its own, which browsers ask leave for first.
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Cache-Control": "no-cache"}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=headers)
    if path.suffix == ".html":
        headers["Content-Security-Policy"] = _GUIDE_POLICY
    return FileResponse(path, media_type=_KIT_TYPES[path.suffix], headers=headers)


class _Files(StaticFiles):
    """Files that a browser keeps, and asks each time whether they are still the same: they have tags, not versions."""

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response
