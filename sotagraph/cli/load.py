"""Commands that bring papers in and take them out."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

from extractors.readers import FORMATS, Skipped, UnreadableInput, read_papers
from graph.answers.lookup import paper as paper_called
from schema.record_json import record_to_json
from sotagraph.cli.common import JsonOption, StoreOption, err, out, print_json, print_line, store_of
from sotagraph.differences import differences, papers_of, totals
from sotagraph.extraction import Entry, Extractor, Reader, extracted
from sotagraph.ingest import ingest as ingest_all
from sotagraph.settings import Settings

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files to read; - is standard input.")]


def _known(format: str | None) -> str | None:
    if format is not None and format not in FORMATS:
        raise typer.BadParameter(f"{format!r} is unknown; the formats are {', '.join(FORMATS)}")
    return format


FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", callback=_known, help=f"One of {', '.join(FORMATS)}. Default: told by the content."
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 if any entry was skipped.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, help="Processes that read side by side.")]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        help="Leave out scores, claims and links that are less sure than this. Higher: fewer facts, fewer of them wrong.",
    ),
]

_SHOWN = 10  # skipped entries that are told one by one; the rest is only counted


def ingest(
    context: typer.Context,
    paths: Paths,
    store: StoreOption = None,
    format: FormatOption = None,
    strict: Strict = False,
    workers: Workers = None,
    min_confidence: MinConfidence = 0.0,
    json: JsonOption = False,
) -> None:
    """Read papers, extract what their abstracts say, and write it to the graph.

    Loading the same papers again changes nothing; a changed abstract replaces what it said before. One bad entry is skipped,
    counted and reported. A crash loses nothing that was written: run the command again. The graph remembers
    `--min-confidence` of each paper.
    """
    settings = Settings()
    failed: list[str] = []
    with store_of(context, store, create=True) as graph, _progress() as progress:
        skips = _Skips()
        outcomes = extracted(_entries(paths, format, failed, progress), _reader(settings, workers, min_confidence))
        report = ingest_all(outcomes, graph, batch=settings.batch, on_skip=skips)
    dropped = Counter(report.dropped) + Counter({"unreadable_file": len(failed)})
    if json:
        print_json({"read": report.read, "written": report.written, "unchanged": report.unchanged, "dropped": dict(dropped)})
    else:
        told = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in sorted(dropped.items()))
        out.print(
            f"{report.read} read, {report.written} written, {report.unchanged} unchanged" + f"; left out: {told}" * bool(told)
        )
    if ((failed or skips.count) and not report.written + report.unchanged) or (strict and (failed or skips.count)):
        raise typer.Exit(1)


def extract(
    paths: Paths,
    format: FormatOption = None,
    strict: Strict = False,
    workers: Workers = None,
    min_confidence: MinConfidence = 0.0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print for people why each fact was read: its rule, and the words of each slot.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Changes nothing: the output is JSON Lines anyhow.")] = False,
) -> None:
    """Print what is read in each paper, one JSON object a line, in input order; nothing is stored.

    The output can be loaded later, into any store: `sotagraph extract page.txt | sotagraph ingest -`.
    """
    if explain and json_:
        raise typer.BadParameter("is text for people; leave out --json", param_hint="--explain")
    failed: list[str] = []
    skips = _Skips()
    read = 0
    with _progress() as progress:
        entries = _entries(paths, format, failed, progress)
        reader = _reader(Settings(), workers, min_confidence)
        for outcome in map(Extractor(reader).explain, entries) if explain else extracted(entries, reader):
            if isinstance(outcome, Skipped):
                skips(outcome)
                continue
            read += 1
            if isinstance(outcome, tuple):
                print_line("\n".join(outcome) + "\n")
            else:
                print_line(json.dumps(record_to_json(outcome), ensure_ascii=False))
    sys.stdout.flush()
    if ((failed or skips.count) and not read) or (strict and (failed or skips.count)):
        raise typer.Exit(1)


def diff(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help="Papers to read instead of those in the graph; - is standard input."),
    ] = None,
    format: FormatOption = None,
    workers: Workers = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Print what reading the papers again, by the extractor of today, would change in the graph; nothing is written.

    Of each paper the facts that would come (+), go (-) and change (~), and the counts of all. Each paper is held to the
    `--min-confidence` that it was loaded with.
    """
    failed: list[str] = []
    skips = _Skips()
    settings = Settings()
    with store_of(context, store) as graph, _progress() as progress:
        entries = _entries(paths, format, failed, progress) if paths else papers_of(graph)
        found = list(differences(graph, extracted(entries, _reader(settings, workers, 0.0)), on_skip=skips))
    total = totals(found)
    if json:
        print_json({"papers": [asdict(each) for each in found if each.changed], "total": total})
    else:
        for each in found:
            for line in each.lines():
                out.print(line, markup=False)
        told = ", ".join(f"{count} {name}" for name, count in total.items())
        out.print(f"{len(found)} papers: {told}")
    if (failed or skips.count) and not found:
        raise typer.Exit(1)


def delete(
    context: typer.Context,
    paper: Annotated[str, typer.Argument(metavar="PAPER", help="Its id, its id in the source, or its whole title.")],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Delete a paper, and with it exactly what only it supports.

    To undo, load the paper again.
    """
    with store_of(context, store) as graph:
        node = paper_called(graph, paper)
        deleted = graph.delete([node.id])
    if json:
        print_json({"deleted": list(deleted)})
    else:
        out.print(f"Deleted {node.title!r} ({node.id}).", markup=False)


class _Skips:
    """Tells of the first skipped entries one by one and counts them all."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, skipped: Skipped) -> None:
        self.count += 1
        if self.count <= _SHOWN:
            err.print(f"skipped {skipped.where}: {skipped.detail}", markup=False)
        elif self.count == _SHOWN + 1:
            err.print("more entries are skipped; they are counted by reason in the report")


def _reader(settings: Settings, workers: int | None, min_confidence: float) -> Reader:
    return Reader(
        mentions=settings.mentions,
        threads=settings.threads,
        workers=workers or settings.workers,
        min_confidence=min_confidence,
    )


def _entries(paths: list[str], format: str | None, failed: list[str], progress: Progress) -> Iterator[Entry]:
    """Yield the entries of each file; a file that can't be read is told and noted in `failed`, and the next goes on."""
    for path in paths:
        try:
            with _opened(path, progress) as stream:
                for item in read_papers(stream, name=path, format=format):
                    if isinstance(item, Skipped) and len(paths) > 1:
                        item = Skipped(f"{path}: {item.where}", item.reason, item.detail)
                    yield item
        except UnreadableInput as error:
            failed.append(path)
            err.print(f"sotagraph: {error}", markup=False)
        except OSError as error:
            failed.append(path)
            err.print(f"sotagraph: {path} can't be opened: {error.strerror or error}.", markup=False)


@contextmanager
def _opened(path: str, progress: Progress) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    with Path(path).open("rb") as stream:
        size = Path(path).stat().st_size
        with progress.wrap_file(stream, total=size, description=Path(path).name) as watched:
            yield watched


def _progress() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)
