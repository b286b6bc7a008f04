"""What can't be read says so, and one bad entry costs only itself."""

import gzip
import json
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.readers import FORMATS, Skipped, UnreadableInput

GOOD = {"title": "FooNet", "abstract": "It is good."}
INJECTION = "x` '\" }) DETACH DELETE n //"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"
BIB = "@misc{{{key}, title = {{FooNet}}, abstract = {{It is good.}}}}\n"


def sqlite_file(tmp_path: Path) -> bytes:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    ("data", "format", "parts"),
    [
        (b"", None, ["empty"]),
        (b" \n\n \n", None, ["empty"]),
        (b"\xef\xbb\xbf", None, ["empty"]),
        (gzip.compress(b""), None, ["empty"]),
        (PNG, None, ["PNG"]),
        (PNG, "jsonl", ["PNG"]),
        (gzip.compress(PNG), None, ["PNG"]),
        (b"%PDF-1.7\n%\xe2\xe3", None, ["PDF"]),
        (b"PK\x03\x04\x14\0", "csv", ["ZIP"]),
        (bytes(range(256)) * 8, None, ["binary"]),
        ("FooNet is good. ".encode("utf-16-le"), None, ["UTF-16", "iconv -f UTF-16LE"]),
        ("FooNet".encode("utf-32"), None, ["UTF-32", "iconv"]),
        ("title,abstract\nA,Erdos\nB,Lévy\n".encode("latin-1"), None, ["byte 26", "line 3", "0xE9", "iconv -f LATIN1"]),
        (("x" * 70_000 + "\né").encode("latin-1"), "jsonl", ["byte 70,001", "line 2", "iconv"]),
        (gzip.compress(b"x" * 9000)[:-20], None, ["gzip", "too early"]),
        (b"\x1f\x8bnot gzip at all", None, ["gzip", "damaged"]),
        (b"{}", "xml", ["unknown format 'xml'", *FORMATS]),
        (b"<!DOCTYPE html>\n<html><body><p>A</p></body></html>", None, ["HTML", "save it as text"]),
        (b"<?xml version='1.0'?><html xmlns='x'><p>A</p></html>", None, ["HTML"]),
        (b"<div>\n<h2>FooNet</h2><p>It is good.</p></div>", "text", ["HTML"]),
        (b"nothing here", None, ["no paper found", "blank line"]),
        (b'{"papers": [\n {"title": oops}]}', None, ["line 2, column 12", "not valid JSON", "jsonl"]),
        (b'{"total": 3}', "json", ["total", "papers"]),
        (b"5", "json", ["found 5"]),
        (b"[" * 100_000, None, ["nested too deeply"]),
        (b"name,abstract,year\nA,B,2024\n", "csv", ["line 1", "no column for the title", "'name', 'abstract'"]),
        (b"name,abstract,year\nA,B,2024\n", None, ["no column for the title"]),
        (b"title,year\nA,2024\n", None, ["no column for the abstract"]),
        (b"title,abstract,title\nA,B,C\n", None, ["two columns", "title"]),
        (b"no entry in here", "bibtex", ["no BibTeX entry"]),
        (b"<?xml version='1.0'?><feed><entry>\n<title>A</title>", None, ["line 2", "not valid XML"]),
        (b"<?xml version='1.0'?><note>A</note>", None, ["not an Atom feed"]),
        (b"<rss version='2.0'><channel><title>A</title></channel></rss>", None, ["rss20", "not an Atom feed"]),
        (
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>http://arxiv.org/api/errors#x</id>"
            b"<title>Error</title><summary>incorrect id format</summary></entry></feed>",
            None,
            ["incorrect id format"],
        ),
    ],
)
def test_unreadable_input_says_why_and_what_to_do(
    read: Callable[..., list[Any]], data: Any, format: str | None, parts: list[str]
) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(data, format)
    message = str(caught.value)
    assert "in.txt" in message
    assert "\n" not in message
    assert [part for part in parts if part not in message] == []


def test_a_database_is_named(read: Callable[..., list[Any]], tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="SQLite"):
        read(sqlite_file(tmp_path))


@pytest.mark.parametrize(
    ("line", "reason", "part"),
    [
        ('{"title": "A", "abstract": oops}', "bad_json", "column 28"),
        ('{"title": "A", "abstract": "B"', "bad_json", "column"),
        ("just words", "bad_json", "column 1"),
        ("[1, 2]", "not_an_object", "[1, 2]"),
        ('"FooNet"', "not_an_object", "FooNet"),
        ("[" * 50_000, "bad_json", "nested"),
        ('{"title": "A", "title": "B", "abstract": "C"}', "duplicate_key", "'title'"),
        ('{"title": "A"}', "no_abstract", "'A'"),
        ('{"title": "A", "abstract": "  "}', "no_abstract", "'A'"),
        ('{"title": "A", "abstract": null}', "no_abstract", "'A'"),
        ('{"abstract": "B", "year": 2024}', "no_title", "year"),
        ('{"title": "", "abstract": "B"}', "no_title", "title"),
        ('{"title": 5, "abstract": "B"}', "bad_field", "title is 5"),
        ('{"title": "A", "abstract": ["B"]}', "bad_field", "abstract is ['B']"),
        ('{"title": "A", "abstract": "B", "year": "soon"}', "bad_field", "year is 'soon'"),
        ('{"title": "A", "abstract": "B", "year": true}', "bad_field", "year is True"),
        ('{"title": "A", "abstract": "B", "year": 20244}', "bad_field", "year is 20244"),
        ('{"title": "A", "abstract": "B", "year": 1e999}', "bad_field", "year is inf"),
        (f'{{"title": "A", "abstract": "B", "year": {"9" * 5000}}}', "bad_json", "not usable"),
        ('{"title": "A", "abstract": "B", "date": "soon"}', "bad_field", "YYYY-MM-DD"),
        ('{"title": "A", "abstract": "B", "year": "2020--2021"}', "bad_field", "year is '2020--2021'"),
        ('{"title": "A", "abstract": "B", "date": "2024-02-30"}', "bad_field", "2024-02-30"),
        ('{"title": "A", "abstract": "B", "authors": 3}', "bad_field", "authors is 3"),
        ('{"title": "A", "abstract": "B", "authors": [3]}', "bad_field", "authors holds 3"),
        ('{"title": "A", "abstract": "B", "arxiv_id": 2403.0123}', "bad_field", "arxiv_id is 2403.0123"),
        ('{"title": "A", "abstract": "B", "id": {"x": 1}}', "bad_field", "id is"),
    ],
)
def test_a_bad_line_is_skipped_and_the_others_are_loaded(
    read: Callable[..., list[Any]], line: str, reason: str, part: str
) -> None:
    good = json.dumps(GOOD)
    before, skipped, after = read(f"{good}\n{line}\n{good}\n", "jsonl")
    assert (skipped.where, skipped.reason) == ("line 2", reason)
    assert part in skipped.detail
    assert (before.title, after.title) == ("FooNet", "FooNet")


def test_jsonl_is_recognised_though_its_first_line_is_bad(read: Callable[..., list[Any]]) -> None:
    outcomes = read(f"{{oops\n{json.dumps(GOOD)}\n{json.dumps(GOOD)}\n")
    assert [isinstance(outcome, Skipped) for outcome in outcomes] == [True, False, False]


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        ({"year": "2024"}, "year", 2024),
        ({"year": 2024.0}, "year", 2024),
        ({"year": " 2024 "}, "year", 2024),
        ({"year": ""}, "year", None),
        ({"year": float("nan")}, "year", None),
        ({"date": "2024-03-11T10:00:00Z"}, "date", "2024-03-11"),
        ({"date": "2024-03"}, "date", "2024-03"),
        ({"date": "2024/03/11"}, "date", "2024-03-11"),
        ({"date": "11/03/2024"}, "date", "2024"),
        ({"date": "March 2024"}, "date", "2024"),
        ({"year": "in press, 2024"}, "year", 2024),
        ({"id": 7}, "given_id", "7"),
        ({"authors": "Ada Lovelace, Kurt Gödel and Grace Hopper"}, "authors", ("Ada Lovelace", "Kurt Gödel", "Grace Hopper")),
        ({"authors": "Curie, Marie"}, "authors", ("Curie, Marie",)),
        (
            {"authors": [{"name": "Ada Lovelace"}, {"given": "Kurt", "family": "Gödel"}]},
            "authors",
            ("Ada Lovelace", "Kurt Gödel"),
        ),
        ({"summary": "ignored beside abstract"}, "abstract", "It is good."),
        ({"title": "FooNet", "TITLE": "FooNet"}, "title", "FooNet"),
        ({"colour": "red"}, "source", "local"),
    ],
)
def test_fields_in_another_shape_are_understood(
    read: Callable[..., list[Any]], value: dict[str, Any], field: str, expected: object
) -> None:
    (paper,) = read(json.dumps({**GOOD, **value}), "jsonl")
    assert getattr(paper, field) == expected


@pytest.mark.parametrize(
    ("row", "reason", "lines"),
    [
        ('"never closed,B,2024\n', "bad_csv", [2]),
        ('A,"a "quote" inside",2024\n', "bad_csv", [2]),
        ("A,B, C and D,2024\n", "wrong_columns", [2]),
        ("A\n", "no_abstract", [2]),
        ("A,NaN,2024\n", "no_abstract", [2]),
        (",B,2024\n", "no_title", [2]),
        ("A,B,soon\n", "bad_field", [2]),
    ],
)
def test_a_bad_row_is_skipped_and_the_others_are_loaded(
    read: Callable[..., list[Any]], row: str, reason: str, lines: list[int]
) -> None:
    outcomes = read(f'title,abstract,year\n{row}FooNet,"It is\ngood.",2024\n\nBarNet,It is slower.,\n')
    skipped = [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert [(outcome.where, outcome.reason) for outcome in skipped] == [(f"line {line}", reason) for line in lines]
    papers = [outcome for outcome in outcomes if not isinstance(outcome, Skipped)]
    assert [(paper.title, paper.abstract) for paper in papers] == [("FooNet", "It is\ngood."), ("BarNet", "It is slower.")]


@pytest.mark.parametrize(
    ("entry", "reason", "part"),
    [
        ("@misc{bad, title = {FooNet, abstract = {Never closed.}\n", "bad_bibtex", "line"),
        ("@misc{bad, title = , abstract = {It.}}\n", "bad_bibtex", "field value"),
        ("@misc{bad, abstract = {It.}}\n", "no_title", "title"),
    ],
)
def test_a_bad_bibtex_entry_is_skipped_and_the_others_are_loaded(
    read: Callable[..., list[Any]], entry: str, reason: str, part: str
) -> None:
    before, skipped, after = read(BIB.format(key="a") + entry + BIB.format(key="b"))
    assert (skipped.where.split(" (")[0], skipped.reason) == ("line 2", reason)
    assert part in skipped.detail
    assert before == after


def test_two_entries_with_one_citation_key_are_two_papers(read: Callable[..., list[Any]]) -> None:
    first, second = read(BIB.format(key="a") + BIB.format(key="a").replace("FooNet", "BarNet"))
    assert (first.title, second.title) == ("FooNet", "BarNet")
    assert first.given_id is None


@pytest.mark.parametrize(
    "text", [INJECTION, "tab\tnul\0bell\x07esc\x1b[31m", "\u2028\x85\x0b\x0c", "a\u202eb", "𝒳 – é e\u0301"]
)
@pytest.mark.parametrize("format", ["jsonl", "json", "csv"])
def test_signs_and_control_characters_come_back_whole(read: Callable[..., list[Any]], text: str, format: str) -> None:
    quoted = '"' + f"It {text} is.".replace('"', '""') + '"'
    entry = {"title": f"Foo {text}", "abstract": f"It {text} is.", "authors": [text]}
    data = {
        "jsonl": json.dumps(entry, ensure_ascii=False),
        "json": json.dumps([entry], ensure_ascii=False, indent=1),
        "csv": f'title,abstract\n"Foo {text.replace(chr(34), chr(34) * 2)}",{quoted}\n',
    }[format]
    (paper,) = read(data, format)
    assert (paper.title, paper.abstract) == (f"Foo {text}", f"It {text} is.")


def test_raw_control_characters_in_json_are_kept(read: Callable[..., list[Any]]) -> None:
    (paper,) = read('{"title": "A\0B", "abstract": "tab\there"}')
    assert (paper.title, paper.abstract) == ("A\0B", "tab\there")


def test_names_on_a_page_with_quotes_and_braces_are_kept(read: Callable[..., list[Any]]) -> None:
    prose = f"The method {INJECTION} is compared with others on many data sets. It wins on each of them by 3 points."
    (paper,) = read(f"Foo`Net: {INJECTION}\n\n{prose}\n")
    assert (paper.title, paper.abstract) == (f"Foo`Net: {INJECTION}", prose)


@pytest.mark.parametrize(
    "data",
    [
        rb'{"title": "A\ud800B", "abstract": "\udfff\ud83d\ude00 x", "authors": ["\ud800"]}',
        b'{"title": "A\xed\xa0\x80B", "abstract": "\xed\xbf\xbf\xf0\x9f\x98\x80 x", "authors": ["\xed\xa0\x80"]}',
        '{"title": "A\ud800B", "abstract": "\udfff\U0001f600 x", "authors": ["\ud800"]}'.encode("utf-16", "surrogatepass"),
    ],
)
def test_lone_surrogates_are_replaced_one_to_one(read: Callable[..., list[Any]], data: Any) -> None:
    (paper,) = read(data)
    assert (paper.title, paper.abstract, paper.authors) == ("A\ufffdB", "\ufffd\U0001f600 x", ("\ufffd",))


HUGE = 50_000_000


@pytest.mark.parametrize(
    ("head", "filler", "tail", "format"),
    [
        (b'{"title": "A", "abstract": "', b"x", b'"}\n' + json.dumps(GOOD).encode(), "jsonl"),
        (b'[{"title": "A", "abstract": "', b"x", b'"},' + json.dumps(GOOD).encode() + b"]", "json"),
        (b"title,abstract\nA,", b"x", b"\nFooNet,It is good.", "csv"),
        (b'title,abstract\nA,"', b"x", b'"\nFooNet,It is good.', "csv"),
        (b"@misc{a, title = {A}, abstract = {", b"x", b"}}\n" + BIB.format(key="b").encode(), "bibtex"),
    ],
)
def test_a_line_of_50_mb_is_skipped_in_bounded_memory(
    read: Callable[..., list[Any]], head: bytes, filler: Any, tail: bytes, format: str | None
) -> None:
    data = head + filler * HUGE + tail
    tracemalloc.start()
    started = time.monotonic()
    try:
        skipped, paper = read(data, format)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert skipped.reason == "too_large"
    assert "4,194,304" in skipped.detail
    assert paper.title == "FooNet"
    assert time.monotonic() - started < 60
    assert peak < (4 * HUGE if format == "json" else 40_000_000)


@pytest.mark.parametrize("filler", ["x", "word and ", "😀"])
def test_a_page_that_is_one_line_of_50_mb_is_refused_in_bounded_memory(read: Callable[..., list[Any]], filler: Any) -> None:
    data = (filler * (HUGE // len(filler.encode()))).encode()
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableInput, match="line 1: a paragraph longer than 4,194,304 characters"):
            read(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < HUGE


def test_a_small_archive_of_a_huge_file_is_read_in_bounded_memory(read: Callable[..., list[Any]]) -> None:
    packed = gzip.compress(b'{"title": "A", "abstract": "' + b"x" * HUGE + b'"}\n' + json.dumps(GOOD).encode())
    tracemalloc.start()
    try:
        skipped, paper = read(packed)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (skipped.reason, paper.title) == ("too_large", "FooNet")
    assert peak < HUGE
