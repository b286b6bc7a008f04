"""The npm clients that front ends use, installed once into build/ from the lock in tests/api/npm."""

import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "npm"
BUILD = Path(__file__).parents[2] / "build" / "npm"


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
