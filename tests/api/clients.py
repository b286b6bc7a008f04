"""Tools that the API is tested with, installed once into build/: npm clients of front ends, and a fuzzer with its own Python."""

import hashlib
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "npm"
BUILD = Path(__file__).parents[2] / "build" / "npm"
FUZZER = Path(__file__).parent / "schemathesis"


@cache
def installed(source: Path = HERE) -> Path:
    """Return the folder with these packages and the scripts beside their lock. Raises CalledProcessError without npm."""
    digest = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()[:12]
    folder = BUILD / f"{source.name}-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    if not (folder / "ready").exists():
        command = ["npm", "ci", "--omit-lockfile-registry-resolved=true", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=600)
        (folder / "ready").touch()
    return folder


@cache
def fuzzer() -> Path:
    """Return the command of schemathesis, in an environment of its own: what it needs is nothing that the project needs."""
    lock = FUZZER / "requirements.txt"
    folder = BUILD.parent / f"schemathesis-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=300)
        install = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock]
        subprocess.run(install, check=True, capture_output=True, timeout=600)
        (folder / "ready").touch()
    return folder / "bin" / "schemathesis"
