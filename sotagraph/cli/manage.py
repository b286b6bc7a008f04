"""Commands that keep, prove, move and serve the graph."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from graph.check import check as violations_of
from graph.export import FORMATS
from graph.export import export as lines_of
from graph.sqlite import open_sqlite
from graph.store import StoreError
from sotagraph.cli.common import JsonOption, StoreOption, err, out, print_json, print_line, store_of, tell_address
from sotagraph.settings import Settings

Host = Annotated[str, typer.Option("--host", help="Address to listen on; 0.0.0.0 opens it to the network.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 picks a free one.")]


def demo(
    papers: Annotated[
        str | None, typer.Option("--papers", metavar="PATH", help="Your own page instead of the sample of landmark papers.")
    ] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve GraphQL after the answers, until Ctrl-C.")] = True,
    store: Annotated[
        str | None, typer.Option("--store", metavar="URI", help="Default: a new file in a temporary folder.")
    ] = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Load papers into a fresh graph, answer three questions with their sentences, and serve."""
    from sotagraph import demo as demonstration  # here and below: spaCy and the API take a second that others needn't wait

    demonstration.run(Settings(), papers=papers, serve=serve, store_uri=store, host=host, port=port)


def serve(context: typer.Context, host: Host = "127.0.0.1", port: Port = 8000, store: StoreOption = None) -> None:
    """Serve GraphQL at /graphql, with GraphiQL for browsers, until Ctrl-C."""
    from sotagraph.serve import run as run_server

    try:
        with store_of(context, store, create=True) as graph:
            run_server(graph, Settings(), host=host, port=port, on_ready=tell_address)
    except ValueError as error:
        raise StoreError(str(error)) from error


def key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who will have it: letters, digits, dots and hyphens.")],
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="One of read, write, admin.")] = "read",
) -> None:
    """Make an API key, print its token this once, and add its hash to the file that SOTAGRAPH_KEYS names.

    Servers read the file when they start. To take a key back, delete its line.
    """
    from sotagraph.keys import Role, add_key

    path = Settings().keys
    if path is None:
        raise typer.BadParameter("set SOTAGRAPH_KEYS to the file that keys are kept in", param_hint="SOTAGRAPH_KEYS")
    if role not in (known.name.lower() for known in (Role.READ, Role.WRITE, Role.ADMIN)):
        raise typer.BadParameter(f"{role!r} is unknown; the roles are read, write, admin", param_hint="--role")
    try:
        print_line(add_key(path, name, Role[role.upper()]))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    sys.stdout.flush()


def export(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    store: StoreOption = None,
) -> None:
    """Print the whole graph.

    `jsonl` is canonical and sorted: two stores hold the same graph when these are equal. `records` is what `ingest` reads
    again, into any store. `graphml` is for Gephi, Cytoscape and networkx.
    """
    if to not in FORMATS:
        raise typer.BadParameter(f"{to!r} is unknown; the formats are {', '.join(FORMATS)}", param_hint="--to")
    with store_of(context, store) as graph:
        for line in lines_of(graph, to):
            print_line(line)
    sys.stdout.flush()


def check(context: typer.Context, store: StoreOption = None, json: JsonOption = False) -> None:
    """Prove the graph: every fact has its paper and quote, derived edges equal a rebuild, nothing dangles.

    Exits 1 and tells the first 100 violations if there are any.
    """
    with store_of(context, store) as graph:
        scratch = open_sqlite("")  # an unnamed database, on disk where it grows large, gone when closed
        try:
            violations = violations_of(graph, scratch)
        finally:
            scratch.close()
    if json:
        print_json({"ok": not violations, "violations": list(violations)})
    else:
        for violation in violations:
            err.print(violation, markup=False)
        out.print("The graph is whole." if not violations else f"{len(violations)} violations.")
    if violations:
        raise typer.Exit(1)


def journal(
    context: typer.Context,
    first: Annotated[int, typer.Option("--first", min=1, help="How many lines.")] = 20,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show what was written and deleted when, the newest first."""
    with store_of(context, store) as graph:
        batches = graph.batches(first)
    if json:
        print_json(
            [{"id": b.id, "at": b.at, "action": b.action, "papers": b.papers, "unchanged": b.unchanged} for b in batches]
        )
    for batch in batches if not json else ():
        out.print(f"{batch.at}  {batch.action:6}  {batch.papers} papers, {batch.unchanged} unchanged")


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", exists=True, dir_okay=False, help="Annotated abstracts, JSON Lines.")],
    errors: Annotated[int, typer.Option("--errors", min=0, help="Print so many errors of each kind.")] = 0,
    gold_mentions: Annotated[bool, typer.Option("--gold-mentions", help="Give the extractor the right names.")] = False,
    json: JsonOption = False,
) -> None:
    """Score the extractor against annotated abstracts: precision, recall and F1 of names, results, claims and links."""
    from sotagraph import evaluate as evaluation

    settings = Settings()
    done = evaluation.evaluate(gold, mentions=settings.mentions, threads=settings.threads, gold_mentions=gold_mentions)
    if json:
        print_json(
            {name: asdict(row) for name, row in done.table.items()}
            | {"ceiling": {n: asdict(c) for n, c in done.ceilings.items()}}
        )
        return
    out.print(f"{done.abstracts} abstracts")
    out.print(f"{'':20}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}{'pred':>7}")
    for name, row in done.table.items():
        out.print(f"{name:20}{row.precision:8.3f}{row.recall:8.3f}{row.f1:8.3f}{row.gold:7}{row.predicted:7}")
    out.print("\nCeiling: how many of the gold's facts have the slot spelled out in the abstract")
    for slot, ceiling in done.ceilings.items():
        out.print(f"{slot:28}{ceiling.recall:8.3f}{'':8}{ceiling.gold:7}")
    for mistake in done.first_mistakes(errors):
        item = ", ".join("-" if part is None else str(part) for part in mistake.item)
        out.print(f"{mistake.kind:9}{mistake.figure:18}{mistake.paper:12}{item}", markup=False)
