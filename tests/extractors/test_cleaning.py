"""Markup undone on a copy, and every character of the copy traced to the text as read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cleaning import clean

CLEANED = [
    (r"84.3\% of~cases", "84.3% of cases"),
    (r"$3\times$ faster", "3× faster"),
    ("``quoted''", '"quoted"'),
    (r"\textbf{Nimbus} and \emph{Rain}", "Nimbus and Rain"),
    ("CT$^2$", "CT2"),
    (r"K\_means \& co", "K_means & co"),
    (r"as shown~\cite{smith2020}.", "as shown."),
    ("p &lt; 0.05 &amp; n", "p < 0.05 & n"),
    ("H<sub>2</sub>O <i>net</i>", "H2O net"),
    ("a < b and c > d", "a < b and c > d"),
    ("GPT‑4 — “best”", 'GPT-4 - "best"'),
    ("eﬃcient", "efficient"),
    ("re\u0301sume\u0301", "résumé"),
    ("zero\u200bwidth", "zerowidth"),
    ("about ~5% more", "about ~5% more"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CLEANED)
def test_clean_undoes_markup(text: str, expected: str) -> None:
    assert clean(text).text == expected


def test_a_span_of_the_copy_finds_its_source() -> None:
    text = r"We reach 84.3\% with $\textbf{Nimbus}$."
    cleaned = clean(text)
    start = cleaned.text.index("84.3%")
    assert text[slice(*cleaned.to_source(start, start + 5))] == r"84.3\%"
    assert cleaned.text[slice(*cleaned.from_source(text.index("Nimbus"), text.index("Nimbus") + 6))] == "Nimbus"


PIECES = st.sampled_from(
    [
        "Nimbus",
        " ",
        r"\textbf{",
        "}",
        "$",
        r"\%",
        "&amp;",
        "&#956;",
        "<b>",
        "</b>",
        "e\u0301",
        "ﬁ",
        "``",
        "''",
        "~",
        "\n",
        "²",
        "模",
        "😀",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=30).map("".join))
def test_every_span_of_the_copy_lies_in_the_source(text: str) -> None:
    cleaned = clean(text)
    last = 0
    for at in range(len(cleaned.text)):
        start, end = cleaned.to_source(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last
        last = start


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_source_span_comes_back_inside_itself(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    cleaned = clean(text)
    low, high = cleaned.from_source(start, end)
    if low < high:
        back = cleaned.to_source(low, high)
        assert start <= back[0] < back[1] <= end
