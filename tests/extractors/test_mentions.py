"""Names without and with the trained encoder."""

import pytest
from spacy.language import Language

from extractors.encoder_mentions import EncoderFinder, parted
from extractors.mentions import gazetteer, keep_longest
from extractors.model.encoder import Guess
from extractors.pipeline import build_nlp, extract
from extractors.reading import Mention
from schema.kinds import NodeKind
from schema.records import Paper

FOUND = [
    ("We test on GSM8K and ImageNet.", {("GSM8K", "DATASET"), ("ImageNet", "DATASET")}),
    ("It beats GPT-4 in accuracy.", {("GPT-4", "MODEL"), ("accuracy", "METRIC")}),
    ("We tackle question answering.", {("question answering", "TASK")}),
    ("We introduce RainBench, a new benchmark.", {("RainBench", "DATASET")}),
    ("On the CloudQA dataset it fails.", {("CloudQA", "DATASET")}),
    ("Rain nets use gated rain recognition (GRR).", {("GRR", "TASK"), ("gated rain recognition", "TASK")}),
    ("Large language models (LLMs) use deep learning.", set()),
]


@pytest.mark.parametrize(("abstract", "expected"), FOUND)
def test_patterns_find_names(nlp: Language, abstract: str, expected: set[tuple[str, str]]) -> None:
    record = extract(nlp, Paper(title="A study", abstract=abstract))
    assert {(span.text, e.label.name) for e in record.entities for span in e.mentions} == expected


def test_the_name_that_opens_the_title_is_found_everywhere(nlp: Language) -> None:
    record = extract(nlp, Paper(title="Drizzle: a gated net", abstract="We show that Drizzle is good."))
    assert [span.text for e in record.entities if e.name == "Drizzle" for span in e.mentions] == ["Drizzle", "Drizzle"]


def test_the_longer_of_two_overlapping_mentions_stays() -> None:
    short = Mention(0, 5, NodeKind.METHOD, 0.9, "x")
    long = Mention(0, 9, NodeKind.METHOD, 0.1, "x")
    apart = Mention(9, 12, NodeKind.TASK, 0.1, "x")
    assert keep_longest([short, apart, long]) == [long, apart]


def test_the_gazetteer_holds_names_of_every_label_once() -> None:
    names = gazetteer()
    assert {label for _, label in names} == {
        NodeKind.METHOD,
        NodeKind.MODEL,
        NodeKind.DATASET,
        NodeKind.METRIC,
        NodeKind.TASK,
    }
    assert len({name for name, _ in names}) == len(names) > 2000


@pytest.mark.parametrize(
    ("guessed", "abstract", "found"),
    [
        (
            "gated rain nets",
            r"$\alpha$ We like gated rain nets (GRNs). GRNs work 5\% better.",
            ["gated rain nets", "GRNs", "GRNs"],
        ),
        (r"\textit{ RainNet}", r"We propose \textit{ RainNet}, a net.", ["RainNet"]),
        ("RainSet/", "We reach 61.2 on RainSet/SnowSet in all.", ["RainSet"]),
        ("rain nets. They", "We like rain nets. They work.", ["rain nets"]),
    ],
)
def test_the_names_of_the_encoder_are_mapped_trimmed_and_spread(guessed: str, abstract: str, found: list[str]) -> None:
    swapped = build_nlp(mentions="patterns")
    at = f"A study\n{abstract}".index(guessed)
    finder = EncoderFinder(lambda _: [Guess(at, at + len(guessed), NodeKind.METHOD, 0.9)])
    swapped._components = [(name, finder if name == "mentions" else part) for name, part in swapped.pipeline]
    record = extract(swapped, Paper(title="A study", abstract=abstract))
    assert [span.text for e in record.entities for span in e.mentions] == found


PARTED = [
    ("Lean 4 miniF2F", [("Lean 4", "METHOD"), ("miniF2F", "DATASET")]),
    ("Lean 4 miniF2F test", [("Lean 4", "METHOD"), ("miniF2F test", "DATASET")]),
    ("Chain of Thought reasoning", [("Chain of Thought", "DATASET")]),
    ("Tiny ImageNet", [("Tiny ImageNet", "DATASET")]),
    ("gated rain nets", [("gated rain nets", "DATASET")]),
]


@pytest.mark.parametrize(("form", "expected"), PARTED)
def test_two_known_names_side_by_side_are_two_mentions(form: str, expected: list[tuple[str, str]]) -> None:
    text = f"on {form} here"
    found = parted(text, Mention(3, 3 + len(form), NodeKind.DATASET, 0.9, "encoder"))
    assert [(text[m.start : m.end], m.label.name) for m in found] == expected


def test_an_unknown_way_to_find_mentions_is_refused() -> None:
    with pytest.raises(ValueError, match="'auto', 'patterns' nor 'encoder'"):
        build_nlp(mentions="magic")
