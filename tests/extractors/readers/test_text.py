"""A page of text: what is a paper on it, and what is furniture."""

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.readers import read_papers

OWN_PAGE = Path(__file__).parent / "data" / "page.txt"
FURNITURE = ("Get trending papers", "Subscribe", "byAK", "Mar 11", "Sign up", "byMira", "Nov 3", "Upvote", "cookies")
PROSE = (
    "We introduce FooNet, a network that reads each image once. It needs no labels and learns from the order of frames. "
    "On ImageNet it reaches 81.2% accuracy, 3 points above BarNet, at half of the cost of training."
)
MORE = "A second paragraph says that FooNet also beats BarNet on COCO, where the margin is 2.5 points."
TITLE = "FooNet: Reading Images Once"


def test_own_page_gives_its_six_papers_whole(read: Callable[..., list[Any]]) -> None:
    page = OWN_PAGE.read_text(encoding="utf-8")
    papers = read(page)
    assert [(paper.title, paper.abstract[-20:]) for paper in papers] == [
        ("Attention Is All You Need", "5 days on eight GPUs"[-19:] + "."),
        ("Deep Residual Learning for Image Recognition", "COCO object detection"[-19:] + "."),
        (
            "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
            "google-research/bert",
        ),
        ("Competition-Level Code Generation with AlphaCode", "top 54.3% on average"[-19:] + "."),
        (
            "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift",
            "uracy of human raters"[-19:] + ".",
        ),
        ("Pointer Networks", "m from examples alone"[-19:] + "."),
    ]
    for paper in papers:
        assert all(part in page for part in paper.abstract.split("\n\n"))
        assert not any(word in paper.text for word in FURNITURE)


def test_seed_page_gives_its_73_papers_exactly(shared_data: Path) -> None:
    path = shared_data / "seed-page.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    # On this page titles stand on every fourth line from the eleventh on, each with its abstract two lines below.
    expected = list(zip(lines[10::4], lines[12::4], strict=False))
    with path.open("rb") as stream:
        papers: list[Any] = list(read_papers(stream, name=path.name))
    assert len(papers) == 73
    assert [(paper.title, paper.abstract) for paper in papers] == expected
    assert all(min(len(title.split()), len(abstract) / 1400) >= 1 for title, abstract in expected)
    assert not any(paper.title.startswith(FURNITURE) for paper in papers)


@pytest.mark.parametrize(
    ("page", "title", "abstract"),
    [
        (f"{TITLE}\n\n{PROSE}\n", TITLE, PROSE),
        (f"{TITLE}\n{PROSE}", TITLE, PROSE),
        (f"{TITLE}\r\n\r\n{PROSE}\r\n", TITLE, PROSE),
        (f"# {TITLE}\n\n{PROSE}", TITLE, PROSE),
        (f"{TITLE}\n\n{textwrap.fill(PROSE, 60)}", TITLE, PROSE),
        (f"{TITLE}\n{textwrap.fill(PROSE, 60)}", TITLE, PROSE),
        (f"{TITLE}\n\n{PROSE}\n\n{MORE}", TITLE, f"{PROSE}\n\n{MORE}"),
        (f"{TITLE}\n\n{PROSE}\n\nCode: https://foo.example/x", TITLE, f"{PROSE}\n\nCode: https://foo.example/x"),
        (f"{TITLE}\n\nAda Lovelace, Grace Hopper\n\nMar 11, 2024\n\nAbstract\n\n{PROSE}", TITLE, PROSE),
        (f"{TITLE}\n\nView PDF\n\n17\n\nby ada\n\n{PROSE}\n\n3 comments\n\nShare", TITLE, PROSE),
        (
            f"Subscribe\n\n{TITLE}\n\nFooNet beats BarNet on ImageNet by 3.2%.",
            TITLE,
            "FooNet beats BarNet on ImageNet by 3.2%.",
        ),
        (f"FooNet\n\n{PROSE}", "FooNet", PROSE),
        (f"Log-Linear Attention\n\n{PROSE}", "Log-Linear Attention", PROSE),
        (f"Can networks read images once?\n\n{PROSE}", "Can networks read images once?", PROSE),
        (f"You Only Read Once.\n\n{PROSE}", "You Only Read Once.", PROSE),
        (f"{'The Study of Networks and ' * 7}More?\n\n{PROSE}", f"{'The Study of Networks and ' * 7}More?", PROSE),
    ],
)
def test_a_title_and_the_prose_below_are_a_paper(read: Callable[..., list[Any]], page: str, title: str, abstract: str) -> None:
    assert [(paper.title, paper.abstract) for paper in read(page, "text")] == [(title, abstract)]


@pytest.mark.parametrize(
    "furniture",
    [
        "Get trending papers in your email inbox!",
        "By using this site you accept our cookies and our terms of use.",
        "We use cookies so that this site works, to count visits, and to show you what you may like. Read our privacy "
        "policy to learn more about it, or subscribe to our newsletter for the news of each week.",
        "Mar 11",
        "1.2k",
        "3 days ago",
        "© 2024 A Company. All rights reserved.",
    ],
)
def test_furniture_is_left_out_wherever_it_stands(read: Callable[..., list[Any]], furniture: str) -> None:
    page = f"{furniture}\n\n{TITLE}\n\n{PROSE}\n\n{furniture}\n\nBarNet Again\n\n{MORE}\n\n{furniture}\n"
    assert [(paper.title, paper.abstract) for paper in read(page)] == [(TITLE, PROSE), ("BarNet Again", MORE)]


def test_a_title_without_abstract_is_reported_with_its_line(read: Callable[..., list[Any]]) -> None:
    lonely = "BarNet: A Network Without Abstract"
    paper_before, skipped = read(f"{TITLE}\n\n{PROSE}\n\n{lonely}\n")
    assert (paper_before.title, skipped.where, skipped.reason) == (TITLE, "line 5", "no_abstract")
    assert lonely in skipped.detail
    skipped, paper_after = read(f"{lonely}\n\n{TITLE}\n\n{PROSE}\n")
    assert (skipped.where, skipped.reason, paper_after.title) == ("line 1", "no_abstract", TITLE)


def test_a_title_far_above_prose_is_not_its_title(read: Callable[..., list[Any]]) -> None:
    first, second = read(f"{TITLE} and More\n\n" + "12\n\n" * 60 + f"{PROSE}\n")
    assert [(first.where, first.reason), (second.where, second.reason)] == [
        ("line 1", "no_abstract"),
        ("line 123", "no_title"),
    ]


def test_prose_without_title_is_reported(read: Callable[..., list[Any]]) -> None:
    skipped, paper = read(f"{PROSE}\n\n{TITLE}\n\n{PROSE}\n")
    assert (skipped.where, skipped.reason, paper.title) == ("line 1", "no_title", TITLE)
