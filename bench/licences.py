"""Fail if something installed has a licence that this project may not ship beside its own."""

import json
import subprocess
import sys

ALLOWED = (
    *("MIT", "BSD", "Apache", "ISC", "PSF", "Python Software Foundation", "MPL", "Mozilla", "Unlicense", "Zlib", "0BSD"),
    *("HPND", "CNRI", "CC0", "Public Domain"),
)


def main() -> None:
    """Print each distribution whose licence is not among the allowed, and exit 1 if there is one."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=mixed"]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    bad = [row for row in rows if row["Name"] != "sotagraph" and not any(word in row["License"] for word in ALLOWED)]
    for row in bad:
        sys.stderr.write(f"{row['Name']} {row['Version']}: {row['License']}\n")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
