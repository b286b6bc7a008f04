"""When two names are one thing, and when two papers are."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from schema.identity import digest, entity_id, fold, name_key, paper_id, split_variant
from schema.kinds import ENTITY_KINDS, NodeKind, Role
from schema.records import Entity, Paper, Span

with Path(__file__).with_name("identity.tsv").open(encoding="utf-8", newline="") as table:
    PAIRS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))

# Letters of several scripts, digits and the signs that occur in names.
NAMES = st.text("abcXYZéßλΩЖ中0123456789 -_+*#/@.&()'–", min_size=1, max_size=20)
# A final s may be a plural, which depends on case and on what precedes it.
NO_PLURAL = NAMES.filter(lambda name: any(map(str.isalnum, name)) and not name.strip().casefold().endswith("s"))


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: f"{row['a']} | {row['b']}")
def test_pair_is_one_or_apart(row: dict[str, str]) -> None:
    first, *second = (NodeKind[kind] for kind in row["kind"].split("/"))
    ids = {entity_id(first, row["a"]), entity_id(second[0] if second else first, row["b"])}
    assert len(ids) == {"one": 1, "apart": 2}[row["expected"]], f"{row['why']}: {ids}"


def test_table_covers_the_field() -> None:
    assert len(PAIRS) >= 150
    assert (PAIRS[0]["a"], PAIRS[0]["b"], PAIRS[0]["expected"]) == ("Chain of Code", "Chain of Thought", "apart")
    assert {row["expected"] for row in PAIRS} == {"one", "apart"}


def test_a_shared_acronym_makes_no_shared_id() -> None:
    code, thought = (
        Entity(
            name=name,
            label=NodeKind.METHOD,
            role=Role.INTRODUCED,
            forms=(name, "CoT"),
            mentions=(Span(0, len(name), name),),
            confidence=1.0,
            rule="test",
        )
        for name in ("Chain of Code", "Chain of Thought")
    )
    assert set(code.forms) & set(thought.forms) == {"CoT"}
    assert entity_id(code.label, code.name) != entity_id(thought.label, thought.name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("miniF2F", ("miniF2F", None)),
        ("miniF2F-test", ("miniF2F", "test")),
        ("miniF2F valid", ("miniF2F", "validation")),
        ("miniF2F validation set", ("miniF2F", "validation")),
        ("SQuAD dev", ("SQuAD", "validation")),
        ("Cityscapes val", ("Cityscapes", "validation")),
        ("GSM8K (test)", ("GSM8K", "test")),
        ("GSM8K train split", ("GSM8K", "train")),
        ("MATH dataset", ("MATH", None)),
        ("MATH test set", ("MATH", "test")),
        ("MATH dataset test split", ("MATH", "test")),
        ("COCO test-dev", ("COCO", "test-dev")),
        ("COCO minival", ("COCO", "minival")),
        ("LibriSpeech test clean", ("LibriSpeech", "test-clean")),
        ("LibriSpeech dev-other", ("LibriSpeech", "dev-other")),
        ("MATH-500", ("MATH-500", None)),
        ("ARC Challenge", ("ARC Challenge", None)),
        ("latest", ("latest", None)),
        ("test", ("test", None)),
        ("dataset", ("dataset", None)),
    ],
)
def test_split_variant(name: str, expected: tuple[str, str | None]) -> None:
    assert split_variant(name) == expected


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ({"arxiv_id": "2402.14804"}, "arxiv:2402.14804"),
        ({"arxiv_id": "2402.14804v3"}, "arxiv:2402.14804"),
        ({"arxiv_id": "arXiv:2402.14804v1"}, "arxiv:2402.14804"),
        ({"arxiv_id": "arXiv: 2402.14804"}, "arxiv:2402.14804"),
        ({"arxiv_id": "https://arxiv.org/abs/2402.14804v2"}, "arxiv:2402.14804"),
        ({"arxiv_id": "http://arxiv.org/pdf/2402.14804v2.pdf"}, "arxiv:2402.14804"),
        ({"arxiv_id": "http://export.arxiv.org/abs/cs/0701001v1"}, "arxiv:cs/0701001"),
        ({"arxiv_id": "math.GT/0309136"}, "arxiv:math.gt/0309136"),
        ({"given_id": "2402.14804"}, "arxiv:2402.14804"),
        ({"given_id": "http://arxiv.org/abs/1706.03762v5"}, "arxiv:1706.03762"),
        ({"doi": "10.48550/arXiv.1706.03762"}, "arxiv:1706.03762"),
        ({"arxiv_id": "1706.03762", "doi": "10.1000/x", "given_id": "7"}, "arxiv:1706.03762"),
        ({"doi": "10.1038/NATURE14539"}, "doi:10.1038/nature14539"),
        ({"doi": "https://doi.org/10.1038/nature14539"}, "doi:10.1038/nature14539"),
        ({"doi": "http://dx.doi.org/10.1038/nature14539"}, "doi:10.1038/nature14539"),
        ({"doi": "doi:10.1038/nature14539", "given_id": "7"}, "doi:10.1038/nature14539"),
        ({"given_id": "doi: 10.1038/nature14539"}, "doi:10.1038/nature14539"),
        ({"given_id": "7"}, "local:7"),
        ({"given_id": "local:7"}, "local:7"),
        ({"given_id": "7", "source": "acl"}, "acl:7"),
        ({"given_id": "local:7", "source": "acl"}, "acl:local:7"),
        ({"given_id": "1234.5678"}, "local:1234.5678"),  # no month 34
        ({"arxiv_id": "unknown", "given_id": "7"}, "local:7"),
        ({}, f"title:{digest('a title')}"),
        ({"title": "A  TITLE"}, f"title:{digest('a title')}"),
        ({"given_id": f"title:{digest('a title')}"}, f"title:{digest('a title')}"),
    ],
)
def test_paper_id(paper: dict[str, str], expected: str) -> None:
    assert paper_id(Paper(**{"title": "A title", "abstract": "", **paper})) == expected  # type: ignore[arg-type]


def test_papers_without_id_differ_by_title() -> None:
    first, second = (Paper(title=title, abstract="") for title in ("Attention is all", "Attention isn't all"))
    assert paper_id(first) != paper_id(second)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPT-4", "gpt 4"),
        ("  Chain-of–Thought\n", "chain of thought"),
        ("ＢＥＲＴ_base", "bert base"),
        ("Straße", "strasse"),
        ("C++", "c++"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_digest_is_fixed_across_versions() -> None:
    # Ids in stored graphs are made of it.
    assert digest("paper", 1, None) == "ed660bd0e74f3902"


@pytest.mark.parametrize(
    ("left", "right"),
    [(("a", "b"), ("b", "a")), (("ab",), ("a", "b")), ((None,), ("",)), (("a",), ("a", None)), (("a",), ("A",))],
)
def test_digest_tells_parts_apart(left: tuple[str | None, ...], right: tuple[str | None, ...]) -> None:
    assert digest(*left) != digest(*right)


@given(st.text())
def test_digest_takes_any_text(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{16}", digest(text))


def test_digest_takes_a_lone_surrogate() -> None:
    assert digest("\ud800") != digest("\ud801")


@given(NO_PLURAL)
def test_key_is_idempotent(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(NO_PLURAL, st.sampled_from(ENTITY_KINDS))
def test_key_is_never_empty_for_a_name_with_a_letter_or_digit(name: str, kind: NodeKind) -> None:
    assert name_key(name)
    assert entity_id(kind, name).partition(":")[2]


@pytest.mark.parametrize("name", ["", " ", "-", "—", "()", "…"])
def test_a_name_with_nothing_to_go_by_has_no_id(name: str) -> None:
    with pytest.raises(ValueError, match="can't name a Method"):
        entity_id(NodeKind.METHOD, name)


@given(NO_PLURAL)
@example("Straße")
def test_key_does_not_depend_on_case(name: str) -> None:
    assert name_key(name.upper()) == name_key(name.lower()) == name_key(name)


@given(st.lists(st.from_regex(r"[a-zA-Z]{1,6}|\d{1,3}", fullmatch=True), min_size=1, max_size=5), st.data())
def test_key_does_not_depend_on_the_separator(words: list[str], data: st.DataObject) -> None:
    separators = [data.draw(st.sampled_from([" ", "-", "_", " - ", "–", "‑"])) for _ in words]
    other = "".join(map(str.__add__, words, separators))
    assert name_key(other) == name_key(" ".join(words))


@given(st.lists(st.from_regex(r"[a-zA-Z]{1,6}", fullmatch=True), min_size=1, max_size=5))
def test_key_of_words_does_not_depend_on_spaces(words: list[str]) -> None:
    assume(not words[-1].casefold().endswith("s"))
    assert name_key("".join(words).lower()) == name_key(" ".join(words).lower())


@given(st.sampled_from(ENTITY_KINDS), st.text("ab @-+", max_size=6), st.integers(0, 999), st.integers(0, 999))
def test_ids_differ_where_digits_differ(kind: NodeKind, stem: str, first: int, second: int) -> None:
    assume(first != second)
    assert entity_id(kind, f"{stem}{first}") != entity_id(kind, f"{stem}{second}")
    assert entity_id(kind, f"{first}{stem}x") != entity_id(kind, f"{second}{stem}x")


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4), st.lists(st.integers(0, 99), min_size=1, max_size=4))
def test_runs_of_numbers_keep_their_borders(first: list[int], second: list[int]) -> None:
    assume(first != second)
    assert name_key(" ".join(map(str, first))) != name_key(" ".join(map(str, second)))
