"""Open a driver with bounded waits, and turn what Neo4j says of a failure into a sentence that a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.store import StoreError, TooSlow

CONNECT_SECONDS = 5.0
RETRY_SECONDS = 10.0
OLDEST = (5, 26)
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


def connect(uri: str, user: str, password: str) -> neo4j.Driver:
    """Return a driver that has reached a server which is new enough.

    Raises StoreError.
    """
    if not _fits(uri):
        raise StoreError("This is no address of a Neo4j; one looks like bolt://host:7687 or neo4j+s://host.")
    with explained(uri, user):
        driver = _driver(uri, user, password)
        try:
            agent = driver.get_server_info().agent
            if _version(agent) < OLDEST:
                raise StoreError(f"{host(uri)} runs {agent}; sotagraph needs Neo4j {OLDEST[0]}.{OLDEST[1]} or newer.")
        except BaseException:
            driver.close()
            raise
    return driver


def host(uri: str) -> str:
    """Return the host and port of an address, without the user and password that it may hold."""
    parts = urlsplit(uri)
    return f"{parts.hostname or 'localhost'}:{parts.port or 7687}"


@contextmanager
def explained(uri: str, user: str, database: str | None = None) -> Iterator[None]:
    """Raise what the driver raises as a StoreError that names the host and the fix, never the password."""
    try:
        yield
    except (DriverError, Neo4jError) as error:
        kind = TooSlow if _timed_out(error) else StoreError
        raise kind(f"Neo4j at {host(uri)}: {_sentence(error, user, database)}") from error


def _driver(uri: str, user: str, password: str) -> neo4j.Driver:
    options: dict[str, Any] = {
        "connection_timeout": CONNECT_SECONDS,
        "connection_acquisition_timeout": 2 * CONNECT_SECONDS,
        "max_transaction_retry_time": RETRY_SECONDS,
        # Connections that a server or firewall has dropped while idle are tested before use.
        "liveness_check_timeout": 30.0,
        "notifications_min_severity": "OFF",
        "user_agent": "sotagraph",
    }
    return neo4j.GraphDatabase.driver(uri, auth=(user, password), **options)


def _fits(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme in SCHEMES and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        return False


def _version(agent: str) -> tuple[int, ...]:
    numbers = agent.rpartition("/")[2].split("-")[0].split(".")
    return tuple(int(number) for number in numbers[:2] if number.isdigit())


def _timed_out(error: Exception) -> bool:
    return (getattr(error, "code", None) or "").endswith(("TransactionTimedOut", "TransactionTimedOutClientConfiguration"))


def _sentence(error: Exception, user: str, database: str | None) -> str:
    code = getattr(error, "code", None) or ""
    match error:
        case IncompleteCommit():
            return "the connection broke during a commit. Write again: writing twice changes nothing."
        case ServiceUnavailable() | SessionExpired():
            return "no Neo4j answers there. Start it, or name another store with --store."
        case ConfigurationError():
            return f"the address can't be used: {error}"
        case _ if code.endswith("CredentialsExpired"):
            return f"user {user!r} has to choose a new password first. Log in with Neo4j Browser once."
        case _ if code.endswith("AuthenticationRateLimit"):
            return f"too many wrong passwords for user {user!r}. Wait a few seconds, then use the right one."
        case AuthError() if code.endswith("Unauthorized"):
            return f"user {user!r} or its password is wrong. Give them as neo4j://user:password@host:7687."
        case _ if code.endswith("DatabaseNotFound"):
            return f"there is no database {database!r}. Community has one, called 'neo4j'."
        case _ if ".Security." in code:
            return f"user {user!r} may not do this. Give it the right to read, write and make indexes."
        case _ if _timed_out(error):
            return "it took too long and was taken back. Ask for less or write fewer papers at once, or try again later."
        case _ if "MemoryPool" in code or "OutOfMemory" in code:
            return "the server has too little memory for this transaction, which was taken back. Write fewer papers at once."
        case Neo4jError():
            return f"it says: {(error.message or code).splitlines()[0][:300]}"
        case _:
            return f"the driver says: {error}"
