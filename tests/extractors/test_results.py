"""Scores with their slots."""

import pytest

from tests.extractors.conftest import Read

TITLE = "[RainNet|METHOD]: Forecasts with Gates"
OPENING = "We propose [RainNet|METHOD], a gated net. "

SCORES = [
    (
        "[RainNet|METHOD] achieves an [accuracy|METRIC] of 64.8% on [Alpha|DATASET] and 86.7% on [Beta|DATASET].",
        {("RainNet", "Alpha", "accuracy", 64.8), ("RainNet", "Beta", "accuracy", 86.7)},
    ),
    (
        "Our method reaches 46.3% [accuracy|METRIC] on [Alpha|DATASET], surpassing [GPT-4|MODEL] at 23.0%.",
        {("RainNet", "Alpha", "accuracy", 46.3), ("GPT-4", "Alpha", "accuracy", 23.0)},
    ),
    (
        "[RainNet|METHOD] achieves [accuracies|METRIC] of 81.6%, 79.6% and 82.4% on [Aa|DATASET], [Bb|DATASET] and [Cc|DATASET], "
        "respectively.",
        {("RainNet", "Aa", "accuracy", 81.6), ("RainNet", "Bb", "accuracy", 79.6), ("RainNet", "Cc", "accuracy", 82.4)},
    ),
    (
        "With [GPT-4|MODEL] and [RainNet|METHOD], we achieve an impressive [accuracy|METRIC] on [Alpha|DATASET] (53.9% to 84.3%).",
        {("GPT-4", "Alpha", "accuracy", 53.9), ("RainNet", "Alpha", "accuracy", 84.3)},
    ),
    (
        "[RainNet|METHOD] reaches 71.4% [accuracy|METRIC] on [Alpha|DATASET], outperforming [GPT-4|MODEL] (66.2%).",
        {("RainNet", "Alpha", "accuracy", 71.4), ("GPT-4", "Alpha", "accuracy", 66.2)},
    ),
    (
        "On [Alpha|DATASET], our method achieves 82.1% [precision|METRIC] and 79.5% [recall|METRIC].",
        {("RainNet", "Alpha", "precision", 82.1), ("RainNet", "Alpha", "recall", 79.5)},
    ),
    (
        "We test on [Alpha|DATASET]. [RainNet|METHOD] achieves an [F1 score|METRIC] of 0.83.",
        {("RainNet", "Alpha", "F1 score", 0.83)},
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SCORES)
def test_scores_are_read(read: Read, sentence: str, expected: set[tuple[str, str | None, str | None, float]]) -> None:
    record = read(TITLE, OPENING + sentence)
    assert {(r.subject, r.dataset, r.metric, r.value) for r in record.results} == expected


NO_SCORES = [
    "It has 7B parameters and saw 12,000 images in 2019.",
    "[RainNet|METHOD] improves [accuracy|METRIC] by 12% over [GPT-4|MODEL].",
    "A gain of 3.2 points in [accuracy|METRIC] is seen.",
    "We use 8 benchmarks with 3 seeds.",
    "[RainNet|METHOD] shows average gains of 7.1% in [accuracy|METRIC] and 9.4% in [recall|METRIC] on [Alpha|DATASET].",
    "[RainNet|METHOD] outperforms the others by 4.2% on [Alpha|DATASET] and 6.6% on [Beta|DATASET].",
    "[RainNet|METHOD] gives 23% smoother motions and needs 12.4% of the training steps.",
]


@pytest.mark.parametrize("sentence", NO_SCORES)
def test_sizes_years_and_differences_are_no_scores(read: Read, sentence: str) -> None:
    assert read(TITLE, OPENING + sentence).results == ()


def test_the_setting_and_the_sentence_are_kept(read: Read) -> None:
    record = read(
        TITLE, OPENING + "[RainNet|METHOD] achieves an [accuracy|METRIC] of 46.3% with 64 samples on [Alpha|DATASET]."
    )
    [result] = record.results
    assert result.setting == "64 samples"
    assert result.evidence.text.startswith("RainNet achieves")
    assert (result.raw, result.unit) == ("46.3%", "%")


def test_scores_may_stand_on_two_numbers_against_each_other(read: Read) -> None:
    record = read(
        "A Study", "[Alpha|MODEL] outperformed [Beta|MODEL] in information extraction [accuracy|METRIC] (F1: 0.92 vs. 0.90)."
    )
    assert {(r.subject, r.value) for r in record.results} == {("Alpha", 0.92), ("Beta", 0.90)}
