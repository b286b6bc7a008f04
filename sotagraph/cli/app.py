"""The list of commands, and the outermost edge where an error becomes one sentence and an exit code."""

import sys
from concurrent.futures.process import BrokenProcessPool
from io import TextIOWrapper
from typing import Annotated

import typer
from pydantic import ValidationError

from extractors.readers import UnreadableInput
from graph.answers.lookup import AmbiguousName, UnknownName
from graph.store import StoreError
from sotagraph import __version__
from sotagraph.cli import ask, curate, load, manage, studies
from sotagraph.cli.common import StoreOption, err

app = typer.Typer(
    name="sotagraph",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Which method beats which, on which benchmark, and how do we know.\n\n"
    "Load papers with `sotagraph ingest PATH`, then ask: `sotagraph leaderboard MATH`, "
    "`sotagraph beats DeepSeek-Prover GPT-4 --on miniF2F`. New here? `sotagraph demo`.",
    epilog="Exit codes: 0 answered (also when the answer is 'unknown'), 1 failed, 2 wrong usage.",
)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if bad := [word for word in sys.argv if any("\ud800" <= char <= "\udfff" for char in word)]:
        err.print(f"sotagraph: the argument {bad[0]!a} is not valid text in this terminal's encoding.", markup=False)
        sys.exit(2)
    try:
        app()
    except (StoreError, UnknownName, AmbiguousName, UnreadableInput) as error:
        err.print(f"sotagraph: {error}", markup=False)
        sys.exit(1)
    except BrokenProcessPool:
        err.print("sotagraph: a reading process was ended from outside. What was written stays; run the command again.")
        sys.exit(1)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            # The reader of our output went away (`| head`); Python must not complain again at exit.
            sys.stderr.close()
            sys.exit(141)
        err.print(f"sotagraph: {error}", markup=False)
        sys.exit(1)
    except ValidationError as error:
        for wrong in error.errors():
            name = "_".join(map(str, wrong["loc"])).upper()
            err.print(f"sotagraph: SOTAGRAPH_{name}={wrong['input']!r}: {wrong['msg']}.", markup=False)
        sys.exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sotagraph {__version__}")
        raise typer.Exit


@app.callback()
def options(
    store: StoreOption = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Hold the options that come before a command; `common.store_of` reads them."""


LOAD, ASK, CORRECT, KEEP = "Load papers", "Ask", "Correct the graph", "Keep and serve the graph"
for panel, commands in (
    (LOAD, (load.ingest, load.extract, load.diff, load.delete)),
    (
        ASK,
        (
            ask.leaderboard,
            ask.beats,
            ask.compare,
            ask.search,
            ask.path,
            ask.central,
            ask.stats,
            studies.beat_paths,
            studies.history,
            studies.contradictions,
            studies.gaps,
            studies.pareto,
            studies.communities,
        ),
    ),
    (
        CORRECT,
        (
            curate.review,
            curate.merge,
            curate.split,
            curate.rename,
            curate.direction,
            curate.alias,
            curate.merges,
            curate.decisions,
            curate.undo,
        ),
    ),
    (KEEP, (manage.demo, manage.serve, manage.key, manage.export, manage.check, manage.journal, manage.evaluate)),
):
    for command in commands:
        app.command(name=command.__name__.replace("_", "-"), rich_help_panel=panel)(command)
