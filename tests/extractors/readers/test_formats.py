"""Each structured format: its fields, and how it is recognised."""

import gzip
import io
import json
from collections.abc import Callable
from itertools import islice
from typing import Any

import pytest

from extractors.readers import FORMATS, Skipped, read_papers
from schema.kinds import NodeKind, Role
from schema.record_json import record_to_json
from schema.records import Entity, ExtractionRecord, Paper, Span

FULL = Paper(
    title="FooNet: $x^2$ & more",
    abstract="It reaches 84.3% (53.9% before).\nIt is “good”.",
    given_id="p1",
    year=2024,
    date="2024-03-11",
    url="https://foo.example/p1",
    arxiv_id="2403.01234",
    doi="10.1000/foo",
    venue="FooConf",
    authors=("Ada Lovelace", "Grace Hopper"),
    source="lab",
)
LEAN = Paper(title="BarNet", abstract="It is slower.")
FULL_JSON = {
    "id": "p1",
    "title": FULL.title,
    "abstract": FULL.abstract,
    "year": 2024,
    "date": "2024-03-11",
    "url": FULL.url,
    "arxiv_id": FULL.arxiv_id,
    "doi": FULL.doi,
    "venue": FULL.venue,
    "authors": list(FULL.authors),
    "source": "lab",
}
LEAN_JSON = {"title": "BarNet", "abstract": "It is slower."}
JSONL = f"{json.dumps(FULL_JSON)}\n\n{json.dumps(LEAN_JSON)}\n"
RECORD = ExtractionRecord(
    paper=LEAN,
    extractor="rules/1",
    entities=(
        Entity(
            name="BarNet",
            label=NodeKind.MODEL,
            role=Role.INTRODUCED,
            forms=("BarNet",),
            mentions=(Span(0, 6, "BarNet"),),
            confidence=0.9,
            rule="title",
        ),
    ),
)
CSV = (
    "ID,Title,Summary,Publication Year,Date,URL,arXiv ID,DOI,Venue,Authors,Source,Stars\n"
    'p1,FooNet: $x^2$ & more,"It reaches 84.3% (53.9% before).\nIt is “good”.",2024.0,2024-03-11,https://foo.example/p1,'
    "2403.01234,10.1000/foo,FooConf,Ada Lovelace; Grace Hopper,lab,7\n"
    ",BarNet,It is slower.,,NaN,,,,,,,\n"
)
BIBTEX = r"""
% Encoding: UTF-8
@string{fc = {FooConf}}
@comment{jabref-meta: x}
@InProceedings{foo24,
  title     = {{FooNet}: Erd{\H{o}}s and L\'evy, $x^{2}$},
  abstract  = {It reaches 84.3\% (53.9% before)
               on \emph{MATH}.},
  author    = "Lovelace, Ada and G{\"o}del, Kurt and King, Jr., Martin",
  year      = 2024, doi = {10.1000/foo}, url = {https://foo.example/a\_b},
  booktitle = fc, eprint = {2403.01234}, archivePrefix = {arXiv}
}
@article{bar, title = {BarNet}, abstract = {It is slower.}, year = {in press}, journal = undefined_macro}
@book{none, title = {A Book}}
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2403.01234v3</id>
    <updated>2025-01-01T00:00:00Z</updated>
    <published>2024-03-11T17:57:34Z</published>
    <title>FooNet: a &lt; b &amp;
  more</title>
    <summary>  It reaches 84.3%
  with p &lt; 0.05 and &lt;b&gt;tags&lt;/b&gt;.
</summary>
    <author><name>Ada Lovelace</name></author>
    <author><name>Grace Hopper</name></author>
    <arxiv:doi>10.1000/foo</arxiv:doi>
    <link href="http://arxiv.org/abs/2403.01234v3" rel="alternate" type="text/html"/>
  </entry>
  <entry><id>http://arxiv.org/abs/cs/0112017v1</id><title>BarNet</title><summary>It is slower.</summary></entry>
</feed>"""
PAGE = f"new\n\n{FULL.title}\n\n{'It is a network of many layers. ' * 8}\n"


@pytest.mark.parametrize("format", [None, "jsonl"])
def test_jsonl(read: Callable[..., list[Any]], format: str | None) -> None:
    assert read(JSONL, format) == [FULL, LEAN]


@pytest.mark.parametrize(
    "data",
    [
        [FULL_JSON, LEAN_JSON],
        {"papers": [FULL_JSON, LEAN_JSON]},
        {"total": 2, "results": [FULL_JSON, LEAN_JSON]},
        {"found": [FULL_JSON, LEAN_JSON]},
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_json(read: Callable[..., list[Any]], data: Any, indent: int | None) -> None:
    assert read(json.dumps(data, indent=indent), "json") == [FULL, LEAN]
    assert read(json.dumps([FULL_JSON, LEAN_JSON], indent=indent)) == [FULL, LEAN]


def test_json_of_one_paper(read: Callable[..., list[Any]]) -> None:
    assert read(json.dumps(LEAN_JSON, indent=2)) == [LEAN]


@pytest.mark.parametrize("format", [None, "csv"])
def test_csv(read: Callable[..., list[Any]], format: str | None) -> None:
    assert read(CSV, format) == [FULL, LEAN]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_separators(read: Callable[..., list[Any]], separator: str) -> None:
    table = (
        f"title{separator}abstract{separator}authors\nBarNet{separator}It is slower.{separator}Ada Lovelace and Kurt Gödel\n"
    )
    (paper,) = read(table)
    assert (paper.title, paper.abstract, paper.authors) == ("BarNet", "It is slower.", ("Ada Lovelace", "Kurt Gödel"))


def test_bibtex(read: Callable[..., list[Any]]) -> None:
    foo, bar, book = read(BIBTEX)
    assert foo == Paper(
        title="FooNet: Erdős and Lévy, $x^{2}$",
        abstract="It reaches 84.3% (53.9% before) on MATH.",
        year=2024,
        url="https://foo.example/a_b",
        arxiv_id="2403.01234",
        doi="10.1000/foo",
        venue="FooConf",
        authors=("Ada Lovelace", "Kurt Gödel", "Martin King Jr."),
    )
    assert bar == LEAN
    assert (book.where, book.reason) == ("line 14 (none)", "no_abstract")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (
            r"Erd\H{o}s, L\'evy, {\"o}, na\"\i ve, \'{\i}, \c{c}, \aa\ \ss, \L{}ukasz",
            "Erdős, Lévy, ö, naïve, í, ç, å ß, Łukasz",
        ),
        (r"{BERT} and {{GPT-4}}", "BERT and GPT-4"),
        (r"from 53.9\% to 84.3% (5 % more)", "from 53.9% to 84.3% (5 % more)"),
        (r"$x^{2}$, $\'x$ and \$5", r"$x^{2}$, $\'x$ and $5"),
        (r"\emph{a} {\bf b} Table~1, http://x.y/~z", "a b Table 1, http://x.y/~z"),
        (r"O(n \log n), \alpha-helix, \cite{x}", r"O(n \log n), \alpha-helix, \cite{x}"),
        ("two  spaces,\n   a line", "two  spaces, a line"),
    ],
)
def test_latex(read: Callable[..., list[Any]], latex: str, text: str) -> None:
    (paper,) = read(f"@misc{{a, title = {{{latex}}}, abstract = {{{latex}}}}}")
    assert (paper.title, paper.abstract) == (text, text)


def test_arxiv(read: Callable[..., list[Any]]) -> None:
    foo, bar = read(ATOM)
    assert foo == Paper(
        title="FooNet: a < b & more",
        abstract="It reaches 84.3% with p < 0.05 and <b>tags</b>.",
        given_id="2403.01234",
        year=2024,
        date="2024-03-11",
        url="http://arxiv.org/abs/2403.01234v3",
        arxiv_id="2403.01234",
        doi="10.1000/foo",
        authors=("Ada Lovelace", "Grace Hopper"),
        source="arxiv",
    )
    assert (bar.title, bar.arxiv_id, bar.date, bar.year) == ("BarNet", "cs/0112017", None, None)


def test_records(read: Callable[..., list[Any]]) -> None:
    data = record_to_json(RECORD)
    (record,) = read(json.dumps(data))
    assert isinstance(record, ExtractionRecord)
    assert record_to_json(record) == data
    assert read(json.dumps(data), "jsonl")[0].title == "BarNet"


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"entities": [{"name": "BarNet"}]}, "label"),
        ({"claims": 5}, "not an extraction record"),
        ({"entities": [{**record_to_json(RECORD)["entities"][0], "label": "PLANET"}]}, "PLANET"),
        ({"title": "NetBar"}, "'BarNet' is not at [0, 6)"),
    ],
)
def test_a_broken_record_is_skipped(read: Callable[..., list[Any]], change: dict[str, Any], detail: str) -> None:
    good = record_to_json(RECORD)
    skipped, record = read(f"{json.dumps({**good, **change})}\n{json.dumps(good)}", "records")
    assert (skipped.where, skipped.reason) == ("line 1", "bad_record")
    assert detail in skipped.detail
    assert record.paper.title == "BarNet"


def write(format: str) -> str:
    return {
        "text": PAGE,
        "jsonl": JSONL,
        "json": json.dumps({"papers": [LEAN_JSON]}),
        "csv": CSV,
        "bibtex": BIBTEX,
        "arxiv": ATOM,
        "records": json.dumps(record_to_json(RECORD)),
        "tables": json.dumps(
            [{"datasets": [{"dataset": "D", "sota": {"rows": [{"model_name": "M", "metrics": {"acc": "5"}}]}}]}]
        ),
        "evals": json.dumps({"evaluation_id": "1", "model_info": {"name": "M"}, "evaluation_results": []}),
    }[format]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_each_format_is_recognised_in_each_encoding(
    read: Callable[..., list[Any]], format: str, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    data = pack(write(format).encode(encoding))
    assert read(data) == read(write(format), format)
    assert any(not isinstance(outcome, Skipped) for outcome in read(data))


def test_a_pipe_that_gives_a_byte_at_a_time_is_read() -> None:
    class Slow(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            return super().read(1)

    assert list(read_papers(Slow(JSONL.encode()), name="-")) == [FULL, LEAN]
    assert list(read_papers(Slow(JSONL.encode("utf-16")), name="-")) == [FULL, LEAN]


def test_papers_come_before_the_input_ends() -> None:
    class Endless(io.BytesIO):
        number = 0

        def read(self, _size: int | None = -1, /) -> bytes:
            self.number += 1
            return json.dumps({"title": f"T{self.number}", "abstract": "A network. " * 50}).encode() + b"\n"

    outcomes = read_papers(Endless(), name="-")
    titles = [outcome.title for outcome in islice(outcomes, 1000) if isinstance(outcome, Paper)]
    assert titles == [f"T{number}" for number in range(1, 1001)]
