"""From an HTTP request to an operation: its method, media type, size and fields, and whether another site sent it."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from api.errors import BAD_REQUEST
from api.execute import Operation
from api.keys import Role

# Any of these makes a browser ask first (CORS preflight), so that a foreign page can't send it unseen.
_PREFLIGHTED = ("graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name")
_ALLOW = {"Allow": "GET, POST"}
_MAX_NESTING = 32


class BadRequest(Exception):
    """The request is no GraphQL request; `status` says in which way."""

    def __init__(
        self, message: str, status: int = 400, headers: Mapping[str, str] | None = None, code: str = BAD_REQUEST
    ) -> None:
        super().__init__(message)
        self.message, self.status, self.headers, self.code = message, status, headers, code

    @property
    def shown(self) -> dict[str, Any]:
        """The error as GraphQL clients read it."""
        return {"message": self.message, "extensions": {"code": self.code}}


async def read(request: Request, *, role: Role, limit: int) -> Operation:
    """Return what the request asks for. Raises BadRequest."""
    if request.method == "GET":
        _check_origin(request)
        given: Any = dict(request.query_params)
        for name in ("variables", "extensions"):
            if name in given:
                given[name] = _json(given[name]) if given[name] else None
    elif request.method == "POST":
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise BadRequest("The body has to be application/json.", 415)
        given = _json(await _body(request, limit))
    else:
        raise BadRequest("GraphQL is served by GET and POST.", 405, _ALLOW)
    return operation_of(given, method=request.method, role=role)


def operation_of(given: Any, *, method: str, role: Role) -> Operation:
    """Return the operation that a client has put into an object. Raises BadRequest."""
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
        method=method,
        role=role,
        tell_cost=extensions.get("cost") is True,
    )


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
