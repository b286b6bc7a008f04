"""Short forms that a text defines, and those that only look so."""

import pytest

from extractors.abbreviations import find_abbreviations

DEFINED = [
    ("We train a long short-term memory (LSTM) net.", [("LSTM", "long short-term memory")]),
    ("We call it RAIN (Rapid Adaptive Inference Networks).", [("RAIN", "Rapid Adaptive Inference Networks")]),
    ("RAIN: Rapid Adaptive Inference Networks", [("RAIN", "Rapid Adaptive Inference Networks")]),
    ("Spiking Neural Networks (SNNs) are slow.", [("SNNs", "Spiking Neural Networks")]),
    ("It uses word-level attention (WLA; see above).", [("WLA", "word-level attention")]),
    ("We use random forests (see Section 2).", []),
    ("The result (p < 0.05) holds.", []),
    ("a model of the weather (2019)", []),
    ("Chain of Rain: A Study\nWe propose Chain of Rain (CoT), simple.", [("CoT", "Chain of Rain")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), DEFINED)
def test_abbreviations_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(a.short, a.long) for a in find_abbreviations(text)] == expected


def test_both_forms_stand_where_they_are_said_to_stand() -> None:
    text = "Old nets fail. We train a gated rain network (GRN) and FOG (fast online gating)."
    for found in find_abbreviations(text):
        assert text[found.short_start :].startswith(found.short)
        assert text[found.long_start :].startswith(found.long)
