"""Every fact can say which rule made it, and which words filled its slots."""

from extractors import build_nlp
from extractors.explain import explain_document, explain_record
from extractors.pipeline import read_document
from schema.kinds import NodeKind, RelationKind
from schema.records import ExtractionRecord, Link, Paper
from tests.factories import record, span

PAPER = Paper(
    title="ZetaNet: a parser",
    abstract="We present ZetaNet. ZetaNet obtains 96.1 F1 on Penn Treebank. Our method outperforms BERT by 2 points.",
    given_id="z",
)


def test_a_document_tells_the_words_of_each_slot() -> None:
    lines = list(explain_document(read_document(build_nlp(mentions="patterns"), PAPER)))
    assert lines[0].startswith("ZetaNet: a parser (local:z, read by sotagraph/")
    told = "\n".join(lines)
    assert "  claim: ZetaNet beats BERT" in told
    assert "    “Our method outperforms BERT by 2 points.”\n    made by " in told
    assert "    winner: ZetaNet ← “Our method”" in told, "the words, where no name stands"
    assert "    by: “2 points”, read as 2 points, absolute" in told
    assert "  score: ZetaNet: 96.1 on Penn Treebank" in told
    assert "    metric: F1 ← “F1”" in told


def test_a_record_is_explained_without_its_document() -> None:
    item = record(
        "DeepThing", "DeepThing is new. It reaches 46.3% accuracy and beats GPT-4 on MATH.", given_id="a", scores=[46.3]
    )
    told = "\n".join(explain_record(item))
    assert "  claim: DeepThing beats GPT-4 on MATH" in told
    assert "    made by t, confidence 0.70" in told
    assert "    metric: nothing names it" in told
    assert list(explain_record(item, min_confidence=0.75))[1] == "  score: DeepThing: 46.3 % on MATH", "the claim is less sure"
    assert list(explain_record(item, min_confidence=0.9))[1:] == ["  no claim, score or link"]


def test_a_slot_from_elsewhere_says_so() -> None:
    paper = Paper(title="T", abstract="X is here. It uses Y.")
    link = Link(
        head="X",
        type=RelationKind.USES,
        tail="@model",
        head_label=NodeKind.METHOD,
        tail_label=NodeKind.METHOD,
        evidence=span(paper.text, "It uses Y."),
        confidence=0.5,
        rule="t",
    )
    lines = list(explain_record(ExtractionRecord(paper=paper, extractor="t/1", links=(link,))))
    assert lines[-2:] == ["    head: X ← named in another sentence", "    tail: @model, whom the text does not name"]
