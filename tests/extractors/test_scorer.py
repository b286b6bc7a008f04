"""The linear scorer and how its weights are fitted."""

import json
from pathlib import Path

import pytest

from extractors.learn.softmax import Example, fit
from extractors.ranker import load_ranker
from extractors.scorer import Scorer, load_scorer

SCORERS = ["claim_benchmarks", "claim_losers", "links", "numbers", "roles", "score_datasets", "score_metrics", "subjects"]
RANKERS = ["claim_winners"]


def test_unknown_features_say_nothing() -> None:
    scorer = Scorer(("no", "yes"), {"good": (0.0, 2.0)})
    assert scorer.probabilities(["never seen"]) == {"no": 0.5, "yes": 0.5}
    assert scorer.probabilities(["good"])["yes"] > 0.8


def test_fit_learns_what_tells_the_classes_apart() -> None:
    examples: list[Example] = [({"bias", "wet"}, "rain"), ({"bias", "dry"}, "sun")] * 20
    data = fit(examples, penalty=0.1, rare=2, steps=200)
    scorer = Scorer(tuple(data["classes"]), {name: tuple(weights) for name, weights in data["weights"].items()})
    assert scorer.probabilities({"bias", "wet"})["rain"] > 0.9
    assert scorer.probabilities({"bias", "dry"})["rain"] < 0.1


def test_fit_leaves_rare_features_out() -> None:
    examples: list[Example] = [({"bias", "wet"}, "rain"), ({"bias", "dry"}, "sun")] * 5 + [({"bias", "odd"}, "sun")]
    assert "odd" not in fit(examples, rare=2)["weights"]


@pytest.mark.parametrize("name", SCORERS)
def test_released_weights_are_whole(name: str) -> None:
    scorer = load_scorer(name)
    assert len(scorer.classes) >= 2
    assert all(len(weights) == len(scorer.classes) for weights in scorer.weights.values())


def test_released_weights_are_small() -> None:
    folder = Path(__file__).parents[2] / "extractors" / "data" / "weights"
    files = sorted(folder.glob("*.json"))
    assert [path.stem for path in files] == sorted(SCORERS + RANKERS)
    assert sum(path.stat().st_size for path in files) < 3_000_000
    for path in files:
        assert path.stem in RANKERS or set(json.loads(path.read_text("utf-8"))) == {"classes", "weights"}


@pytest.mark.parametrize("name", RANKERS)
def test_rankers_tell_candidates_apart(name: str) -> None:
    ranker = load_ranker(name)
    best, worst = max(ranker.weights, key=ranker.weights.__getitem__), min(ranker.weights, key=ranker.weights.__getitem__)
    high, low = ranker.probabilities([{best}, {worst}])
    assert high > low
    assert high + low == pytest.approx(1.0)
