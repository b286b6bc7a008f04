"""What the annotation says of the parts of words, and how parts are asked for."""

import numpy as np
import pytest

from extractors.model.parts import PARTS, Parts
from extractors.model.train.examples import annotated
from extractors.model.words import cut_words

DOC = {
    "id": "x",
    "title": "RainNet for rain",
    "abstract": "We train RainNet on Drizzle. On Drizzle, RainNet beats SnowNet and reaches 81.5% in 2019. It beats all others.",
    "entities": [
        {"name": "RainNet", "label": "METHOD", "forms": ["RainNet"], "role": "introduced"},
        {"name": "SnowNet", "label": "METHOD", "forms": ["SnowNet"], "role": "used"},
        {"name": "Drizzle", "label": "DATASET", "forms": ["Drizzle"], "role": "used"},
    ],
    "results": [
        {"subject": "RainNet", "dataset": "Drizzle", "metric": None, "value": 81.5, "evidence": "RainNet beats SnowNet and"}
    ],
    "outperforms": [
        {"winner": "RainNet", "loser": "SnowNet", "dataset": "Drizzle", "evidence": "On Drizzle, RainNet beats SnowNet"},
        {"winner": "RainNet", "loser": "@baseline", "dataset": None, "evidence": "It beats all others"},
    ],
    "links": [{"head": "RainNet", "type": "EVALUATED_ON", "tail": "Drizzle"}],
}
TEXT = f"{DOC['title']}\n{DOC['abstract']}"

PLAYED = [
    ("introduced", ["RainNet", "RainNet", "RainNet"]),
    ("used", ["Drizzle", "Drizzle", "SnowNet"]),
    ("winner here", ["RainNet"]),
    ("winner", ["RainNet", "RainNet", "RainNet"]),
    ("loser here", ["SnowNet"]),
    ("dataset here", ["Drizzle"]),
    ("score subject", ["RainNet", "RainNet", "RainNet"]),
    ("score metric", []),
    ("head EVALUATED_ON", ["RainNet", "RainNet", "RainNet"]),
    ("tail EVALUATED_ON", ["Drizzle", "Drizzle"]),
    ("claim over @sota", []),
    ("claim over @baseline", ["It", "beats", "all", "others"]),
    ("score", ["81", ".", "5"]),
]


@pytest.mark.parametrize(("part", "words"), PLAYED)
def test_the_annotation_gives_each_word_its_parts(part: str, words: list[str]) -> None:
    example = annotated(DOC)
    column = example.parts[:, PARTS.index(part)]
    assert [TEXT[a:b] for (a, b), value in zip(cut_words(TEXT), column, strict=True) if value == 1] == words


def test_only_words_of_names_and_numbers_are_asked_for_their_parts() -> None:
    example = annotated(DOC)
    words = [TEXT[a:b] for a, b in cut_words(TEXT)]
    asked = [word for word, row in zip(words, example.parts, strict=True) if not np.isnan(row[PARTS.index("loser")])]
    assert asked == ["RainNet", "RainNet", "Drizzle", "Drizzle", "RainNet", "SnowNet"]
    counted = [word for word, row in zip(words, example.parts, strict=True) if not np.isnan(row[PARTS.index("score")])]
    assert counted == ["81", ".", "5", "2019"]


def test_a_part_of_spans_is_the_mean_of_their_means() -> None:
    table = np.zeros((4, len(PARTS)), np.float32)
    table[:, PARTS.index("loser")] = [1.0, 0.0, 0.2, 0.4]
    parts = Parts(np.array([0, 5, 9, 14]), table)
    assert parts.of([(0, 8)])["loser"] == pytest.approx(0.5)
    assert parts.of([(0, 4), (9, 20)])["loser"] == pytest.approx((1.0 + 0.3) / 2)
    assert parts.of([(30, 40)])["loser"] == 0.0
