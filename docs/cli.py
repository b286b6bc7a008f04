"""The help of every command without its frames, shown in docs/cli.md; `python -m docs.cli` prints it as JSON."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator

from docs.commands import ROOT, plain_environment

# In docs/cli.md: a heading of a command, words about it, and its help in a ```text block.
SECTION = re.compile(
    r"^## `sotagraph (?P<name>[a-z-]+)`\n(?P<before>(?:(?!## ).*\n)*?)```text\n(?P<help>(?:.*\n)*?)```$", re.MULTILINE
)


def help_of_all() -> dict[str, str]:
    """Return {command: its help}, read in one fresh process, where Rich can still be turned off."""
    command = [sys.executable, "-m", "docs.cli"]
    done = subprocess.run(command, cwd=ROOT, env=plain_environment(), check=True, capture_output=True, encoding="utf-8")
    texts: dict[str, str] = json.loads(done.stdout)
    return texts


def shown(page: str) -> dict[str, str]:
    """Return {command: the help that the page shows}."""
    return {match["name"]: match["help"].rstrip("\n") for match in SECTION.finditer(page)}


def with_help(page: str, texts: dict[str, str]) -> str:
    """Return the page with the help of today."""

    def section(match: re.Match[str]) -> str:
        return f"## `sotagraph {match['name']}`\n{match['before']}```text\n{texts[match['name']]}\n```"

    return SECTION.sub(section, page)


def _texts() -> Iterator[tuple[str, str]]:
    from typer.testing import CliRunner

    from sotagraph.cli.app import app

    runner = CliRunner()
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        output = runner.invoke(app, [name, "--help"], prog_name="sotagraph").output
        yield name, "\n".join(line.rstrip() for line in output.strip().splitlines())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(dict(_texts())))
