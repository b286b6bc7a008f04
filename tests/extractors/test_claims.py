"""Who beats whom, by sentences of many forms."""

import pytest

from schema.records import Aspect, Claim, Polarity
from tests.extractors.conftest import Read

TITLE = "[RainNet|METHOD]: Forecasts with Gates"
OPENING = "We propose [RainNet|METHOD], a gated net for [rain forecasting|TASK]. "
Row = tuple[str | None, str | None, str | None]


def wins(claims: tuple[Claim, ...]) -> set[Row]:
    return {(c.winner, c.loser, c.dataset) for c in claims if c.polarity is Polarity.BETTER and c.aspect is Aspect.QUALITY}


CLAIMS: list[tuple[str, set[Row]]] = [
    ("[RainNet|METHOD] outperforms [GPT-4|MODEL] on [Alpha|DATASET].", {("RainNet", "GPT-4", "Alpha")}),
    ("Experiments show that our method outperforms [GPT-4|MODEL] by 12%.", {("RainNet", "GPT-4", None)}),
    (
        "[RainNet|METHOD] outperforms [BERT|MODEL], [GPT-4|MODEL] and [T5|MODEL] on [Alpha|DATASET] and [Beta|DATASET].",
        {("RainNet", loser, data) for loser in ("BERT", "GPT-4", "T5") for data in ("Alpha", "Beta")},
    ),
    ("Our method outperforms previous state-of-the-art methods on [Alpha|DATASET].", {("RainNet", "@sota", "Alpha")}),
    ("Our approach significantly outperforms existing methods.", {("RainNet", "@previous", None)}),
    ("[RainNet|METHOD] achieves state-of-the-art performance on [Alpha|DATASET].", {("RainNet", "@sota", "Alpha")}),
    (
        "On [Alpha|DATASET], [RainNet|METHOD] outperforms [BERT|MODEL] and [T5|MODEL].",
        {("RainNet", "BERT", "Alpha"), ("RainNet", "T5", "Alpha")},
    ),
    (
        "Our model surpasses strong baselines such as [BERT|MODEL] and [T5|MODEL].",
        {("RainNet", "BERT", None), ("RainNet", "T5", None)},
    ),
    ("We test on [Alpha|DATASET]. Our method outperforms [BERT|MODEL].", {("RainNet", "BERT", "Alpha")}),
    (
        "It outperforms the best earlier system, a fine-tuned [GPT-3|MODEL], on [Alpha|DATASET].",
        {("RainNet", "GPT-3", "Alpha")},
    ),
    ("[BERT|MODEL] is surpassed by [RainNet|METHOD] on [Alpha|DATASET].", {("RainNet", "BERT", "Alpha")}),
    ("[RainNet|METHOD] reaches 81.2% on [Alpha|DATASET], compared with 76.4% of [BERT|MODEL].", {("RainNet", "BERT", "Alpha")}),
    ("Compared to [BERT|MODEL], [RainNet|METHOD] improves accuracy by 4% on [Alpha|DATASET].", {("RainNet", "BERT", "Alpha")}),
    (
        "[RainNet|METHOD] is better than [BERT|MODEL] and [T5|MODEL] by 3% and 5% on [Alpha|DATASET], respectively.",
        {("RainNet", "BERT", "Alpha"), ("RainNet", "T5", "Alpha")},
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), CLAIMS)
def test_claims_are_read(read: Read, sentence: str, expected: set[Row]) -> None:
    found = wins(read(TITLE, OPENING + sentence).claims)
    assert {(w, "@previous" if loser == "@baseline" else loser, d) for w, loser, d in found} == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "[RainNet|METHOD] is a gated net with two parts.",
        "We evaluate [RainNet|METHOD] on [Alpha|DATASET].",
        "[RainNet|METHOD] is 10x faster than [GPT-4|MODEL].",
    ],
)
def test_no_win_is_read_where_none_is_stated(read: Read, sentence: str) -> None:
    assert wins(read(TITLE, OPENING + sentence).claims) == set()


def test_a_tie_is_a_claim_but_no_win(read: Read) -> None:
    record = read(TITLE, OPENING + "[RainNet|METHOD] is on par with [GPT-4|MODEL].")
    assert ("RainNet", "GPT-4", Polarity.EQUAL) in {(c.winner, c.loser, c.polarity) for c in record.claims}


def test_the_difference_and_the_sentence_are_kept(read: Read) -> None:
    record = read(TITLE, OPENING + "[RainNet|METHOD] outperforms [GPT-4|MODEL] by 12% on [Alpha|DATASET].")
    [claim] = [c for c in record.claims if c.loser == "GPT-4"]
    assert claim.by == "12%"
    assert claim.evidence.text == "RainNet outperforms GPT-4 by 12% on Alpha."


def test_without_a_name_the_winner_is_the_unnamed_model(read: Read) -> None:
    record = read("A Study of Rain", "We train a net. Our model outperforms [GPT-4|MODEL] on [Alpha|DATASET].")
    assert wins(record.claims) == {("@model", "GPT-4", "Alpha")}
