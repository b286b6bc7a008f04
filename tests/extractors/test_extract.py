"""The whole extractor: what must hold of every record, whatever the text."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractors.pipeline import build_nlp, extract, extract_all
from extractors.readers import read_papers
from schema.kinds import NodeKind
from schema.record_json import record_from_json, record_to_json
from schema.records import ExtractionRecord, Paper, Span


def spans(record: ExtractionRecord) -> Iterator[Span]:
    yield from (mention for entity in record.entities for mention in entity.mentions)
    for fact in (*record.results, *record.claims, *record.links):
        yield fact.evidence


def check(record: ExtractionRecord) -> None:
    text = record.paper.text
    for span in spans(record):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    names = {entity.name for entity in record.entities}
    systems = [entity.name for entity in record.entities if entity.label in (NodeKind.METHOD, NodeKind.MODEL)]
    assert len(set(systems)) == len(systems)
    for result in record.results:
        assert {result.subject, result.dataset, result.metric} - {None, "@model"} <= names
    for claim in record.claims:
        named = {name for name in (claim.winner, claim.loser, claim.dataset, claim.metric) if name and not name.startswith("@")}
        assert named <= names
    for link in record.links:
        assert {link.head, link.tail} <= names
    for fact in (*record.entities, *record.results, *record.claims, *record.links):
        assert 0 <= fact.confidence <= 1
        assert fact.rule


PARTS = st.sampled_from(
    "We propose RainNet : GPT-4 outperforms ( ) 84.3% 12 by on MATH , . e.g. accuracy than our method it state of the art "
    "$x^2$ \\textbf{Net} &amp; e\u0301 😀 模型 LLMs from to 53.9\\% \u200b \t respectively and dataset".split(" ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS, max_size=12), st.lists(st.one_of(PARTS, st.text(max_size=6)), max_size=60))
def test_every_span_quotes_the_text_as_read(title: list[str], abstract: list[str]) -> None:
    check(extract(build_cached(), Paper(title=" ".join(title), abstract=" ".join(abstract), given_id="p")))


_CACHE: list[Language] = []


def build_cached() -> Language:
    """One pipeline for all examples of a property, which may not use fixtures of a function's scope."""
    if not _CACHE:
        _CACHE.append(build_nlp(mentions="patterns"))
    return _CACHE[0]


ODD = {
    "nothing": "",
    "one word": "word",
    "one letter": "a" * 200_000,
    "digits": "1" * 200_000,
    "numbers": "1,234.5 " * 25_000,
    "brackets": "(" * 200_000,
    "short forms": "(AB) " * 40_000,
    "sentences": "We outperform GPT-4 on MATH by 3%. " * 3_000,
    "no sentence end": "state of the art over " * 9_000,
    "announcing": "We propose a new novel " * 9_000,
    "capitals": "Ab Cd " * 33_000,
    "colons": "A: " * 66_000,
    "spaces": " " * 200_000,
    "lines": "\n" * 200_000,
    "markup": r"\textbf{" * 25_000,
    "dollars": "$" * 200_000,
    "tags": "<a " * 66_000,
    "other script": "我们提出了一个模型。" * 20_000,
    "emoji": "😀 " * 100_000,
    "decomposed": "e\u0301" * 100_000,
    "marks": "e" + "\u0301" * 200_000,
    "lone surrogate": "a \ud800 b",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_read_in_linear_time(nlp: Language, name: str) -> None:
    for title, abstract in (("Title", ODD[name]), (ODD[name], "We propose RainNet.")):
        start = time.process_time()
        check(extract(nlp, Paper(title=title, abstract=abstract, given_id="p")))
        assert time.process_time() - start < 5


def test_papers_stream_in_order_and_alike(nlp: Language) -> None:
    papers = [Paper(title=f"Net{n}: a study", abstract=f"We propose Net{n}. It reaches {n}.5% accuracy.") for n in range(80)]
    streamed = list(extract_all(nlp, iter(papers)))
    assert streamed == [extract(nlp, paper) for paper in papers]


def test_a_record_survives_its_json(nlp: Language) -> None:
    paper = Paper(
        title="RainNet: a study",
        abstract="We propose RainNet for question answering. RainNet outperforms GPT-4 on GSM8K by 3%, reaching 84.3% accuracy.",
        given_id="p",
    )
    record = extract(nlp, paper)
    assert record.results
    assert record.claims
    assert record.links
    assert record_from_json(record_to_json(record)) == record


def test_every_component_states_what_it_needs_and_gives(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert not any(analysis["problems"].values())
    assert all(analysis["summary"][name]["assigns"] for name in nlp.pipe_names)


@pytest.fixture(scope="module", params=["patterns", "auto"])
def seed_page(shared_data: Path, request: pytest.FixtureRequest) -> dict[str, ExtractionRecord]:
    nlp = build_nlp(mentions=request.param)
    with (shared_data / "seed-page.txt").open("rb") as page:
        found = list(read_papers(page, name="seed-page.txt"))
    papers = [paper for paper in found if isinstance(paper, Paper)]
    return {record.paper.title: record for record in extract_all(nlp, papers)}


def scores(record: ExtractionRecord, dataset: str) -> set[tuple[str, float]]:
    return {(r.subject, r.value) for r in record.results if r.dataset == dataset}


def by_title(page: dict[str, ExtractionRecord], words: str) -> ExtractionRecord:
    [record] = [record for title, record in page.items() if words in title]
    return record


def test_scores_on_the_seed_page(seed_page: dict[str, ExtractionRecord]) -> None:
    dota = by_title(seed_page, "DotaMath")
    assert ("DotaMath-deepseek-7B", 64.8) in scores(dota, "MATH")
    assert ("DotaMath-deepseek-7B", 86.7) in scores(dota, "GSM8K")
    verified = by_title(seed_page, "Code-based Self-Verification")
    assert {("code-based self-verification", 84.3)} <= scores(verified, "MATH")
    assert 53.9 in {value for _, value in scores(verified, "MATH")}
    quotes = {r.evidence.text for r in verified.results}
    assert any("53.9\\% to 84.3\\%" in quote for quote in quotes)


def test_claims_on_the_seed_page(seed_page: dict[str, ExtractionRecord]) -> None:
    prover = by_title(seed_page, "DeepSeek-Prover")
    assert ("DeepSeek-Prover", "GPT-4", "miniF2F") in {(c.winner, c.loser, c.dataset) for c in prover.claims}
    assert {("DeepSeek-Prover", 46.3), ("GPT-4", 23.0)} <= scores(prover, "miniF2F")


def test_one_short_form_means_two_things_in_two_papers(seed_page: dict[str, ExtractionRecord]) -> None:
    code = by_title(seed_page, "Chain of Code")
    assert {e.name for e in code.entities if "CoT" in e.forms} == {"Chain of Code"}
    assert ("Chain of Code", 84.0) in scores(code, "BIG-Bench Hard")
    assert ("Chain of Code", "Chain of Thought") in {(c.winner, c.loser) for c in code.claims}
