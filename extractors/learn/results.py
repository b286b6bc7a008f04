"""What the annotation says of numbers and of the slots of scores, as examples to learn from."""

from collections.abc import Callable, Iterator
from typing import Any

from extractors.figures import figures
from extractors.learn.gold import GoldDoc
from extractors.learn.softmax import Example
from extractors.result_slots import dataset_candidates, metric_candidates, subject_candidates
from extractors.score_features import number_features


def number_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each number's features, and whether it is an annotated score."""
    values = {_value(result["value"]) for result in gold.gold["results"]}
    reading = gold.doc._.reading
    for figure in figures(reading):
        yield number_features(reading, figure), "score" if _value(figure.number.value) in values else "no"


def subject_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each candidate's features, and whether the annotation names it as the subject of the figure."""
    yield from _slot_examples(gold, "subject", subject_candidates)


def score_dataset_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each candidate's features, and whether the annotation names it as the dataset of the figure."""
    yield from _slot_examples(gold, "dataset", dataset_candidates)


def score_metric_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each candidate's features, and whether the annotation names it as the metric of the figure."""
    yield from _slot_examples(gold, "metric", metric_candidates)


def _slot_examples(gold: GoldDoc, slot: str, candidates_of: Callable[..., Iterator[tuple[Any, set[str]]]]) -> Iterator[Example]:
    reading = gold.doc._.reading
    for figure in figures(reading):
        wanted = {r[slot] for r in gold.gold["results"] if _value(r["value"]) == _value(figure.number.value)}
        for name, features in candidates_of(reading, figure) if wanted else ():
            own = name if name is None or name.startswith("@") else gold.gold_name.get(name)
            yield {"bias", *features}, "yes" if own in wanted else "no"


def _value(value: Any) -> float:
    return round(float(value), 4)
