"""Papers written with a format's library come back equal."""

import csv
import io
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import BibliographyData, Entry, Person

from extractors.readers import read_papers
from schema.records import Paper

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)
cells = words.filter(lambda text: text.strip().casefold() not in {"na", "n/a", "nan", "none", "null", "-"})
# BibTeX folds line breaks; braces, backslashes, $ and ~ are its own signs, and its writer turns -- and quotes into others.
plain = (
    st.text(st.sampled_from("abcxyzABC019 .,:;()[]%&#_+/<>=éüßöñçøåàÉłőšž"), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)
names = st.text(st.sampled_from("abcéüöñA"), min_size=1, max_size=8)


@st.composite
def papers(draw: st.DrawFn, text: st.SearchStrategy[str] = words, person: st.SearchStrategy[str] = words) -> Paper:
    return Paper(
        title=draw(text),
        abstract=draw(text),
        given_id=draw(st.none() | text),
        year=draw(st.none() | st.integers(1900, 2099)),
        date=draw(st.none() | st.dates().map(str)),
        url=draw(st.none() | text),
        arxiv_id=draw(st.none() | text),
        doi=draw(st.none() | text),
        venue=draw(st.none() | text),
        authors=tuple(draw(st.lists(person, max_size=3))),
        source=draw(text),
    )


def as_fields(paper: Paper) -> dict[str, Any]:
    fields = {key: getattr(paper, key) for key in Paper.__dataclass_fields__ if getattr(paper, key) not in (None, ())}
    if "given_id" in fields:
        fields["id"] = fields.pop("given_id")
    return fields


def read(data: bytes, format: str | None) -> list[Any]:
    return list(read_papers(io.BytesIO(data), name="in", format=format))


@settings(deadline=None)  # a loaded machine is no failure
@given(st.lists(papers(), min_size=1, max_size=4), st.booleans())
def test_jsonl(written: list[Any], ascii_only: bool) -> None:
    lines = (json.dumps(as_fields(paper), ensure_ascii=ascii_only) for paper in written)
    data = "\n".join(lines).encode()
    assert read(data, "jsonl") == written
    assert read(data, None) == written


@settings(deadline=None)  # a loaded machine is no failure
@given(
    st.lists(
        papers(cells, cells.filter(lambda name: not set(name) & set(";|") and name == name.strip())), min_size=1, max_size=4
    ),
    st.sampled_from(["excel", "excel-tab", "unix"]),
)
def test_csv(written: list[Any], dialect: str) -> None:
    stream = io.StringIO(newline="")
    columns = ["id", *(key for key in Paper.__dataclass_fields__ if key != "given_id")]
    writer = csv.DictWriter(stream, columns, dialect=dialect, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(
        {**(fields := as_fields(paper)), "authors": ";".join(fields.get("authors", ())) + ";"} for paper in written
    )
    assert read(stream.getvalue().encode(), "csv") == written


@settings(deadline=None)  # a loaded machine is no failure
@given(
    st.lists(
        st.tuples(plain, plain, st.integers(1900, 2099), st.lists(st.tuples(names, names), max_size=3)), min_size=1, max_size=4
    )
)
def test_bibtex(written: list[Any]) -> None:
    entries = {
        f"key{number}": Entry(
            "article",
            [("title", title), ("abstract", abstract), ("year", str(year))],
            {"author": [Person(first=first, last=last) for first, last in people]},
        )
        for number, (title, abstract, year, people) in enumerate(written)
    }
    expected = [
        (title, abstract, year, tuple(f"{first} {last}" for first, last in people)) for title, abstract, year, people in written
    ]
    for encoding in ("utf-8", "ascii"):  # as they are, and as LaTeX writes them
        data = BibliographyData(entries).to_bytes("bibtex", encoding=encoding)
        assert [(paper.title, paper.abstract, paper.year, paper.authors) for paper in read(data, "bibtex")] == expected
