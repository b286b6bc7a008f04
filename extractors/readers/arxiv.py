"""An Atom feed as arXiv's API gives it, read by feedparser."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax import SAXParseException

import feedparser

from extractors.readers.fields import fold_lines, to_paper
from extractors.readers.lines import whole
from extractors.readers.outcome import Skipped, UnreadableInput
from schema.records import Paper

_ID = re.compile(r"arxiv\.org/abs/(.+?)(?:v\d+)?$")


def read_arxiv(pieces: Iterator[str], name: str) -> Iterator[Paper | Skipped]:
    """Yield the paper of each entry, its arXiv id without version, its date the first version's.

    Raises UnreadableInput where the feed is broken, isn't Atom, or is arXiv's report of an error.
    """
    text = whole(pieces, name=name, remedy="ask arXiv for fewer results at a time")
    feed = feedparser.parse(
        io.BytesIO(text.encode()),
        # The text is UTF-8 by now, whatever its XML declaration says.
        response_headers={"content-type": "application/atom+xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    broken = feed.get("bozo_exception")
    if isinstance(broken, SAXParseException):
        place = f"line {broken.getLineNumber()}, column {(broken.getColumnNumber() or 0) + 1}"
        raise UnreadableInput(f"{name}: {place}: not valid XML: {broken.getMessage()}; fetch the feed again")
    if not feed.version.startswith("atom"):
        found = feed.version or "XML without a feed"
        raise UnreadableInput(f"{name}: found {found}, not an Atom feed; save what export.arxiv.org/api/query returns")
    for position, entry in enumerate(feed.entries, start=1):
        if "arxiv.org/api/errors" in entry.get("id", ""):
            raise UnreadableInput(f"{name}: arXiv answered with an error: {entry.get('summary', '')}; mend the query")
        yield to_paper(_fields(entry), where=f"entry {position}")


def _fields(entry: Mapping[str, Any]) -> dict[str, object]:
    published = entry.get("published", "")[:10]
    arxiv_id = _ID.search(entry.get("id", ""))
    return {
        "id": arxiv_id.group(1) if arxiv_id else entry.get("id"),
        "arxiv_id": arxiv_id.group(1) if arxiv_id else None,
        "title": fold_lines(entry.get("title", "")),
        "abstract": fold_lines(entry.get("summary", "")),
        "year": published[:4],
        "date": published,
        "url": entry.get("link"),
        "doi": entry.get("arxiv_doi"),
        "venue": fold_lines(entry.get("arxiv_journal_ref", "")),
        "authors": [author["name"] for author in entry.get("authors", ()) if author.get("name")],
        "source": "arxiv",
    }
