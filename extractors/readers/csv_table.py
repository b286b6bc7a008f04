"""A table with a header: comma, tab or semicolon between its columns."""

import csv
from collections import deque
from collections.abc import Iterator
from itertools import zip_longest

from extractors.readers.fields import NAMES, field_of, fold_name, to_paper
from extractors.readers.lines import Line, split_lines
from extractors.readers.outcome import PAPER_LIMIT, Skipped, UnreadableInput, shown, too_large
from schema.records import Paper

_SEPARATORS = (",", "\t", ";")
# What spreadsheets and data frames write into an empty cell.
_EMPTY = frozenset({"", "na", "n/a", "nan", "none", "null", "-"})


def read_csv(pieces: Iterator[str], name: str) -> Iterator[Paper | Skipped]:
    """Yield the paper of each row.

    Raises UnreadableInput where the header has no column, or two, for the title or the abstract.
    """
    # The library's limit of 131,072 characters a field is one setting for the whole process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), PAPER_LIMIT))
    lines = split_lines(pieces)
    first = next((line for line in lines if line.text is None or line.text.strip()), Line(1, ""))
    if first.text is None:
        raise UnreadableInput(f"{name}: line {first.number}: the header is longer than {PAPER_LIMIT:,} characters")
    separator, header = split_header(first.text)
    _check_header(header, f"{name}: line {first.number}")
    for row in _rows(lines, separator):
        if isinstance(row, Skipped):
            yield row
            continue
        line, cells = row
        where = f"line {line}"
        if len(cells) > len(header):
            detail = f"{len(cells)} cells for {len(header)} columns; put quotes around text that has {separator!r} in it"
            yield Skipped(where, "wrong_columns", detail)
        elif any(cell.strip() for cell in cells):
            yield to_paper(_by_column(header, cells), where=where)


def split_header(line: str) -> tuple[str, list[str]]:
    """Return the separator that finds most known columns in a header line, and the columns."""

    def columns(separator: str) -> list[str]:
        return next(csv.reader([line], delimiter=separator), [])

    best = max(_SEPARATORS, key=lambda separator: len(set(map(field_of, columns(separator))) - {None}))
    return best, columns(best)


def _check_header(header: list[str], where: str) -> None:
    names = list(map(fold_name, header))
    for field in ("title", "abstract"):
        known = [name for name in NAMES[field] if name in names]
        if not known:
            raise UnreadableInput(
                f"{where}: no column for the {field} among {shown(header, 200)}; "
                f"name one of them {' or '.join(NAMES[field][:2])}"
            )
        if names.count(known[0]) > 1:
            raise UnreadableInput(f"{where}: two columns are called {known[0]}; rename one of them")


def _rows(lines: Iterator[Line], separator: str) -> Iterator[tuple[int, list[str]] | Skipped]:
    # A quote that is never closed takes the following rows into its cell. So a row that breaks gives its
    # further lines back, and costs only its first.
    returned: deque[Line] = deque()

    def take() -> Line | None:
        return returned.popleft() if returned else next(lines, None)

    def feed(taken: list[Line]) -> Iterator[str]:
        size = 0
        while (line := take()) is not None:
            taken.append(line)
            size += len(line.text or "")
            if line.text is None or size > PAPER_LIMIT:
                return
            yield line.text + "\n"

    while True:
        taken: list[Line] = []
        try:
            cells = next(csv.reader(feed(taken), delimiter=separator, strict=True), None)
        except csv.Error as error:
            returned.extendleft(reversed(taken[1:]))
            detail = f"not valid CSV: {error}; double each quote inside a quoted cell, and close the cell"
            yield Skipped(f"line {taken[0].number}", "bad_csv", detail)
            continue
        if not taken:
            return
        if cells is None:
            yield too_large(f"line {taken[0].number}")
        else:
            yield taken[0].number, cells


def _by_column(header: list[str], cells: list[str]) -> dict[str, object]:
    # Of two columns with one name the first counts.
    entry: dict[str, object] = {}
    for name, cell in zip_longest(header, cells, fillvalue=""):
        is_empty = cell.strip().casefold() in _EMPTY and field_of(name) != "title"
        entry.setdefault(name, None if is_empty else cell)
    return entry
