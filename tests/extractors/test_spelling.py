"""Which two names of one abstract are spellings of one thing."""

import pytest

from extractors.spelling import fold, singular, spells, stands_for, varies

SAME = [
    ("Pointer Networks", "pointer network"),
    ("re-ranking", "reranking"),
    ("GSM8K dataset", "GSM8K"),
    ("GANs", "GAN"),
    ("user value (LTV) prediction", "user value prediction"),
    ("text summarisation", "text summarization"),
]
APART = [
    ("Llama 2 7B", "Llama 27B"),
    ("YOLOv11", "YOLOv11-s"),
    ("GPT-3", "GPT-4"),
    ("Net(ResNet50)", "Net(VGG16)"),
    ("bias", "bia"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_fold_together(one: str, other: str) -> None:
    assert fold(one, {}) == fold(other, {})


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert fold(one, {}) != fold(other, {})


def test_a_defined_short_form_counts_as_its_long_form() -> None:
    assert fold("W2S generalization", {"W2S": "weak-to-strong"}) == fold("weak-to-strong generalization", {})


@pytest.mark.parametrize(
    ("word", "expected"),
    [("networks", "network"), ("policies", "policy"), ("losses", "loss"), ("analysis", "analysis"), ("gas", "gas")],
)
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("DTR", "Dynamic Token Reweighting", True),
        ("UniVLA", "Unified Vision-Language-Action Model", True),
        ("DTR", "dynamic token reweighting", False),
        ("RAG", "Rapid Online Network", False),
    ],
)
def test_capitals_spell_a_longer_name(short: str, long: str, expected: bool) -> None:
    assert spells(short, long) is expected


def test_names_beside_each_other_stand_for_one_thing_if_the_letters_say_so() -> None:
    assert stands_for("MA-RAG", "Multi-Agent Retrieval-Augmented Generation")
    assert not stands_for("BERT", "Transformer")


def test_a_title_may_leave_out_a_class_word_but_not_a_telling_one() -> None:
    assert varies("Gated Low-Rank Adaptation", "Gated Low-rank adaptation for Concept Erasure")
    assert varies("Cloud Passing", "Cloud Passing Network")
    assert not varies("Memory Network", "Adaptive Memory Network")
