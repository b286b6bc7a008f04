"""What an answer reads, and what a paper writes, depends on the page and the paper, not on the graph: SQLite's own steps are counted."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from bench.synthetic import papers
from graph.answers.compare import compare
from graph.answers.leaderboard import leaderboard
from graph.answers.ways import ways
from graph.sqlite import open_sqlite
from graph.sqlite.store import SqliteStore
from graph.store import Store

SMALL, LARGE = 300, 1_500
SPARE = 1_000_000


@contextmanager
def filled(size: int) -> Iterator[SqliteStore]:
    with closing(open_sqlite(":memory:")) as store:
        store.write(list(papers(size)))
        yield store


def steps(store: SqliteStore, ask: Callable[[Store], object]) -> int:
    """Return how many steps SQLite's machine takes to answer."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection = store._connection()  # what it runs is counted where it runs
    connection.set_progress_handler(count, 1)
    ask(store)
    connection.set_progress_handler(None, 1)
    return counted


@pytest.fixture(scope="module")
def costs() -> dict[str, list[int]]:
    """The steps of each question in a graph and in one that is five times as large."""
    found: dict[str, list[int]] = {}
    for size in (SMALL, LARGE):
        with filled(size) as store:
            chance = random.Random(1)
            pairs = [(f"Model-{a}", f"Model-{b}") for a, b in ([0, 1], [0, 2], [1, 3], [2, 5], [0, size - 1])]
            boards = [f"Bench-{chance.randrange(4)}" for _ in range(4)]
            found.setdefault("leaderboard", []).append(max(steps(store, lambda s, b=b: leaderboard(s, b)) for b in boards))
            found.setdefault("compare", []).append(max(steps(store, lambda s, p=p: compare(s, *p)) for p in pairs))
            found.setdefault("ways", []).append(max(steps(store, lambda s, p=p: ways(s, *p, beats=True)) for p in pairs))
            new = list(papers(20, seed=11, start=SPARE, known=SMALL))
            found.setdefault("write", []).append(max(steps(store, lambda s, item=item: s.write([item])) for item in new))
    return found


@pytest.mark.parametrize("question", ["leaderboard", "compare", "ways", "write"])
def test_steps_do_not_grow_with_the_graph(costs: dict[str, list[int]], question: str) -> None:
    small, large = costs[question]
    assert large < 2 * small, costs
