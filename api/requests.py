"""From an HTTP request to an operation: its method, media type, size and fields, and whether another site sent it."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from api.documents import document_of
from api.errors import BAD_REQUEST, Refused
from api.execute import Operation
from api.keys import Caller
from api.settings import ApiSettings

# Any of these makes a browser ask first (CORS preflight), so that a foreign page can't send it unseen.
_PREFLIGHTED = ("graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name")
_ALLOW = {"Allow": "GET, POST"}
_MAX_NESTING = 32
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


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


class Malformed(BadRequest):
    """The request is JSON, and has not what a GraphQL request has."""


async def read(request: Request, caller: Caller, settings: ApiSettings) -> Operation:
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
        given = _json(await _body(request, settings.max_body_bytes))
    else:
        raise BadRequest("GraphQL is served by GET and POST.", 405, _ALLOW)
    return operation_of(given, caller, settings, method=request.method, request_id=request.state.request_id)


def id_of(header: str | None) -> str:
    """Return the id of a request: the one that it came with, if that can be shown, else a new one."""
    return header if header and _ID.fullmatch(header) else uuid.uuid4().hex


def operation_of(given: Any, caller: Caller, settings: ApiSettings, *, method: str, request_id: str) -> Operation:
    """Return the operation that a client has put into an object. Raises Malformed."""
    if not isinstance(given, dict):
        raise Malformed("The request has to be a JSON object with a `query`; batches are not served.")
    extensions = _field(given, "extensions", dict) or {}
    try:
        query = document_of(given, extensions, settings.documents, only=settings.documents_only)
    except Refused as error:
        raise Malformed(error.message, code=str((error.extensions or {})["code"])) from error
    if not isinstance(query, str):
        raise Malformed("`query` has to be the text of a GraphQL document.")
    if len(query) > settings.max_query_length:
        raise Malformed(f"`query` is longer than {settings.max_query_length} characters; send values as `variables`.")
    variables = _field(given, "variables", dict)
    if _nesting(variables) > _MAX_NESTING:
        raise Malformed(f"`variables` are nested deeper than {_MAX_NESTING} levels.")
    return Operation(
        query=query,
        variables=variables,
        name=_field(given, "operationName", str),
        method=method,
        caller=caller,
        request_id=request_id,
        tell_cost=extensions.get("cost") is True,
    )


def _field(given: Mapping[str, Any], name: str, kind: type) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, kind):
        raise Malformed(f"`{name}` has to be {'an object' if kind is dict else 'a string'}.")
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
