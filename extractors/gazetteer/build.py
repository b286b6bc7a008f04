"""Make extractors/data/gazetteer.tsv: names of methods, models, datasets, metrics and tasks that occur in openly licensed text.

    python -m extractors.gazetteer.build DATA_FOLDER

DATA_FOLDER holds arxiv_abstracts.jsonl.gz and facts/names.jsonl.gz. A name is kept only if it occurs in the arXiv text
(CC0 metadata); own.tsv beside this file adds the names that the tables lack and wins where labels differ.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
LABELS = {"Task": "TASK", "Dataset": "DATASET", "Metric": "METRIC", "Model": "MODEL"}
WORD = re.compile(r"\w+(?:[-+./@*#&'’]+\w+|[+*#])*|[^\w\s]")
LONGEST = 6


def main() -> None:
    """Write the gazetteer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=HERE.parent / "data" / "gazetteer.tsv")
    args = parser.parse_args()
    own = {name: label for label, name in _own()}
    listed = dict(_listed(args.data / "facts" / "names.jsonl.gz"))
    counts = _occurrences({*own, *listed}, args.data / "arxiv_abstracts.jsonl.gz")
    kept = {
        name: label
        for name, label in {**listed, **own}.items()
        if counts[name] >= (1 if name in own else 2) and (name in own or _is_name(name, label, counts))
    }
    generic = frozenset((HERE.parent / "data" / "generic.txt").read_text("utf-8").splitlines())
    lines = sorted(f"{name}\t{label}" for name, label in kept.items() if name.lower() not in generic)
    args.out.write_text("name\tlabel\n" + "\n".join(lines) + "\n", "utf-8")


def _own() -> Iterator[tuple[str, str]]:
    for line in (HERE / "own.tsv").read_text("utf-8").splitlines():
        label, names = line.split("\t")
        yield from ((label, name) for name in names.split("|"))


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    best: dict[str, tuple[int, str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            name = " ".join(row["name"].split())
            if row["type"] in ("Task", "Metric") and name.split()[0][1:].islower():
                name = name.lower() if not re.search(r"[A-Z]{2}|\d", name) else name
            best[name] = max(best.get(name, (0, "")), (row["count"], LABELS[row["type"]]))
    yield from ((name, label) for name, (_, label) in best.items())


def _occurrences(names: Iterable[str], path: Path) -> Counter[str]:
    """Count whole-word occurrences: as written, and in lower case under the name's lower form."""
    wanted = {tuple(WORD.findall(form)): form for name in names for form in (name, name.lower())}
    firsts = {words[0] for words in wanted if words}
    counts: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            words = WORD.findall(f"{row['title']} . {row['abstract']}")
            for at, word in enumerate(words):
                if word in firsts:
                    for end in range(at + 1, min(len(words), at + LONGEST) + 1):
                        if name := wanted.get(tuple(words[at:end])):
                            counts[name] += 1
    return counts


def _is_name(name: str, label: str, counts: Counter[str]) -> bool:
    if len(name) < 3 or not name[0].isalnum():
        return False
    words = name.split()
    if len(words) == 1:
        marked = any(c.isdigit() for c in name) or sum(c.isupper() for c in name) >= 2
        ordinary = counts[name.lower()] if name != name.lower() else 0
        if label in ("TASK", "METRIC") and not marked:
            return False
        return marked and counts[name] > 2 * ordinary and not name.isdigit()
    if label in ("TASK", "METRIC"):
        return True
    return any(c.isupper() or c.isdigit() for c in name[1:]) and words[0].lower() not in ("the", "a", "our")


if __name__ == "__main__":
    main()
