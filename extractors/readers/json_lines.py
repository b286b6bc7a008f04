"""JSON Lines: one paper, or one extraction record, a line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from extractors.readers.decode import replace_surrogates
from extractors.readers.fields import to_paper
from extractors.readers.lines import Line, split_lines
from extractors.readers.outcome import Skipped, shown, too_large
from schema.record_json import record_from_json
from schema.records import ExtractionRecord, Paper, Span


class DuplicateKey(ValueError):
    """One JSON object gives two values to one key."""


def read_jsonl(pieces: Iterator[str], _name: str) -> Iterator[Paper | Skipped]:
    """Yield the paper of each line that isn't blank."""
    for line in split_lines(pieces):
        entry = _entry(line)
        if isinstance(entry, dict):
            yield to_paper(entry, where=f"line {line.number}")
        elif entry is not None:
            yield entry


def read_records(pieces: Iterator[str], _name: str) -> Iterator[ExtractionRecord | Skipped]:
    """Yield the extraction record of each line that isn't blank, if each of its spans quotes its paper."""
    for line in split_lines(pieces):
        entry = _entry(line)
        if isinstance(entry, dict):
            yield _record(entry, where=f"line {line.number}")
        elif entry is not None:
            yield entry


def parse_json(text: str) -> Any:
    """Return the JSON value. Raises ValueError, also for two values of one key, and for nesting that is too deep.

    Control characters inside strings are accepted: abstracts copied from PDF files have them.
    """
    try:
        return json.loads(text, strict=False, object_pairs_hook=_object)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _entry(line: Line) -> dict[str, Any] | Skipped | None:
    where = f"line {line.number}"
    if line.text is None:
        return too_large(where)
    if not line.text.strip():
        return None
    try:
        entry = parse_json(line.text)
    except DuplicateKey as error:
        return Skipped(where, "duplicate_key", f"{error}; keep one of them")
    except json.JSONDecodeError as error:
        near = shown(line.text[max(error.pos - 10, 0) : error.pos + 20])
        return Skipped(where, "bad_json", f"not valid JSON at column {error.colno}, near {near}: {error.msg}")
    except ValueError as error:
        return Skipped(where, "bad_json", f"not usable JSON: {error}")
    if isinstance(entry, dict):
        return entry
    return Skipped(where, "not_an_object", f"{shown(entry)} is no object; write {{'title': …, 'abstract': …}} a line")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        for key, value in pairs:
            if made[key] != value:
                raise DuplicateKey(f"the key {shown(key)} has two values, {shown(value)} and {shown(made[key])}")
    return made


def _record(entry: dict[str, Any], *, where: str) -> ExtractionRecord | Skipped:
    paper = to_paper(entry, where=where)
    if isinstance(paper, Skipped):
        return paper
    try:
        record = record_from_json(_clean(entry))
    except KeyError as error:
        return Skipped(where, "bad_record", f"the field or value {error} is missing or unknown; extract the paper again")
    except (AttributeError, TypeError, ValueError) as error:
        return Skipped(where, "bad_record", f"not an extraction record: {error}; extract the paper again")
    for span in _spans(record):
        if record.paper.text[span.start : span.end] != span.text:
            return Skipped(where, "bad_record", f"{shown(span.text)} is not at [{span.start}, {span.end}) of the paper")
    return record


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    return value


def _spans(record: ExtractionRecord) -> Iterator[Span]:
    for entity in record.entities:
        yield from entity.mentions
    for facts in (record.results, record.claims, record.links):
        yield from (fact.evidence for fact in facts)
