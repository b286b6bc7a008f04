"""GraphQL over HTTP: from a request to an operation, and from its response to status, media type and body."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.errors import BAD_REQUEST, UNAUTHENTICATED
from api.execute import NotByGet, Operation, Service
from api.keys import Role
from api.pages import graphiql

JSON, GRAPHQL = "application/json", "application/graphql-response+json"
# Any of these makes a browser ask first (CORS preflight), so that a foreign page can't send it unseen.
_PREFLIGHTED = ("graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name")
_ALLOW = {"Allow": "GET, POST"}
_BEARER = {"WWW-Authenticate": "Bearer"}
_MAX_NESTING = 32


class BadRequest(Exception):
    """The request is no GraphQL request; `status` says in which way."""

    def __init__(
        self, message: str, status: int = 400, headers: Mapping[str, str] | None = None, code: str = BAD_REQUEST
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.headers, self.code = message, status, headers, code


async def serve(request: Request, service: Service) -> Response:
    """Return the response to a request to /graphql."""
    accept = request.headers.get("accept", "")
    if request.method == "GET" and service.settings.graphiql and "text/html" in accept and "query" not in request.query_params:
        return graphiql()
    media = _media(accept)
    try:
        if media is None:
            raise BadRequest(f"Accept {GRAPHQL} or {JSON}.", 406)
        operation = await _operation(request, service)
        response = await service.execute(operation)
    except NotByGet:
        return refusal(BadRequest("A mutation needs a POST request.", 405, {"Allow": "POST"}), media)
    except BadRequest as error:
        return refusal(error, media)
    status = 400 if media == GRAPHQL and not response.started else 200
    return _answer(response.body, status, media)


def refusal(error: BadRequest, media: str | None = None) -> Response:
    """Return an error of the request itself, as GraphQL clients read errors."""
    body = {"errors": [{"message": error.message, "extensions": {"code": error.code}}]}
    return _answer(body, error.status, media or JSON, error.headers)


def _answer(body: Mapping[str, Any], status: int, media: str, headers: Mapping[str, str] | None = None) -> Response:
    more = {"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})}
    return Response(orjson.dumps(body), status, more, f"{media}; charset=utf-8")


def _media(accept: str) -> str | None:
    """Return the media type that the client likes best of those served; JSON where it doesn't mind."""
    best: tuple[float, str | None] = (0.0, None)
    for part in accept.lower().split(",") if accept.strip() else ("*/*",):
        name, *params = (piece.strip() for piece in part.split(";"))
        served = {GRAPHQL: GRAPHQL, JSON: JSON, "application/*": JSON, "*/*": JSON}.get(name)
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


async def _operation(request: Request, service: Service) -> Operation:
    role = await role_of(request.headers.get("authorization", ""), service)
    if request.method == "GET":
        _check_origin(request)
        given: Any = dict(request.query_params)
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = _json(given[name]) if given[name] else None
    elif request.method == "POST":
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != JSON:
            raise BadRequest(f"The body has to be {JSON}.", 415)
        given = _json(await _body(request, service.settings.max_body_bytes))
    else:
        raise BadRequest("GraphQL is served by GET and POST.", 405, _ALLOW)
    if not isinstance(given, dict):
        raise BadRequest("The request has to be a JSON object with a `query`; batches are not served.")
    query = _field(given, "query", str)
    if query is None:
        raise BadRequest("`query` has to be the text of a GraphQL document.")
    extensions = _field(given, "extensions", dict) or {}
    variables = _field(given, "variables", dict)
    if _nesting(variables) > _MAX_NESTING:
        raise BadRequest(f"`variables` are nested deeper than {_MAX_NESTING} levels.")
    return Operation(
        query=query,
        variables=variables,
        name=_field(given, "operationName", str),
        method=request.method,
        role=role,
        tell_cost=extensions.get("cost") is True,
    )


async def role_of(authorization: str, service: Service) -> Role:
    """Return what the sender of an Authorization header may do. Raises BadRequest for a token that nobody was given."""
    settings = service.settings
    anyone = Role.WRITE if settings.write == "open" else Role.READ if settings.read == "open" else Role.NOBODY
    scheme, _, token = authorization.partition(" ")
    known = Role.NOBODY
    # Other schemes are for whoever stands before this server.
    if scheme.lower() == "bearer":
        role = await service.call(partial(service.keyring.role_of, token.strip()))
        if role is None:
            raise BadRequest("The token is not known here.", 401, _BEARER, UNAUTHENTICATED)
        known = role
    if settings.read == "keys" and known < Role.READ:
        raise BadRequest("Send an API key as `Authorization: Bearer TOKEN`.", 401, _BEARER, UNAUTHENTICATED)
    return max(anyone, known)


def _field(given: Mapping[str, Any], name: str, kind: type) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        raise BadRequest(f"`{name}` has to be {'an object' if kind is dict else 'a string'}.")
    return value


def _check_origin(request: Request) -> None:
    """Refuse a GET that another site's page makes a browser send."""
    headers = request.headers
    foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    if foreign and not any(name in headers for name in _PREFLIGHTED):
        raise BadRequest(f"A GET request from another site needs the header {_PREFLIGHTED[0]}.", 403)


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise BadRequest(f"The body is larger than {limit} bytes.", 413, {"Connection": "close"})
    except ClientDisconnect as error:
        raise BadRequest("The request broke off.", 400) from error
    return bytes(body)


def _json(text: str | bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The request is not JSON: {error}.") from error


def _nesting(value: Any, depth: int = 0) -> int:
    if depth > _MAX_NESTING or not isinstance(value, dict | list):
        return depth
    parts = value.values() if isinstance(value, dict) else value
    return max((_nesting(part, depth + 1) for part in parts), default=depth)
