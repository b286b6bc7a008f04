"""The registry says one consistent thing of each metric, and the usual metrics are in it."""

import json
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain
from typing import Any

import pytest

from schema.identity import entity_id, name_key
from schema.kinds import NodeKind
from schema.metrics import MetricEntry, find_metric, registry, usual_metric, usual_metrics


def rows(file: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(files("schema").joinpath("data", file).read_text("utf-8"))
    return data


def names(file: str) -> Iterator[str]:
    return chain.from_iterable((row["name"], *row.get("aliases", ())) for row in rows(file))


METRICS = [entry for key, entry in registry().items() if key == name_key(entry.name)]


@pytest.mark.parametrize(("file", "least"), [("metrics.json", 90), ("benchmarks.json", 80)])
def test_every_name_stands_once(file: str, least: int) -> None:
    assert len(rows(file)) >= least
    assert [key for key, count in Counter(map(name_key, names(file))).items() if count > 1 or not key] == []


def test_every_metric_has_an_id_of_its_own() -> None:
    assert len({entity_id(NodeKind.METRIC, entry.name) for entry in METRICS}) == len(METRICS) == len(rows("metrics.json"))


@pytest.mark.parametrize("entry", METRICS, ids=lambda entry: entry.name)
def test_entry_is_consistent(entry: MetricEntry) -> None:
    assert entry.direction in {"higher", "lower", "unknown"}
    assert entry.reason.endswith(".")
    assert len(entry.reason.split()) > 3
    if entry.min is not None and entry.max is not None:
        assert entry.min < entry.max
    # A value printed as a fraction is told from one out of a hundred by the bound.
    if entry.unit == "%" and entry.max is not None and entry.direction != "lower":
        assert entry.max == 100


@pytest.mark.parametrize("entry", METRICS, ids=lambda entry: entry.name)
def test_direction_fits_the_name(entry: MetricEntry) -> None:
    words = set(entry.name.casefold().replace("-", " ").split())
    if (
        words & {"error", "loss", "latency", "cost", "regret", "perplexity", "distance", "divergence", "toxicity"}
        and "ratio" not in words
    ):
        assert entry.direction == "lower"
    if words & {"accuracy", "precision", "recall", "f1", "throughput", "correlation", "speedup"} and "tracking" not in words:
        assert entry.direction == "higher"


def test_families_are_open_in_k() -> None:
    families = {entry.name: entry.parameters for entry in METRICS if entry.name.endswith("@k")}
    assert {"pass@k", "hits@k", "recall@k", "precision@k", "nDCG@k"} <= set(families)
    assert set(families.values()) == {"k"}


@pytest.mark.parametrize(
    ("name", "metric", "direction", "parameters"),
    [
        ("accuracy", "accuracy", "higher", None),
        ("Acc.", "accuracy", "higher", None),
        ("success rates", "success rate", "higher", None),
        ("F1‑scores", "F1", "higher", None),
        ("ROUGE-1", "ROUGE-1", "higher", "n=1"),
        ("ROUGE-2", "ROUGE-2", "higher", "n=2"),
        ("ROUGE-L", "ROUGE-L", "higher", None),
        ("pass@k", "pass@k", "higher", "k"),
        ("Pass@10", "pass@10", "higher", "k=10"),
        ("pass @ 1", "pass@1", "higher", "k=1"),
        ("pass@$k$", "pass@k", "higher", "k"),
        ("R@5", "recall@5", "higher", "k=5"),
        ("HR@10", "hit rate@10", "higher", "k=10"),
        ("ndcg@20", "nDCG@20", "higher", "k=20"),
        ("Acc@1", "top-1 accuracy", "higher", "k=1"),
        ("Acc@7", "accuracy@7", "higher", "k=7"),
        ("mAP@10", "mAP@10", "higher", "k=10"),
        ("mAP@.5", "mAP@0.5", "higher", "IoU=0.5"),
        ("AP50", "mAP@0.5", "higher", "IoU=0.5"),
        ("WER", "WER", "lower", None),
        ("R²", "R2", "higher", None),
        ("FLOPs", "FLOPs", "lower", None),
        ("FLOPS", "FLOPs", "lower", None),
        ("attack success rate", "attack success rate", "unknown", None),
        ("loss ratio", "loss ratio", "unknown", None),
        ("length", "length", "unknown", None),
    ],
)
def test_find_metric(name: str, metric: str, direction: str, parameters: str | None) -> None:
    entry = find_metric(name)
    assert entry is not None
    assert (entry.name, entry.direction, entry.parameters) == (metric, direction, parameters)


@pytest.mark.parametrize("name", ["", "@", "@5", "accuracy@", "WER@5", "performance", "score", "ATE", "pass@1.5"])
def test_an_unknown_name_is_no_metric_of_the_registry(name: str) -> None:
    assert find_metric(name) is None


def test_members_of_a_family_keep_its_bounds_but_not_its_aliases() -> None:
    family, member = find_metric("recall@k"), find_metric("R@200")
    assert family is not None
    assert member is not None
    assert (member.unit, member.min, member.max, member.reason) == ("%", 0, 100, family.reason)
    assert "R@k" in family.aliases
    assert member.aliases == ()


@pytest.mark.parametrize(
    ("dataset", "metric"),
    [
        ("GSM8K", "accuracy"),
        ("gsm-8k", "accuracy"),
        ("MATH", "accuracy"),
        ("miniF2F", "pass rate"),
        ("HumanEval", "pass@1"),
        ("HumanEval+", "pass@1"),
        ("ImageNet", "top-1 accuracy"),
        ("ImageNet-1K", "top-1 accuracy"),
        ("ImageNet-C", "mean corruption error"),
        ("MS COCO", "mean average precision"),
        ("WMT 2014 English-to-German", "BLEU"),
        ("SQuAD", "F1"),
        ("BEIR", "nDCG@10"),
        ("CNN/Daily Mail", None),  # papers print three ROUGE scores
        ("HotpotQA", None),
        ("no such benchmark", None),
    ],
)
def test_usual_metric(dataset: str, metric: str | None) -> None:
    assert usual_metric(dataset) == metric


def test_usual_metrics_are_in_the_registry_by_their_own_name() -> None:
    found = {metric: find_metric(metric) for metric in usual_metrics().values()}
    assert [metric for metric, entry in found.items() if entry is None or entry.name != metric] == []
