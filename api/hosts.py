"""Requests for other hosts and from other sites' pages are refused, before anything is done for them.

A page of another site can have its own name resolve to 127.0.0.1 (DNS rebinding): its browser then takes this server for that
site, and sends no preflight. What the page can't change is the name in `Host`.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from api import transport
from api.errors import FORBIDDEN
from api.requests import BadRequest

# Files that are the same for everyone, which Neo4j Browser fetches from its own origin.
PUBLIC = "/neo4j-browser/"


def only_for(app: ASGIApp, *, hosts: Collection[str], origins: Collection[str]) -> ASGIApp:
    """Return the app, asked only for these hosts (for any, if there are none), and only from its own pages or these origins."""
    names = {name.lower().strip("[]") for name in hosts}

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] in ("http", "websocket") and not scope["path"].startswith(PUBLIC)
        refused = _refused(Headers(scope=scope), names, origins) if asked else None
        if refused is None:
            await app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(reason=refused.message)(scope, receive, send)
        else:
            await transport.refusal(refused)(scope, receive, send)

    return call


def _refused(headers: Headers, hosts: Collection[str], origins: Collection[str]) -> BadRequest | None:
    host, origin = headers.get("host", "").lower(), headers.get("origin")
    if hosts and _name(host) not in hosts:
        return BadRequest(f"{host!r} is not a host that is served here: add it to SOTAGRAPH_ALLOWED_HOSTS.", 421)
    if origin is not None and origin.lower().partition("://")[2] != host and not {origin, "*"} & {*origins}:
        return BadRequest(
            f"Pages of {origin} may not ask here: add it to SOTAGRAPH_CORS_ORIGINS.", 403, {"Vary": "Origin"}, FORBIDDEN
        )
    return None


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
