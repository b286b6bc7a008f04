"""A record as JSON is the record, and `outperforms` is a view of its claims."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.identity import paper_id
from schema.kinds import ENTITY_KINDS, LINK_KINDS, Role
from schema.record_json import outperforms, record_from_json, record_to_json
from schema.records import (
    UNNAMED,
    Aspect,
    Bound,
    Claim,
    Delta,
    DeltaKind,
    Entity,
    ExtractionRecord,
    Link,
    Paper,
    Polarity,
    Result,
    Span,
    confident,
)
from tests.factories import record

TEXT = st.text(max_size=12)
NAME = st.text(min_size=1, max_size=12)
SIDE = st.none() | NAME | st.sampled_from(UNNAMED)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
CONFIDENCE = st.floats(0, 1)
BOUND = st.none() | st.sampled_from(Bound)
LABEL = st.sampled_from(ENTITY_KINDS)
SPAN = st.builds(Span, st.integers(0, 99), st.integers(0, 99), TEXT)


def few(things: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(things, max_size=3).map(tuple)


PAPERS = st.builds(
    Paper,
    title=TEXT,
    abstract=TEXT,
    given_id=st.none() | NAME,
    year=st.none() | st.integers(1950, 2050),
    date=st.none() | TEXT,
    url=st.none() | TEXT,
    arxiv_id=st.none() | TEXT | st.just("2402.14804v2"),
    doi=st.none() | TEXT | st.just("10.1038/nature14539"),
    venue=st.none() | TEXT,
    authors=few(TEXT),
    source=NAME,
)
ENTITIES = st.builds(
    Entity,
    name=NAME,
    label=LABEL,
    role=st.sampled_from(Role),
    forms=few(NAME),
    mentions=few(SPAN),
    confidence=CONFIDENCE,
    rule=NAME,
)
RESULTS = st.builds(
    Result,
    subject=NAME,
    dataset=st.none() | NAME,
    metric=st.none() | NAME,
    value=NUMBER,
    raw=TEXT,
    unit=st.none() | TEXT,
    evidence=SPAN,
    confidence=CONFIDENCE,
    rule=NAME,
    bound=BOUND,
    setting=st.none() | TEXT,
)
DELTAS = st.builds(Delta, value=NUMBER, unit=st.none() | TEXT, kind=st.sampled_from(DeltaKind), bound=BOUND)
CLAIMS = st.builds(
    Claim,
    winner=SIDE,
    loser=SIDE,
    dataset=st.none() | NAME,
    metric=st.none() | NAME,
    polarity=st.sampled_from(Polarity),
    evidence=SPAN,
    confidence=CONFIDENCE,
    rule=NAME,
    aspect=st.sampled_from(Aspect),
    hedge=st.none() | TEXT,
    by=st.none() | TEXT,
    delta=st.none() | DELTAS,
)
LINKS = st.builds(
    Link,
    head=NAME,
    type=st.sampled_from(LINK_KINDS),
    tail=NAME,
    head_label=LABEL,
    tail_label=LABEL,
    evidence=SPAN,
    confidence=CONFIDENCE,
    rule=NAME,
)
RECORDS = st.builds(
    ExtractionRecord,
    paper=PAPERS,
    extractor=NAME,
    entities=few(ENTITIES),
    results=few(RESULTS),
    claims=few(CLAIMS),
    links=few(LINKS),
)


@given(RECORDS)
def test_a_record_comes_back_from_its_json(record: ExtractionRecord) -> None:
    assert record_from_json(json.loads(json.dumps(record_to_json(record)))) == record


@given(RECORDS)
def test_a_paper_keeps_its_id_through_json(record: ExtractionRecord) -> None:
    back = record_from_json(json.loads(json.dumps(record_to_json(record))))
    assert paper_id(back.paper) == paper_id(record.paper)


@given(RECORDS)
def test_writing_again_gives_the_same_bytes(record: ExtractionRecord) -> None:
    once = json.dumps(record_to_json(record))
    assert json.dumps(record_to_json(record_from_json(json.loads(once)))) == once


@pytest.mark.parametrize("paper", [Paper(title="A title", abstract="a"), Paper(title="t", abstract="a", doi="10.1000/X")])
def test_json_of_a_paper_without_id_shows_the_id_of_the_graph(paper: Paper) -> None:
    data = record_to_json(ExtractionRecord(paper=paper, extractor="x/1"))
    assert data["id"] == paper_id(paper)
    assert record_from_json(data).paper.given_id is None


def test_facts_keep_the_types_of_the_schema() -> None:
    claim = a_claim("A", "B")
    record = ExtractionRecord(paper=Paper(title="t", abstract="a"), extractor="x/1", claims=(claim,))
    (back,) = record_from_json(json.loads(json.dumps(record_to_json(record)))).claims
    assert isinstance(back.polarity, Polarity)
    assert isinstance(back.aspect, Aspect)
    assert isinstance(back.evidence, Span)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"title": ...}, KeyError),
        ({"extractor": ...}, KeyError),
        ({"entities": None}, TypeError),
        ({"claims": [{}]}, KeyError),
        ({"links": [{"head": "A", "type": "LOVES", "tail": "B", "head_label": "MODEL", "tail_label": "MODEL"}]}, ValueError),
    ],
)
def test_what_is_no_record_is_refused(change: dict[str, object], error: type[Exception]) -> None:
    data = record_to_json(ExtractionRecord(paper=Paper(title="t", abstract="a"), extractor="x/1"))
    data = {key: value for key, value in (data | change).items() if value is not ...}
    with pytest.raises(error):
        record_from_json(data)


def a_claim(
    winner: str | None,
    loser: str | None,
    polarity: Polarity = Polarity.BETTER,
    aspect: Aspect = Aspect.QUALITY,
    dataset: str | None = "D",
) -> Claim:
    return Claim(
        winner=winner,
        loser=loser,
        dataset=dataset,
        metric="M",
        polarity=polarity,
        evidence=Span(2, 5, "abc"),
        confidence=0.5,
        rule="test",
        aspect=aspect,
        hedge="up to",
        by="12%",
    )


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        ([a_claim("A", "B")], [("A", "B", "D")]),
        ([a_claim("A", "B", dataset=None)], [("A", "B", None)]),
        ([a_claim("A", "@sota")], [("A", "@sota", "D")]),
        ([a_claim("A", "@previous")], [("A", "@baseline", "D")]),
        ([a_claim("A", "@human")], [("A", "@baseline", "D")]),
        ([a_claim("@human", "A")], [("@baseline", "A", "D")]),
        ([a_claim("@model", "@baseline")], [("@model", "@baseline", "D")]),
        ([a_claim("A", "B", Polarity.EQUAL)], []),
        ([a_claim("A", "B", Polarity.NOT_BETTER)], []),
        ([a_claim("A", "B", aspect=Aspect.EFFICIENCY)], []),
        ([a_claim("A", None)], []),
        ([a_claim(None, "B")], []),
        ([a_claim("A", "B"), a_claim("A", "B")], [("A", "B", "D")]),
        ([a_claim("A", "@previous"), a_claim("A", "@human")], [("A", "@baseline", "D")]),
        ([a_claim("A", "B"), a_claim("A", "B", dataset="E")], [("A", "B", "D"), ("A", "B", "E")]),
        ([a_claim("B", "A"), a_claim("A", "B")], [("B", "A", "D"), ("A", "B", "D")]),
    ],
)
def test_outperforms_shows_claims_of_a_better_score(claims: list[Claim], shown: list[tuple[str, str, str | None]]) -> None:
    record = ExtractionRecord(paper=Paper(title="t", abstract="a"), extractor="x/1", claims=tuple(claims))
    rows = list(outperforms(record))
    assert [(row["winner"], row["loser"], row["dataset"]) for row in rows] == shown
    assert all(row["evidence"] == {"start": 2, "end": 5, "text": "abc"} for row in rows)
    assert all((row["metric"], row["by"], row["hedge"]) == ("M", "12%", "up to") for row in rows)
    assert record_to_json(record)["outperforms"] == rows


def test_what_was_too_unsure_is_left_out_and_remembered() -> None:
    whole = record()
    kept = confident(whole, 0.75)
    assert (len(kept.results), kept.claims, kept.min_confidence) == (2, (), 0.75)
    assert kept.entities == whole.entities
    assert confident(kept, 0.5) == kept, "what was left out before stays out"
    assert "min_confidence" not in record_to_json(whole)
    assert record_from_json(record_to_json(kept)) == kept
