"""Subscriptions on the wire: graphql-transport-ws by strawberry's handler, server-sent events by this file."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types.execution import ExecutionResult, PreExecutionError

from api.auth import caller_of
from api.execute import Operation, Service
from api.keys import Caller, Role
from api.requests import BadRequest, id_of, operation_of

_PER_CONNECTION = 100


def events(service: Service, operation: Operation) -> StreamingResponse:
    """Return the responses to an operation as server-sent events, as graphql-sse reads them."""

    async def lines() -> AsyncIterator[bytes]:
        async for response in service.stream(operation):
            # A comment keeps whoever stands between from taking a quiet stream for a dead one.
            yield b"event: next\ndata: " + orjson.dumps(response.body) + b"\n\n" if response else b":\n\n"
        yield b"event: complete\ndata:\n\n"

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines(), headers=headers, media_type="text/event-stream")


class _Connection:
    """What is known of one socket."""

    def __init__(self, header: str, address: str) -> None:
        self.header, self.address = header, address
        self.connection_params: Mapping[str, Any] = {}
        self.caller = Caller(address, Role.NOBODY)


class Sockets(GraphQL[Any, Any]):
    """The endpoint of sockets; strawberry speaks the protocol, and asks `stream` where it would ask a schema."""

    def __init__(self, service: Service) -> None:
        super().__init__(
            schema=_Streams(service),  # type: ignore[arg-type]  # only its `stream` is ever asked
            graphql_ide=None,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            max_subscriptions_per_connection=_PER_CONNECTION,
            allowed_origins=service.settings.cors_origins,
        )
        self._service = service

    async def get_context(self, request: Request | WebSocket, response: Any) -> _Connection:  # noqa: ARG002 - strawberry's
        address = request.client.host if request.client else "unknown"
        return _Connection(request.headers.get("authorization", ""), address)

    async def on_ws_connect(self, context: _Connection) -> Any:
        given = {name.lower(): value for name, value in context.connection_params.items()}
        try:
            header = str(given.get("authorization", context.header))
            context.caller = await caller_of(header, context.address, self._service)
        except BadRequest as error:
            raise ConnectionRejectionError from error
        return await super().on_ws_connect(context)


class _Shown:
    """An error in the form that clients see."""

    def __init__(self, formatted: Mapping[str, Any]) -> None:
        self.formatted = formatted
        self.original_error = None


class _Streams:
    def __init__(self, service: Service) -> None:
        self._service = service

    async def stream(
        self,
        query: Any,
        variable_values: Any,
        context_value: _Connection,
        root_value: Any,  # noqa: ARG002 - strawberry gives it
        operation_name: Any,
    ) -> AsyncIterator[ExecutionResult | PreExecutionError]:
        return self._results({"query": query, "variables": variable_values, "operationName": operation_name}, context_value)

    async def _results(
        self, given: Mapping[str, Any], connection: _Connection
    ) -> AsyncIterator[ExecutionResult | PreExecutionError]:
        try:
            operation = operation_of(
                given, connection.caller, self._service.settings, method="POST STREAM", request_id=id_of(None)
            )
        except BadRequest as error:
            yield PreExecutionError(data=None, errors=[_Shown(error.shown)])  # type: ignore[list-item]  # all that is read of one
            return
        async for response in self._service.stream(operation):
            if response:
                errors: Any = [_Shown(error) for error in response.body.get("errors", ())]
                kind = ExecutionResult if response.started else PreExecutionError
                yield kind(data=response.body.get("data"), errors=errors or None)
