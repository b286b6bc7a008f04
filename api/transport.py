"""GraphQL over HTTP: from a response to its status, media type and body."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from api.auth import caller_of
from api.errors import PARSE_FAILED
from api.execute import NotByGet, Service
from api.execute import Response as Executed
from api.pages import graphiql
from api.requests import BadRequest, Malformed, read
from api.settings import ApiSettings
from api.streams import events

JSON, GRAPHQL, EVENTS = "application/json", "application/graphql-response+json", "text/event-stream"


async def serve(request: Request, service: Service) -> Response:
    """Return the response to a request to /graphql."""
    accept = request.headers.get("accept", "")
    if (
        request.method == "GET"
        and service.settings.graphiql
        and "text/html" in accept
        and not {"query", "documentId", "extensions"} & set(request.query_params)
    ):
        return graphiql()
    media = _media(accept)
    try:
        if media is None:
            raise BadRequest(f"Accept {GRAPHQL}, {JSON} or {EVENTS}.", 406)
        caller = await caller_of(request.headers.get("authorization", ""), address_of(request), service)
        operation = await read(request, caller, service.settings)
        if media == EVENTS:
            return events(service, replace(operation, method=f"{request.method} STREAM"))
        response = await service.execute(operation, gone=request.is_disconnected)
    except NotByGet:
        return refusal(BadRequest("A mutation needs a POST request.", 405, {"Allow": "POST"}), media)
    except BadRequest as error:
        if isinstance(error, Malformed) and service.settings.statuses == "draft":
            error.status = 422
        return refusal(error, media)
    status = _status(response, media, service.settings)
    headers = response.standing.headers if response.standing else {}
    if response.retry:
        headers["Retry-After"] = str(response.retry)
    answer = _answer(response.body, status, media, headers)
    return _unless_known(request, answer) if request.method == "GET" and status == 200 else answer


def _status(response: Executed, media: str, settings: ApiSettings) -> int:
    if response.standing and response.standing.exceeded:
        return 429
    if response.retry:
        return 503
    # Who accepts plain JSON expects 200 whatever became of the operation.
    codes = [error["extensions"]["code"] for error in response.body.get("errors", ())] if media == GRAPHQL else []
    if not codes:
        return 200
    if settings.statuses == "400":
        return 200 if response.started else 400
    return 294 if response.started else 400 if PARSE_FAILED in codes else 422


def _unless_known(request: Request, answer: Response) -> Response:
    """Return the answer with a tag by which a client may ask whether it is still the same, or the answer that it is."""
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
    answer.headers.update({"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept, Authorization"})
    if tag not in (given.strip().removeprefix("W/") for given in request.headers.get("if-none-match", "").split(",")):
        return answer
    kept = {name: value for name, value in answer.headers.items() if name not in ("content-length", "content-type")}
    return Response(status_code=304, headers=kept)


def address_of(connection: HTTPConnection) -> str:
    """Return where a request comes from."""
    return connection.client.host if connection.client else "unknown"


def refusal(error: BadRequest, media: str | None = None) -> Response:
    """Return an error of the request itself, as GraphQL clients read errors."""
    return _answer({"errors": [error.shown]}, error.status, GRAPHQL if media == GRAPHQL else JSON, error.headers)


def _answer(body: Mapping[str, Any], status: int, media: str, headers: Mapping[str, str] | None = None) -> Response:
    more = {"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})}
    return Response(orjson.dumps(body), status, more, f"{media}; charset=utf-8")


def _media(accept: str) -> str | None:
    """Return the media type that the client likes best of those served; JSON where it doesn't mind."""
    best: tuple[float, str | None] = (0.0, None)
    for part in accept.lower().split(",") if accept.strip() else ("*/*",):
        name, *params = (piece.strip() for piece in part.split(";"))
        served = {GRAPHQL: GRAPHQL, JSON: JSON, EVENTS: EVENTS, "application/*": JSON, "*/*": JSON}.get(name)
        quality = _quality(params)
        if served and quality > best[0]:
            best = (quality, served)
    return best[1]


def _quality(params: list[str]) -> float:
    given = next((param[2:] for param in params if param.startswith("q=")), "1")
    try:
        return float(given)
    except ValueError:
        return 0.0
