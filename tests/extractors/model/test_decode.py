"""The decoder gives the best well-formed path, and the names that it spells."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from extractors.model.decode import Stretch, best_path, stretches, tags_of

LABELS = ("X", "Y")
TAGS = tags_of(LABELS)


def well_formed(path: tuple[int, ...]) -> bool:
    names = ["O", *(TAGS[k] for k in path)]
    return all(not b.startswith("I-") or a in ("B-" + b[2:], b) for a, b in itertools.pairwise(names))


@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(1, 4), st.just(len(TAGS))), elements=st.integers(-50, 0).map(lambda k: k / 8)
    )
)
def test_best_path_is_as_good_as_the_best_of_all_paths(table: np.ndarray) -> None:
    path = tuple(best_path(table))
    assert well_formed(path)

    def total(p: tuple[int, ...]) -> float:
        return float(table[np.arange(len(p)), list(p)].sum())

    every = (p for p in itertools.product(range(len(TAGS)), repeat=len(table)) if well_formed(p))
    assert total(path) == max(map(total, every))


@pytest.mark.parametrize(
    ("tags", "names"),
    [
        ("O O", []),
        ("B-X", [(0, 0, 0)]),
        ("B-X I-X O B-Y", [(0, 1, 0), (3, 3, 1)]),
        ("B-X B-X I-X", [(0, 0, 0), (1, 2, 0)]),
        ("B-X B-Y I-Y I-Y", [(0, 0, 0), (1, 3, 1)]),
    ],
)
def test_stretches(tags: str, names: list[tuple[int, int, int]]) -> None:
    path = [TAGS.index(tag) for tag in tags.split()]
    table = np.log(np.full((len(path), len(TAGS)), 0.2, np.float32))
    assert [(s.first, s.last, s.label) for s in stretches(table, path)] == names


def test_sureness_counts_every_word_and_the_end() -> None:
    table = np.log(np.full((3, len(TAGS)), 1e-9, np.float32))
    table[0, 1], table[1, 2], table[2, 0], table[2, 2] = np.log(0.9), np.log(0.8), np.log(0.75), np.log(0.25)
    (only,) = stretches(table, [1, 2, 0])
    assert only == Stretch(0, 1, 0, pytest.approx(0.9 * 0.8 * 0.75, rel=1e-4))
