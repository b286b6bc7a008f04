"""Memory of loading: the peak of one `sotagraph ingest` process for few papers and for many.

Papers are streamed, so the two should be alike. Run: python -m bench.memory [--store URI]
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.synthetic import papers


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--store", help="default: a new SQLite file for each size")
    options = parser.parse_args()
    sys.stdout.write("| papers | input, MB | peak memory, MB |\n|---|---|---|\n")
    with tempfile.TemporaryDirectory() as folder:
        for count in options.papers:
            source = Path(folder) / f"{count}.jsonl"
            with source.open("w", encoding="utf-8") as stream:
                stream.writelines(f"{facts.record}\n" for facts in papers(count))
            store = options.store or f"sqlite:///{folder}/{count}.db"
            peak = _peak([sys.executable, "-m", "sotagraph", "ingest", str(source), "--store", store])
            sys.stdout.write(f"| {count:,} | {source.stat().st_size / 2**20:.0f} | {peak:.0f} |\n")


def _peak(command: list[str]) -> float:
    """Return the peak resident memory of a command in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
