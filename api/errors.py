"""How an error reaches the client: its own mistakes with a code and a way out, ours masked and logged."""

import logging
import re
from collections.abc import Iterable, Sequence

from graphql import GraphQLError, GraphQLFormattedError, GraphQLSyntaxError

from graph.answers.lookup import UnknownName
from graph.store import TooSlow

log = logging.getLogger(__name__)

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_USER_INPUT = "BAD_USER_INPUT"
BAD_REQUEST = "BAD_REQUEST"
NO_OPERATION = "OPERATION_RESOLUTION_FAILURE"
NOT_FOUND = "NOT_FOUND"
TIMEOUT = "TIMEOUT"
UNAUTHENTICATED = "UNAUTHENTICATED"
FORBIDDEN = "FORBIDDEN"
RATE_LIMITED = "RATE_LIMITED"
BUSY = "SERVICE_UNAVAILABLE"
ABANDONED = "CLIENT_CLOSED_REQUEST"
DOCUMENT_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
DOCUMENT_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
INTERNAL = "INTERNAL_SERVER_ERROR"

TOO_LONG = "The operation took too long; ask for less at once."

LOST = {"message": "Internal server error", "extensions": {"code": INTERNAL}}

_SUGGESTION = re.compile(r" Did you mean [^?]*\?")


class Refused(GraphQLError):
    """The client asked for something that can't be had; `code` says what sort of thing, the message says what to change."""

    def __init__(self, message: str, code: str = BAD_USER_INPUT, **more: object) -> None:
        super().__init__(message, extensions={"code": code, **more})


class NotFound(Refused):
    """Nothing has this name or id."""

    def __init__(self, message: str, name: str, suggestions: Sequence[str] = ()) -> None:
        # Tools that don't know the code (schemathesis) know by the classification that the mistake is the client's.
        super().__init__(message, NOT_FOUND, classification=BAD_REQUEST, name=name, suggestions=list(suggestions))


def present(
    errors: Iterable[GraphQLError], *, validated: bool, suggestions: bool, request_id: str
) -> list[GraphQLFormattedError]:
    """Return the errors as the client may see them; `validated` says that the document itself was found to be valid."""
    return [_present(error, validated=validated, suggestions=suggestions, request_id=request_id) for error in errors]


def _present(error: GraphQLError, *, validated: bool, suggestions: bool, request_id: str) -> GraphQLFormattedError:
    shown = error.formatted
    cause = _cause(error)
    if isinstance(cause, TooSlow):
        cause = Refused(TOO_LONG, TIMEOUT)
    if isinstance(cause, UnknownName):
        cause = NotFound(str(cause), cause.name, cause.suggestions)
    if isinstance(cause, Refused):
        shown["message"] = cause.message
        shown["extensions"] = dict(cause.extensions or {})
    elif isinstance(cause, GraphQLError):
        shown["extensions"] = {"code": _code(cause, validated)}
        if not suggestions:
            shown["message"] = _SUGGESTION.sub("", shown["message"])
    elif isinstance(cause, RecursionError):
        shown["message"] = "The query or its variables are nested too deeply."
        shown["extensions"] = {"code": BAD_USER_INPUT if validated else VALIDATION_FAILED}
    else:
        log.error("request %s failed at %s", request_id, error.path, exc_info=cause)
        shown["message"] = "Internal server error"
        shown["extensions"] = {"code": INTERNAL, "requestId": request_id}
    return shown


def _cause(error: GraphQLError) -> BaseException:
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _code(error: GraphQLError, validated: bool) -> str:
    if isinstance(error, GraphQLSyntaxError):
        return PARSE_FAILED
    return BAD_USER_INPUT if validated else VALIDATION_FAILED
