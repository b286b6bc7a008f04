"""How many of the scores that public leaderboards list for a paper are read in its abstract: a recall, on weak tables.

    python -m bench.weak_scores WEAK.jsonl.gz [--mentions auto]

A line holds `title`, `abstract` and `results` with `dataset`, `metric` and `score`, as the leaderboard spells them. A pair is
read if one result has the same number and a name of the same letters and digits, or one name holds the other. The table isn't
exhaustive and names no system, so there is no precision.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors import build_nlp, extract
from schema.records import ExtractionRecord, Paper


def main() -> None:
    """Print the recalls."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weak", type=Path)
    parser.add_argument("--mentions", default="auto", help="who finds names, as for sotagraph (auto, patterns, encoder)")
    options = parser.parse_args()
    nlp, read, listed = build_nlp(mentions=options.mentions), Counter[str](), Counter[str]()
    with gzip.open(options.weak, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            record = extract(nlp, Paper(title=row["title"], abstract=row["abstract"]))
            for wanted in row["results"]:
                if (score := number(wanted["score"])) is not None:
                    listed.update(("score", "dataset, score", "metric, score"))
                    read.update(found(record, wanted, score))
    sys.stdout.write("| listed | recall | of |\n|---|---|---|\n")
    for name, count in listed.items():
        sys.stdout.write(f"| {name} | {read[name] / count:.3f} | {count} |\n")


def found(record: ExtractionRecord, wanted: dict[str, Any], score: float) -> Iterator[str]:
    """Yield which of the pairs of a leaderboard's entry the record has."""
    results = [r for r in record.results if abs(r.value - score) < 1e-6 or abs(r.value - 100 * score) < 1e-6]
    if results:
        yield "score"
    for slot in ("dataset", "metric"):
        if any(alike(wanted[slot], form) for r in results for form in forms(record, getattr(r, slot))):
            yield f"{slot}, score"


def forms(record: ExtractionRecord, name: str | None) -> set[str]:
    """Return how the abstract spells the entity of that name."""
    return {form for e in record.entities if e.name == name for form in (e.name, *e.forms)}


def alike(first: str, second: str) -> bool:
    """Return whether two names have the same letters and digits, or one holds the other.

    >>> alike("WMT2014 English-French", "WMT2014"), alike("BLEU score", "BLEU"), alike("MNIST", "CIFAR-10")
    (True, True, False)
    """
    one, other = (re.sub(r"[\W_]+", "", name).casefold() for name in (first, second))
    return bool(one and other) and (one in other or other in one)


def number(text: str) -> float | None:
    """Return the first number of a printed score."""
    match = re.search(r"-?\d+(?:\.\d+)?", str(text).replace(",", ""))
    return float(match.group()) if match else None


if __name__ == "__main__":
    main()
