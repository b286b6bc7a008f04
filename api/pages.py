"""The pages and files that the API serves to browsers, all of them from this folder."""

from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse, Response

STATIC = Path(__file__).parent / "static"
_DOCS = Path(__file__).parent.parent / "docs" / "graphql.md"

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


def docs() -> Response:
    """Return the page for front-end developers, as it is. Raises HTTPException where the project's docs aren't installed."""
    if not _DOCS.is_file():
        raise HTTPException(404, "The docs are not installed here; they are docs/graphql.md of the project.")
    return PlainTextResponse(_DOCS.read_text(encoding="utf-8"), media_type="text/markdown")


def _page(name: str) -> HTMLResponse:
    return HTMLResponse(_text(name), headers={"Content-Security-Policy": _POLICY, "Vary": "Accept"})


@cache
def _text(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")
