"""A stream of bytes to papers: the encoding is opened, the format recognised, and the format's reader does the rest."""

from collections.abc import Callable, Iterator
from itertools import chain
from types import MappingProxyType
from typing import BinaryIO

from extractors.readers.arxiv import read_arxiv
from extractors.readers.bibtex import read_bibtex
from extractors.readers.csv_table import read_csv
from extractors.readers.decode import decode
from extractors.readers.evaluations import read_evals, read_tables
from extractors.readers.json_file import read_json
from extractors.readers.json_lines import read_jsonl, read_records
from extractors.readers.lines import peek
from extractors.readers.outcome import Skipped, UnreadableInput
from extractors.readers.recognise import recognise
from extractors.readers.text import read_text
from schema.records import ExtractionRecord, Paper

# Characters that are looked at to tell the format.
LOOK_AHEAD = 1 << 16

Outcome = Paper | ExtractionRecord | Skipped
Reader = Callable[[Iterator[str], str], Iterator[Outcome]]

_READERS: MappingProxyType[str, Reader] = MappingProxyType(
    {
        "text": read_text,
        "jsonl": read_jsonl,
        "json": read_json,
        "csv": read_csv,
        "bibtex": read_bibtex,
        "arxiv": read_arxiv,
        "records": read_records,
        "tables": read_tables,
        "evals": read_evals,
    }
)
FORMATS = tuple(_READERS)


def read_papers(stream: BinaryIO, *, name: str, format: str | None = None) -> Iterator[Outcome]:
    """Yield each paper of the stream in its order, and a `Skipped` for each entry that can't be used.

    Without `format` the content tells it. `text`, `jsonl`, `csv`, `bibtex` and `records` are streamed; the others are held in
    memory. `records`, `tables` (Papers with Code) and `evals` (every_eval_ever) yield `ExtractionRecord`. An optional field of
    the wrong kind (year "soon") skips its entry, so that no paper is kept with half of what its source said. Gzip is opened
    on the way.

    Raises UnreadableInput, here or while iterating, where the input as a whole can't be read.
    """
    if format is not None and format not in _READERS:
        raise UnreadableInput(f"{name}: unknown format {format!r}; the known ones are {', '.join(FORMATS)}")
    head, rest = peek(decode(stream, name=name), LOOK_AHEAD)
    if not head.strip() and len(head) < LOOK_AHEAD:
        raise UnreadableInput(f"{name}: the file is empty")
    return _READERS[format or recognise(head)](chain([head], rest), name)
