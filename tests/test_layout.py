"""The folders are ours and keep their rules: what import-linter can't see."""

import re
import subprocess
import sys
from pathlib import Path

import schema

ROOT = Path(__file__).parent.parent
PACKAGES = ("schema", "extractors", "graph", "api", "sotagraph")


# Recipes that a developer runs by hand, not the product: the training of the encoder, the making of the gazetteer.
RECIPES = ("extractors/model/train", "extractors/gazetteer", "extractors/learn")


def sources() -> list[Path]:
    every = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in every if not path.relative_to(ROOT).as_posix().startswith(RECIPES)]


def test_the_package_schema_is_ours() -> None:
    assert Path(schema.__file__ or "").parent == ROOT / "schema"


def test_only_settings_reads_the_environment() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in sources()
        if re.search(r"os\.environ|getenv|BaseSettings\)", path.read_text("utf-8"))
    ]
    assert readers == ["sotagraph/settings.py"]


def test_only_the_command_line_prints() -> None:
    printing = [path for path in sources() if re.search(r"^ *print\(", path.read_text("utf-8"), re.MULTILINE)]
    assert printing == []


def test_there_is_no_test_package() -> None:
    """`tests/graph/__init__.py` would hide the real `graph`."""
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_importing_does_nothing() -> None:
    """No output, no network, no thread, no file: a process that only imports prints nothing and has one thread."""
    code = (
        "import socket, threading, sys\n"
        "def refuse(*a, **k): raise AssertionError('connects on import')\n"
        "socket.socket.connect = refuse\n"
        "import schema.identity, graph.store, graph.sqlite, graph.answers.compare, extractors.readers, api, sotagraph.cli\n"
        "assert threading.active_count() == 1, threading.enumerate()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_name_of_a_machine_is_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    texts = [
        name for name in listed if Path(name).suffix in {".py", ".md", ".toml", ".json", ".yml", ".lock", ".sql", ".cypher", ""}
    ]
    found = [name for name in texts if (ROOT / name).is_file() and b"/work/" in (ROOT / name).read_bytes()]
    assert set(found) <= {"tests/test_layout.py"}
