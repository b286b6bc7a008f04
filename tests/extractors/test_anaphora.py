"""Words that speak of the paper's own work."""

import pytest

from tests.extractors.conftest import Marked

NAMED = "[RainNet|METHOD]: Forecasts with Gates", "We propose [RainNet|METHOD], a net. "

OWN = [
    ("Our method is fast.", "Our method"),
    ("The proposed approach is fast.", "The proposed approach"),
    ("This framework is fast.", "This framework"),
    ("Our simple yet strong model is fast.", "Our simple yet strong model"),
    ("It is fast.", "It"),
    ("Other methods are slow.", None),
    ("The method of others is slow.", None),
]


@pytest.mark.parametrize(("sentence", "expected"), OWN)
def test_own_words_mean_the_introduced_system(marked: Marked, sentence: str, expected: str | None) -> None:
    reading = marked(NAMED[0], NAMED[1] + sentence)._.reading
    start = reading.sentences[-1][0]
    found = [p for p in reading.within(start, len(reading.text)) if p.anaphor]
    assert [reading.text[p.start : p.end] for p in found] == ([expected] if expected else [])
    assert {p.name for p in found} <= {"RainNet"}


def test_without_a_name_they_mean_the_unnamed_model(marked: Marked) -> None:
    reading = marked("A Study of Rain", "Our method beats [GPT-4|MODEL].")._.reading
    assert reading.subject == "@model"
    assert [p.name for p in reading.places if p.anaphor] == ["@model"]


def test_our_benchmark_means_the_introduced_dataset(marked: Marked) -> None:
    doc = marked(
        "[RainBench|DATASET]: A Test", "We introduce [RainBench|DATASET], a benchmark. On our benchmark, [GPT-4|MODEL] fails."
    )
    [own] = [p for p in doc._.reading.places if p.anaphor == "own"]
    assert own.name == "RainBench"
