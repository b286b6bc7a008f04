"""The fields of one entry, as JSON or CSV or BibTeX has them, to a paper."""

import math
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from extractors.readers.decode import replace_surrogates
from extractors.readers.outcome import PAPER_LIMIT, Skipped, shown, too_large
from schema.records import Paper

# Each field's names in the wild, the plainest first: a file that has both `abstract` and `summary` means the first.
NAMES = {
    "id": ("id", "paper_id", "paperid", "key"),
    "title": ("title", "paper_title", "article_title"),
    "abstract": ("abstract", "summary", "abstract_note", "abstract_text", "paper_abstract", "description"),
    "year": ("year", "publication_year", "pub_year", "published_year"),
    "date": ("date", "published", "publication_date", "publicationdate", "published_date", "submitted"),
    "url": ("url", "link", "paper_url", "url_abs"),
    "arxiv_id": ("arxiv_id", "arxiv", "arxivid", "arxiv_number"),
    "doi": ("doi",),
    "authors": ("authors", "author", "creators", "author_names"),
    "venue": ("venue", "journal", "conference", "booktitle", "publication_title", "source_title", "journal_ref"),
    "source": ("source",),
}
_FIELD = {name: field for field, names in NAMES.items() for name in names}
_RANK = {name: rank for names in NAMES.values() for rank, name in enumerate(names)}
_DATE = re.compile(r"(\d{4})(?:[-/](\d{2})(?:[-/](\d{2}))?)?(?:[T ]\d{2}:.*)?")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_NAME_PARTS = (("name",), ("given", "family"), ("first", "last"), ("first_name", "last_name"))


class BadField(ValueError):
    """A field is there, but not of its kind."""


def to_paper(entry: Mapping[str, object], *, where: str) -> Paper | Skipped:
    """Return the paper that the entry describes, whatever usual names its fields have."""
    fields = by_field(entry)
    try:
        title, abstract = _text(fields, "title"), _text(fields, "abstract")
        if title is None:
            return Skipped(where, "no_title", f"the title is missing or empty (fields: {shown(list(entry))}); give one")
        if abstract is None:
            return Skipped(where, "no_abstract", f"{shown(title)} has no abstract to read; add one")
        if len(title) + len(abstract) > PAPER_LIMIT:
            return too_large(where)
        return Paper(
            title=title,
            abstract=abstract,
            given_id=_id(fields.get("id")),
            year=_year(fields.get("year")),
            date=_date(fields.get("date")),
            url=_text(fields, "url"),
            arxiv_id=_text(fields, "arxiv_id"),
            doi=_text(fields, "doi"),
            venue=_text(fields, "venue"),
            authors=_authors(fields.get("authors")),
            source=_text(fields, "source") or "local",
        )
    except BadField as error:
        return Skipped(where, "bad_field", str(error))


def by_field(entry: Mapping[str, object]) -> dict[str, object]:
    """Return the entry's values by our field names; of two names of one field the plainer one with a value wins."""
    found: dict[str, tuple[int, object]] = {}
    for name, value in entry.items():
        key = fold_name(name)
        field = _FIELD.get(key)
        if field is None or _is_missing(value):
            continue
        if field not in found or _RANK[key] < found[field][0]:
            found[field] = _RANK[key], value
    return {field: value for field, (_, value) in found.items()}


@lru_cache(maxsize=256)
def fold_name(name: str) -> str:
    """Return a field's name without case and with one kind of space: "Publication Year" is "publication_year"."""
    return re.sub(r"[\s\-]+", "_", name.strip().casefold())


def field_of(name: str) -> str | None:
    """Return our name of a field that a file calls `name`, None if we have no use for it."""
    return _FIELD.get(fold_name(name))


def only_year(text: str) -> str | None:
    """Return the year that the text has in it, None if it has none or several.

    >>> only_year("March 2024"), only_year("2020--2021")
    ('2024', None)
    """
    years = set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def fold_lines(text: str) -> str:
    """Return the text in one line, for formats in which a line break is only a space."""
    return " ".join(filter(None, map(str.strip, text.split("\n"))))


def _is_missing(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], {}) or (isinstance(value, float) and math.isnan(value))


def _text(fields: Mapping[str, object], field: str) -> str | None:
    value = fields.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadField(f"{field} is {shown(value)}, not a string; put it in quotes")
    return replace_surrogates(value)


def _id(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text({"id": value}, "id")


def _year(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, str) and (year := only_year(value)):
        return int(year)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value in range(1800, 2100):
        return int(value)
    raise BadField(f"year is {shown(value)}, not a year such as 2024; mend or remove it")


def _date(value: object) -> str | None:
    if value is None:
        return None
    text = value.strip() if isinstance(value, str) else ""
    if match := _DATE.fullmatch(text):
        year, month, day = match.groups()
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            pass
        else:
            return "-".join(part for part in (year, month, day) if part)
    elif year := only_year(text):
        # "March 2024", "3/4/2024": the year is certain, the rest a matter of country.
        return year
    raise BadField(f"date is {shown(value)}, not YYYY, YYYY-MM or YYYY-MM-DD; mend or remove it")


def _authors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    names = _split_names(value) if isinstance(value, str) else value
    if not isinstance(names, list):
        raise BadField(f"authors is {shown(value)}, not a list of names; write it as a list of strings")
    return tuple(filter(None, map(_author, names)))


def _author(value: object) -> str:
    if isinstance(value, Mapping):
        for parts in _NAME_PARTS:
            if all(isinstance(value.get(part), str) for part in parts):
                return replace_surrogates(" ".join(value[part] for part in parts))
    if not isinstance(value, str):
        raise BadField(f"authors holds {shown(value)}, not a name; write it as a string")
    return replace_surrogates(value)


def _split_names(text: str) -> list[str]:
    # "A B; C D", "A B and C D", "A B, C D and E F"; but "Curie, Marie" is one name.
    if re.search(r"[;|]", text):
        parts = re.split(r"[;|]", text)
    else:
        parts = re.split(r",? and ", " ".join(text.split()))
        commas = [name.strip() for part in parts for name in part.split(",")]
        if all(" " in name for name in commas):
            parts = commas
    return [part.strip() for part in parts if part.strip()]
