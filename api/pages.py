"""The pages and files that the API serves to browsers, all of them from this folder."""

from functools import cache
from pathlib import Path

from starlette.responses import HTMLResponse

STATIC = Path(__file__).parent / "static"

# Nothing may come from another place. GraphiQL sets styles from its script, so styles may be inline; scripts may not.
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def graphiql() -> HTMLResponse:
    """Return the query editor."""
    return _page("graphiql.html")


def index() -> HTMLResponse:
    """Return the front page."""
    return _page("index.html")


def _page(name: str) -> HTMLResponse:
    return HTMLResponse(_text(name), headers={"Content-Security-Policy": _POLICY, "Vary": "Accept"})


@cache
def _text(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
