"""The format of an input, told by its beginning."""

import re

from extractors.readers.bibtex import ENTRY
from extractors.readers.csv_table import split_header
from extractors.readers.fields import field_of
from extractors.readers.json_file import LIST_KEYS
from extractors.readers.json_lines import parse_json

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml\b|(?:\w+:)?feed\b|rss\b)", re.IGNORECASE)
_JSON_LIST = re.compile(rf'\s*(?:\[|\{{\s*"(?:{"|".join(LIST_KEYS)})"\s*:\s*\[)')
_TABLES = re.compile(r'"sota"\s*:\s*\{')
_EVALS = re.compile(r'"evaluation_results"\s*:\s*\[')
_RECORD_KEYS = frozenset({"entities", "claims", "links", "extractor"})


def recognise(head: str) -> str:
    """Return the name of the format that the first characters of an input show, "text" if no other."""
    if _XML.match(head) and not _HTML.match(head):
        return "arxiv"
    if found := _json_kind(head):
        return found
    lines = [line for line in head.split("\n") if line.strip() and not line.lstrip().startswith("%")]
    if lines and ENTRY.match(lines[0]):
        return "bibtex"
    _, header = split_header(lines[0]) if lines else ("", [])
    known = set(map(field_of, header)) - {None}
    if len(known) >= 2 and known & {"title", "abstract"}:
        return "csv"
    # Reference managers put a few lines of their own in front of the first entry.
    if any(ENTRY.match(line) for line in lines[:20]):
        return "bibtex"
    return "text"


def _json_kind(head: str) -> str | None:
    if head.lstrip()[:1] in ("[", "{"):
        if _TABLES.search(head):
            return "tables"
        if _EVALS.search(head) and '"model_info"' in head:
            return "evals"
    if _JSON_LIST.match(head):
        return "json"
    lines = [line for line in head.split("\n")[:50] if line.strip()]
    values = list(filter(None, map(_object, lines)))
    if values and 2 * len(values) >= len(lines) - 1:
        return "records" if values[0].keys() >= _RECORD_KEYS else "jsonl"
    if head.lstrip().startswith("{"):
        # Either one object over many lines, or a first line that is longer than what was looked at.
        return "json" if len(lines) > 1 else "jsonl"
    return None


def _object(line: str) -> dict[str, object] | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        value = parse_json(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
