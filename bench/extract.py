"""How fast the extractor is: abstracts a second, whole and beside the part that finds names.

    python bench/extract.py ABSTRACTS.jsonl[.gz] [--mentions patterns|encoder] [--papers 500]

Prints one line for each component with its share of the CPU time, then abstracts a second of CPU time, the whole and
everything but the names; with --floor the exit code is 1 where the whole is slower.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from extractors import build_nlp, extract_all
from schema.records import Paper


def main() -> int:
    """Time the extractor on the first abstracts of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--mentions", default="patterns")
    parser.add_argument("--papers", type=int, default=500)
    parser.add_argument("--floor", type=float, default=0.0, help="abstracts a second of CPU time")
    args = parser.parse_args()
    nlp = build_nlp(mentions=args.mentions)
    sample = list(islice(papers(args.abstracts), args.papers))
    spent: Counter[str] = Counter()
    nlp._components = [(name, timed(name, component, spent)) for name, component in nlp.pipeline]
    for _ in extract_all(nlp, sample[:20]):
        pass
    spent.clear()
    start = time.process_time()
    for _ in extract_all(nlp, sample):
        pass
    whole = time.process_time() - start
    spent["open, close"] = whole - sum(spent.values())
    for name, seconds in spent.most_common():
        sys.stdout.write(f"{name:16}{seconds / whole:6.1%}\n")
    rest = whole - spent["mentions"]
    sys.stdout.write(f"{len(sample) / whole:.0f} abstracts/s whole, {len(sample) / rest:.0f} without finding names\n")
    return 0 if len(sample) / whole >= args.floor else 1


def papers(path: Path) -> Iterator[Paper]:
    """Yield the papers of a JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Paper(title=row["title"], abstract=row["abstract"], given_id=row["id"])


def timed(name, component, spent):  # type: ignore[no-untyped-def]  # spaCy's components have no type
    """Return a component that adds the CPU time it takes to `spent`."""

    def run(doc):  # type: ignore[no-untyped-def]  # as above
        start = time.process_time()
        doc = component(doc)
        spent[name] += time.process_time() - start
        return doc

    return run


if __name__ == "__main__":
    sys.exit(main())
