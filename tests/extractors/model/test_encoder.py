"""The shipped encoder: right on plain sentences, whole on long ones, calm on bad ones, the same every time."""

import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import encoder as module
from extractors.model.encoder import ArtefactError, Encoder, Guess, load_encoder
from extractors.model.words import cut_words
from schema.kinds import ENTITY_KINDS, NodeKind

ABSTRACT = (
    "Graph Attention Networks for Node Classification\n"
    "We propose graph attention networks (GATs). GAT reaches an accuracy of 83.0% on Cora and outperforms GCN on PubMed."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def found(text: str, guesses: tuple[Guess, ...]) -> set[tuple[str, NodeKind]]:
    return {(text[guess.start : guess.end], guess.label) for guess in guesses}


def test_reads_a_plain_abstract(encoder: Encoder) -> None:
    names = found(ABSTRACT, encoder.predict(ABSTRACT))
    assert {("Cora", NodeKind.DATASET), ("accuracy", NodeKind.METRIC), ("GCN", NodeKind.METHOD)} <= names


def test_answers_the_same_twice_and_whatever_came_between(encoder: Encoder) -> None:
    first = encoder.predict(ABSTRACT)
    encoder.predict("Another text\nabout BERT.")
    assert encoder.predict(ABSTRACT) == first


def test_nothing_past_the_window_is_dropped(encoder: Encoder) -> None:
    line = "Our network reaches an accuracy of 83.0% on ImageNet and CIFAR-10. "
    text = "A long report\n" + line * 120
    spots = [k for k in range(len(text)) if text.startswith("ImageNet", k)]
    starts = {guess.start for guess in encoder.predict(text)}
    assert sum(k in starts for k in spots) >= 0.9 * len(spots)
    assert spots[-1] in starts


@pytest.mark.parametrize("before", range(58, 64))
def test_a_name_at_the_border_of_a_window_is_found(encoder: Encoder, before: int) -> None:
    text = (
        "A short title\n" + "We study how to train such a network. " * before + "It reaches an accuracy of 83.0% on ImageNet."
    )
    assert ("ImageNet", NodeKind.DATASET) in found(text, encoder.predict(text))


def check(encoder: Encoder, text: str) -> None:
    end = 0
    for guess in encoder.predict(text):
        assert end <= guess.start < guess.end <= len(text)
        assert text[guess.start : guess.end].strip() == text[guess.start : guess.end]
        assert guess.label in ENTITY_KINDS
        assert 0.0 <= guess.confidence <= 1.0
        end = guess.end


ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from("GPT-4 BERT \n [SEP] é ﬁ 数据 🙂👩‍🔬 \u200d\u0301\x00 ${}\\alpha ImageNet F1 accuracy ابج".split(" ")),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(ALPHABET, max_size=60).map(" ".join))
def test_offsets_index_any_text(encoder: Encoder, text: str) -> None:
    check(encoder, text)
    check(encoder, unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\n\n",
        "BERT",
        "!?" * 300,
        "\x00\x01",
        "🙂" * 900,
        "数据集" * 400,
        "\n".join(["BERT"] * 40),
        unicodedata.normalize("NFD", "Schrödinger é" * 90),
    ],
)
def test_odd_texts(encoder: Encoder, text: str) -> None:
    check(encoder, text)


@pytest.mark.parametrize("text", ["a" * 200_000, "_" * 200_000, "é" * 200_000, ("x" * 99 + " ") * 2_000, " \n" * 100_000])
def test_texts_of_200_000_characters(encoder: Encoder, text: str) -> None:
    assert len(text) == 200_000
    check(encoder, text)


def test_the_network_is_called_in_proportion_to_the_text(encoder: Encoder) -> None:
    def calls(text: str) -> int:
        return len(list(encoder.windows(text, cut_words(text))))

    assert calls(ABSTRACT) == 1
    assert calls(ABSTRACT * 400) <= 2.2 * calls(ABSTRACT * 200)


def test_is_loaded_once() -> None:
    assert load_encoder() is load_encoder()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("mentions.onnx", "tokenizer.json", "names.tsv", "labels.json", "checksums"):
        shutil.copyfile(module.ARTEFACT / name, tmp_path / name)
    return tmp_path


def test_a_changed_file_is_refused(copy: Path) -> None:
    (copy / "labels.json").write_text("[]")
    with pytest.raises(ArtefactError, match=r"labels\.json differ"):
        load_encoder(folder=copy)


def test_an_absent_file_is_named(copy: Path) -> None:
    (copy / "mentions.onnx").unlink()
    with pytest.raises(ArtefactError, match=r"mentions\.onnx"):
        load_encoder(folder=copy)
