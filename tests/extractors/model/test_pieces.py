"""Words keep every character of a name, and windows keep every word."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import extractors.model
from extractors.model.hints import Names
from extractors.model.pieces import OVERLAP, ROOM, Window, cut_windows
from extractors.model.words import cut_words, shape_of


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(Path(extractors.model.__file__).parent / "tokenizer.json"))


def windows_of(text: str, tokenizer: Tokenizer) -> list[Window]:
    return list(cut_windows(text, cut_words(text), tokenizer, Names({}, {})))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We train DotaMath-deepseek-7B.", "DotaMath-deepseek-7B"),
        ("Neural Turing Machines (NTM)", "Neural Turing Machines"),
        ("on MATH-500 only", "MATH"),
        ("on MATH-500 only", "MATH-500"),
        ("StarCoder+ and C++", "StarCoder+"),
        ("reaches pass@200 here", "pass@200"),
        ("the α-β search", "α-β search"),
        ("the Poincare\u0301 ball", "Poincare\u0301 ball"),
        ("Text_CNN, fastText", "Text_CNN"),
    ],
)
def test_a_name_begins_and_ends_with_words(text: str, name: str) -> None:
    words = cut_words(text)
    start = text.index(name)
    assert start in {a for a, _ in words}
    assert start + len(name) in {b for _, b in words}


@given(st.text())
def test_words_hold_all_but_blanks_in_order(text: str) -> None:
    words = cut_words(text)
    assert all(a < b for a, b in words)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(words))
    held = {k for a, b in words for k in range(a, b)}
    assert all(text[k].isspace() for k in range(len(text)) if k not in held)


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("GPT", "UPPER"),
        ("RoBERTa", "miXed"),
        ("Neural", "Title"),
        ("v2", "a1"),
        ("7B", "A1"),
        ("93", "123"),
        ("math", "lower"),
        ("F", "A"),
        ("-", "sign"),
        ("_", "sign"),
        ("\n", "break"),
    ],
)
def test_shape(word: str, shape: str) -> None:
    assert shape_of(word) == shape


def test_the_break_after_the_title_is_read_as_the_mark_between_texts(tokenizer: Tokenizer) -> None:
    begin, end = tokenizer.encode("").ids
    text = "A title\nAn abstract\nof two lines"
    (window,) = windows_of(text, tokenizer)
    assert list(window.ids).count(end) == 2
    assert window.ids[0] == begin


def test_a_text_cannot_say_a_mark(tokenizer: Tokenizer) -> None:
    text = "We mask with [SEP] and [CLS] marks"
    (window,) = windows_of(text, tokenizer)
    begin, end = tokenizer.encode("").ids
    assert list(window.ids).count(begin) == list(window.ids).count(end) == 1


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["network", "hyperparametrisation", "GPT-4", "x", "é", "数据集", "____", "🙂"]), max_size=900))
def test_windows_hold_every_word_that_has_pieces(tokenizer: Tokenizer, parts: list[str]) -> None:
    text = " ".join(parts)
    words = cut_words(text)
    windows = windows_of(text, tokenizer)
    assert all(len(window.ids) <= ROOM + 2 for window in windows)
    assert {int(k) for window in windows for k in window.words} == set(range(len(words)))
    for window in windows:
        assert np.all(np.diff(window.words) == 1)
        assert len(window.first) == len(window.words)
    for before, after in itertools.pairwise(windows):
        shared = set(before.words.tolist()) & set(after.words.tolist())
        assert shared, "windows overlap"
        assert len(shared) <= OVERLAP + 1


def test_a_word_without_end_is_read_by_its_head(tokenizer: Tokenizer) -> None:
    text = "_" * 200_000
    (window,) = windows_of(text, tokenizer)
    assert len(window.ids) < 40
