"""Where sentences begin, dots of all kinds around."""

import pytest

from extractors.sentences import sentence_starts

ABSTRACTS = [
    ("It works. It is fast.", ["It works. ", "It is fast."]),
    ("We use e.g. Transformers. They help.", ["We use e.g. Transformers. ", "They help."]),
    ("Shown by Smith et al. We agree.", ["Shown by Smith et al. We agree."]),
    ("It scores 84.3 on average (Avg. 80.1%). Good.", ["It scores 84.3 on average (Avg. 80.1%). ", "Good."]),
    ("Is it so? Yes! We think.", ["Is it so? ", "Yes! ", "We think."]),
    ('He said "stop." Then left.', ['He said "stop." ', "Then left."]),
    ("By J. Doe and K. Roe. Done.", ["By J. Doe and K. Roe. ", "Done."]),
    ("See Fig. 3 vs. Table 2. End.", ["See Fig. 3 vs. Table 2. ", "End."]),
    ("no capital. follows here", ["no capital. follows here"]),
    ("", []),
]


@pytest.mark.parametrize(("abstract", "expected"), ABSTRACTS)
def test_an_abstract_is_cut_into_sentences(abstract: str, expected: list[str]) -> None:
    text = f"Title. With a dot\n{abstract}"
    starts = list(sentence_starts(text, len("Title. With a dot")))
    bounds = [*starts[1:], len(text)]
    assert [text[a:b] for a, b in zip(starts, bounds, strict=True)][1:] == expected
