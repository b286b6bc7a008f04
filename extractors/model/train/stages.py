"""Stages that run when their inputs have changed and are skipped when they have not."""

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stage:
    """Work with a name, the files and words that decide its outcome, and the files it leaves.

    `halves` are what it keeps to go on from when it was stopped; they go when it begins on other inputs.
    """

    name: str
    inputs: tuple[Path, ...]
    words: tuple[str, ...]
    outputs: tuple[Path, ...]
    work: Callable[[], None]
    halves: tuple[Path, ...] = ()


def run_stages(stages: Sequence[Stage], marks: Path) -> None:
    """Run the stages in order, each only if its inputs, its words or its outputs are not those of its last end."""
    marks.mkdir(parents=True, exist_ok=True)
    for stage in stages:
        mark, before = marks / f"{stage.name}.json", _seen(stage.inputs) | {"words": "\n".join(stage.words)}
        if mark.exists() and json.loads(mark.read_text()) == {"before": before, "after": _seen(stage.outputs)}:
            log.info("%s: done before", stage.name)
            continue
        log.info("%s: begins", stage.name)
        begun = marks / f"{stage.name}.begun.json"
        if not begun.exists() or json.loads(begun.read_text()) != before:
            for half in stage.halves:
                _remove(half)
            begun.write_text(json.dumps(before))
        stage.work()
        mark.write_text(json.dumps({"before": before, "after": _seen(stage.outputs)}, indent=1))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def _seen(paths: Iterable[Path]) -> dict[str, str]:
    """Return a hash of each file, and of the files below each folder; an absent one has none."""
    return {str(path): _hash(path) for path in paths}


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path] if path.exists() else []
    for file in files:
        digest.update(file.name.encode())
        with file.open("rb") as held:
            while block := held.read(1 << 20):
                digest.update(block)
    return digest.hexdigest() if files else ""
