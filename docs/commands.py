"""The commands that the pages show in ```console blocks, and what they print in a folder with the sample loaded."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "docs/cli.md", "docs/storage.md", "docs/architecture.md", "docs/settings.md")

_BLOCK = re.compile(r"```console\n(\$ [^\n]*\bsotagraph .*?)```", re.DOTALL)
_WIDTH = 100
_MARK = "\x1e"


@dataclass(frozen=True, slots=True)
class Command:
    """A command with the output that a page shows under it; `any_status` where the page asks for its exit code next."""

    text: str
    shown: str
    any_status: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The commands of one block, which run one after another in one shell; its text is page[start:end]."""

    start: int
    end: int
    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed, on stdout and stderr, and its exit code."""

    output: str
    status: int


def blocks_of(page: str) -> Iterator[Block]:
    """Yield the blocks of a page whose first line calls sotagraph."""
    for match in _BLOCK.finditer(page):
        entries = [entry.partition("\n") for entry in re.split(r"^\$ ", match.group(1), flags=re.MULTILINE)[1:]]
        following = [text for text, _, _ in entries[1:]] + [""]
        commands = (
            Command(text, shown.strip("\n"), after.startswith("echo $?"))
            for (text, _, shown), after in zip(entries, following, strict=True)
        )
        yield Block(match.start(1), match.end(1), tuple(commands))


def run_all(blocks: list[Block], folder: Path) -> list[tuple[Outcome, ...]]:
    """Return what the blocks print, in order, each run in its own copy of a folder that `fill` made."""
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(lambda block: run(block, folder), blocks))


def run(block: Block, folder: Path) -> tuple[Outcome, ...]:
    """Return what each command of a block prints in a copy of the folder; the folder stays as it is."""
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "work"
        shutil.copytree(folder, copy)
        steps = [f"{c.text}\nstatus=$?; printf '{_MARK}%s{_MARK}' $status; (exit $status)" for c in block.commands]
        done = subprocess.run(
            ["sh", "-c", "\n".join(steps)],
            cwd=copy,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
    parts = done.stdout.split(_MARK)
    return tuple(Outcome(parts[i].strip("\n"), int(parts[i + 1])) for i in range(0, len(parts) - 1, 2))


def fill(folder: Path) -> None:
    """Put into an empty folder what the commands find there: the sample as papers.jsonl, loaded into graph.db, and page.txt."""
    shutil.copy(ROOT / "sotagraph/sample/papers.jsonl", folder)
    shutil.copy(ROOT / "tests/extractors/readers/data/page.txt", folder)
    (folder / "bin").mkdir()
    script = folder / "bin" / "sotagraph"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sotagraph "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    command = [str(script), "ingest", "papers.jsonl"]
    subprocess.run(command, cwd=folder, env=_environment(folder), check=True, capture_output=True)


def fits(shown: str, output: str) -> bool:
    """Return whether a command's output is what the page shows: JSON by its value, anything else by its lines."""
    left, right = _json(shown), _json(output)
    if left is not None and right is not None:
        return bool(left == right)
    return _lines(shown) == _lines(output)


def as_shown(output: str) -> str:
    """Return an output as it goes into a page: JSON folded to the page's width, lines without blanks at their ends."""
    value = _json(output)
    return "\n".join(_lines(output)) if value is None else folded(value)


def folded(value: Any, indent: int = 0) -> str:
    """Return JSON text in which whatever fits on a line has one of its own.

    >>> folded({"a": [1, 2]})
    '{"a": [1, 2]}'
    """
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= _WIDTH or not value or not isinstance(value, dict | list):
        return line
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {folded(item, indent + 2)}" for key, item in value.items()]
    else:
        items = [folded(item, indent + 2) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + "\n" + ",\n".join(pad + item for item in items) + "\n" + " " * indent + closing


def plain_environment() -> dict[str, str]:
    """Return the environment without anything that would change what a command prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOTAGRAPH_", "XDG_"))}
    return {**kept, "COLUMNS": str(_WIDTH), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "TYPER_USE_RICH": "0"}


def _environment(folder: Path) -> Mapping[str, str]:
    own = {"HOME": str(folder), "PYTHONPATH": str(ROOT), "SOTAGRAPH_STORE": "sqlite:///graph.db"}
    plain = plain_environment()
    return {**plain, **own, "PATH": f"{folder / 'bin'}{os.pathsep}{plain.get('PATH', os.defpath)}"}


def _json(text: str) -> Any:
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]
