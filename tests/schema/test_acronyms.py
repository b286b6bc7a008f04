"""Which short forms stand for which long ones, by their letters."""

import pytest

from schema.acronyms import may_be_one, stands_for

JOIN = (
    ("CoT", "Chain of Thought"),
    ("CoT", "chain-of-thought"),
    ("GANs", "generative adversarial networks"),
    ("LoRA", "Low-Rank Adaptation"),
    ("BERT", "Bidirectional Encoder Representations from Transformers"),
    ("NTM", "Neural Turing Machine"),
    ("RL", "reinforcement learning"),
    ("NLP", "natural language processing"),
    ("SQuAD", "Stanford Question Answering Dataset"),
    ("AutoML", "automated machine learning"),
)
APART = (
    ("CoT", "Chain of Code"),
    ("CoT", "Chain of Thought prompting"),
    ("GPT-3", "Generative Pre-trained Transformer 4"),
    ("GPT", "Generative Pre-trained Transformer 2"),
    ("RL", "deep reinforcement learning"),
    ("SVM", "support vector"),
    ("CNN", "convolution"),
    ("BERT", "RoBERTa"),
    ("GLUE", "Super General Language Understanding Evaluation"),
    ("C", "Convolution layer"),
    ("A*", "A star search"),
    ("", ""),
)


@pytest.mark.parametrize(("short", "long"), JOIN)
def test_an_acronym_stands_for_its_long_form(short: str, long: str) -> None:
    assert stands_for(short, long)


@pytest.mark.parametrize(("short", "long"), APART)
def test_what_the_letters_do_not_say_stays_apart(short: str, long: str) -> None:
    assert not stands_for(short, long)


def test_numbers_and_signs_are_never_merged_away() -> None:
    assert may_be_one("ROUGE", "rouge score")
    for a, b in (("GPT-3", "GPT-4"), ("CIFAR-10", "CIFAR-100"), ("LLaMA-7B", "LLaMA-13B"), ("pass@1", "pass@10"), ("C++", "C")):
        assert not may_be_one(a, b)
