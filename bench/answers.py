"""Does an answer take longer on a larger graph? One page of leaderboard, beats and compare, and the writing of one more paper,
at growing numbers of made-up papers in one store.

A store that holds papers already is measured at the sizes from there on, so a long load can go on where it was left.
Run: python -m bench.answers [--papers 1000 10000 100000] [--store sqlite:///FILE | neo4j://… | neo4j]
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.synthetic import _skewed, papers
from graph.answers.compare import beats, compare
from graph.answers.leaderboard import leaderboard
from graph.neo4j import open_neo4j
from graph.sqlite import open_sqlite
from graph.store import Store
from sotagraph.settings import Settings
from sotagraph.wiring import open_store
from tests.neo4j_server.server import neo4j_server

CACHE = Path(__file__).parents[1] / "build" / "neo4j"
BATCH = 200
QUESTIONS = 300
REPEATS = 3
SPARE = 2_000_000  # papers for the writing test are numbered from here, so that they are new at every size


def main() -> None:
    """Print a line for each size; a name that no paper has drawn yet is not asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--store", default="sqlite")
    options = parser.parse_args()
    with ExitStack() as opened:
        store = _open(options.store, opened)
        print("| papers | leaderboard p50, p99 ms | beats | BEATS page | compare | one more paper |")  # noqa: T201 - a bench prints
        print("|---|---|---|---|---|---|")  # noqa: T201 - a bench prints
        for size in sorted(options.papers):
            if store.stats().papers <= size:
                _fill(store, size)
                cells = " | ".join(f"{half:.1f}, {high:.1f}" for half, high in _measured(store, size))
                print(f"| {size:,} | {cells} |", flush=True)  # noqa: T201 - a bench prints


def _open(uri: str, opened: ExitStack) -> Store:
    if uri == "sqlite":
        store: Store = open_sqlite(str(Path(opened.enter_context(TemporaryDirectory())) / "graph.db"))
        opened.callback(store.close)
    elif uri == "neo4j":
        server = opened.enter_context(neo4j_server(CACHE))
        store = open_neo4j(server.uri, user=server.user, password=server.password)
        opened.callback(store.close)
    else:
        store = opened.enter_context(open_store(uri, Settings()))
    return store


def _fill(store: Store, size: int) -> None:
    there = store.stats().papers
    batches = islice(papers(size), there, None)
    while batch := list(islice(batches, BATCH)):
        store.write(batch)


def _measured(store: Store, size: int) -> Iterator[tuple[float, float]]:
    chance = random.Random(1)
    boards = [f"Bench-{_skewed(chance, 400)}" for _ in range(QUESTIONS)]
    edges = store.beats(first=QUESTIONS)
    said = [(edge.head, edge.tail) for edge in edges]
    # Half of the pairs are of one paper, half of systems that many papers name.
    common = [(f"Model-{_skewed(chance, size)}", f"Model-{_skewed(chance, size)}") for _ in range(QUESTIONS)]
    pairs = [pair for both in zip(said, common, strict=False) for pair in both if pair[0] != pair[1]]
    there = store.named([*boards, *(name for pair in common for name in pair)])
    boards = [board for board in boards if there[board]]
    pairs = [pair for pair in pairs if all(there.get(name, name) for name in pair)]
    losers = [f"system:model{_skewed(chance, size)}" for _ in range(QUESTIONS)]
    yield _timed([lambda board=board: leaderboard(store, board) for board in boards])
    yield _timed([lambda pair=pair: beats(store, *pair) for pair in pairs])
    yield _timed([lambda loser=loser: store.beats(loser=loser, first=20) for loser in losers])
    yield _timed([lambda pair=pair: compare(store, *pair) for pair in pairs])
    yield _timed_writes(store, size)


def _timed(questions: list[Callable[[], object]]) -> tuple[float, float]:
    """Return the median and the 99th percentile in ms; of several goes at a question the fastest counts, for other work on the
    machine must not."""
    best = [min(_seconds(question) for _ in range(REPEATS)) for question in questions]
    return statistics.median(best) * 1000, statistics.quantiles(best, n=100)[98] * 1000


def _seconds(question: Callable[[], object]) -> float:
    start = time.perf_counter()
    question()
    return time.perf_counter() - start


def _timed_writes(store: Store, size: int) -> tuple[float, float]:
    """Return the median and the 99th percentile in ms of writing one paper, with its derived edges; the papers go again."""
    chance_of = papers(100, seed=11, start=SPARE + size, known=size)
    seconds = []
    for item in chance_of:
        start = time.perf_counter()
        store.write([item])
        seconds.append(time.perf_counter() - start)
        store.delete([item.paper.id])
    return statistics.median(seconds) * 1000, statistics.quantiles(seconds, n=100)[98] * 1000


if __name__ == "__main__":
    main()
