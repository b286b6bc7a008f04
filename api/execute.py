"""One GraphQL operation, from its text to the body of its response: off the event loop, within its time, its errors shown."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from graphql import GraphQLError
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from api.context import Context
from api.errors import ABANDONED, BAD_REQUEST, BUSY, LOST, NO_OPERATION, TIMEOUT, TOO_LONG, Refused, present
from api.feeds import Feed, Source
from api.ingestion import Ingestion
from api.keys import Caller, Keyring
from api.limiter import Limiter, Standing
from api.root import graphql_schema
from api.settings import ApiSettings
from api.telemetry import Telemetry
from api.turns import Abandoned, Busy, Gone, Turns
from graph.store import Store, StoreError

T = TypeVar("T")

log = logging.getLogger(__name__)

_ALLOWED = {
    "GET": {OperationType.QUERY},
    "POST": {OperationType.QUERY, OperationType.MUTATION},
    "GET STREAM": {OperationType.QUERY, OperationType.SUBSCRIPTION},
    "POST STREAM": {OperationType.QUERY, OperationType.MUTATION, OperationType.SUBSCRIPTION},
}
_QUIET_POLLS = 40


class NotByGet(Exception):
    """A GET request may not change anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What a client sends."""

    query: str
    variables: dict[str, Any] | None
    name: str | None
    method: str
    caller: Caller
    request_id: str
    tell_cost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the client gets; `started` says that the operation was executed, so that there is data, if only null, and `retry`
    in how many seconds to come back with one that wasn't, since the server is busy."""

    body: dict[str, Any]
    started: bool
    standing: Standing | None = None
    retry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What executes operations; it lives as long as the app."""

    store: Store
    ingestion: Ingestion
    settings: ApiSettings
    keyring: Keyring
    limiter: Limiter | None
    telemetry: Telemetry
    threads: Executor
    turns: Turns
    jobs: Executor

    async def call(self, question: Callable[[], T]) -> T:
        """Return what a function of the store gives, asked in one of its threads."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, question)

    async def execute(self, operation: Operation, feed: Feed | None = None, *, gone: Gone | None = None) -> Response:
        """Return the response to an operation, or to one event of it; `gone` tells whether its client still waits.

        Raises NotByGet.
        """
        start = monotonic()
        context = Context(
            behind=self.store,
            ingestion=self.ingestion,
            behind_the_scenes=self.jobs.submit,
            caller=operation.caller,
            limiter=self.limiter,
            settings=self.settings,
            request_id=operation.request_id,
            operation=operation.name,
            feed=feed or Feed(),
        )
        response = await self._in_its_turn(operation, context, gone)
        self.telemetry.note(
            request_id=context.request_id,
            name=operation.name,
            kind=context.kind,
            caller=context.caller.name,
            seconds=monotonic() - start,
            cost=context.cost,
            codes=[error["extensions"]["code"] for error in response.body.get("errors", ())],
        )
        return response

    async def _in_its_turn(self, operation: Operation, context: Context, gone: Gone | None) -> Response:
        try:
            await self.turns.take(gone)
        except Busy as busy:
            return _response(None, [Refused(str(busy), BUSY)], context, started=False, retry=busy.seconds)
        except Abandoned:
            return _response(None, [Refused("The client went away.", ABANDONED)], context, started=False)
        # Time in line is the server's, not the operation's.
        context.begin()
        work = asyncio.get_running_loop().run_in_executor(self.threads, self._run, operation, context)
        self.turns.use(work)
        # A mutation moves the deadline while it runs.
        while (left := context.deadline - monotonic()) > 0:
            done, _ = await asyncio.wait({work}, timeout=left)
            if done:
                return await work
        late = Refused(TOO_LONG, TIMEOUT)
        return _response(None, [late], context, started=True)

    async def stream(self, operation: Operation) -> AsyncIterator[Response | None]:
        """Yield the response to an operation or to each event of a subscription, and None now and then while there is none."""
        feed = Feed()
        response = await self.execute(operation, feed)
        if feed.source is None:
            yield response
            return
        with self.telemetry.watched():
            async for event in self._events(operation, feed, feed.source):
                yield event

    async def _events(self, operation: Operation, feed: Feed, source: Source) -> AsyncIterator[Response | None]:
        more, quiet = True, 0
        while more:
            try:
                found, more = await self.call(source.poll)
            except StoreError:
                log.exception("a subscription lost its store")
                yield Response(body={"errors": [LOST]}, started=True)
                return
            for feed.event in found:
                yield await self.execute(operation, feed)
            quiet = 0 if found else quiet + 1
            if quiet % _QUIET_POLLS == _QUIET_POLLS - 1:
                yield None
            if more:
                await asyncio.sleep(self.settings.poll_seconds)

    def _run(self, operation: Operation, context: Context) -> Response:
        with self.telemetry.span(f"graphql {operation.name or 'operation'}"):
            return _executed(operation, context)


def _executed(operation: Operation, context: Context) -> Response:
    try:
        result = graphql_schema.execute_sync(
            operation.query,
            variable_values=operation.variables,
            operation_name=operation.name,
            context_value=context,
            allowed_operation_types=_ALLOWED[operation.method],
        )
    except MissingQueryError:
        return _response(None, [Refused("`query` is empty.", BAD_REQUEST)], context, started=False)
    except CannotGetOperationTypeError as error:
        refused = Refused(error.as_http_error_reason(), NO_OPERATION)
        return _response(None, [refused], context, started=False)
    except InvalidOperationTypeError as error:
        if operation.method == "GET" and error.operation_type is OperationType.MUTATION:
            raise NotByGet from error
        if error.operation_type is OperationType.SUBSCRIPTION:
            refused = Refused("A subscription needs a WebSocket, or Accept: text/event-stream.", NO_OPERATION)
            return _response(None, [refused], context, started=False)
        refused = Refused(f"There is no {error.operation_type.value} here.", NO_OPERATION)
        return _response(None, [refused], context, started=False)
    errors = result.errors or []
    started = result.data is not None or any(error.path for error in errors)
    response = _response(result.data, errors, context, started=started)
    if operation.tell_cost and context.cost is not None:
        response.body["extensions"] = {"cost": {"requested": context.cost, "most": context.settings.max_cost}}
    return response


def _response(data: Any, errors: list[GraphQLError], context: Context, *, started: bool, retry: int | None = None) -> Response:
    shown = present(
        errors, validated=context.validated, suggestions=context.settings.suggestions, request_id=context.request_id
    )
    body = {**({"errors": shown} if errors else {}), **({"data": data} if started else {})}
    return Response(body=body, started=started, standing=context.standing, retry=retry)
