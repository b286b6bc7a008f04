"""Fit every scorer on annotated abstracts and write its weights to extractors/data/weights."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from extractors import claims
from extractors.learn.gold import GoldDoc, read_gold
from extractors.learn.softmax import Example, fit
from extractors.links import NO_LINK, candidates, link_features
from extractors.pipeline import build_nlp
from extractors.results import dataset_candidates, figures, number_features, subject_candidates
from extractors.roles import role_features

WEIGHTS = Path(__file__).parent.parent / "data" / "weights"


def main() -> None:
    """Fit the scorers named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m extractors.learn")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--only", choices=sorted(EXAMPLES), nargs="*", default=sorted(EXAMPLES))
    args = parser.parse_args()
    docs = list(read_gold(build_nlp(mentions="patterns"), args.gold))
    for name in args.only:
        make, penalty, rare = EXAMPLES[name]
        examples = [example for doc in docs for example in make(doc)]
        WEIGHTS.mkdir(exist_ok=True)
        text = json.dumps(fit(examples, penalty=penalty, rare=rare), separators=(",", ":"), ensure_ascii=False)
        (WEIGHTS / f"{name}.json").write_text(text.replace('],"', '],\n"') + "\n", "utf-8")


def role_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each entity's features with its annotated role."""
    roles = {entity["name"]: entity["role"] for entity in gold.gold["entities"]}
    sentences = gold.doc._.sentences
    for entity in gold.doc._.entities:
        if (name := gold.gold_name.get(entity.name)) in roles:
            yield role_features(gold.doc._.cleaned.text, sentences, entity.label, entity.mentions), roles[name]


def link_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each candidate pair's features with the type of its annotated link."""
    types = {(link["head"], link["tail"]): link["type"] for link in gold.gold["links"]}
    reading = gold.doc._.reading
    for pair in candidates(reading):
        names = gold.gold_name.get(pair.head.name), gold.gold_name.get(pair.tail.name)
        yield link_features(reading, pair), types.get(names, NO_LINK)


def number_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each number's features, and whether it is an annotated score."""
    values = {_value(result["value"]) for result in gold.gold["results"]}
    reading = gold.doc._.reading
    for figure in figures(reading):
        label = "score" if _value(figure.number.value) in values else "no"
        yield number_features(reading, figure), label


def subject_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each candidate's features, and whether the annotation names it as the subject of the figure."""
    yield from _slot_examples(gold, "subject", subject_candidates)


def score_dataset_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each candidate's features, and whether the annotation names it as the dataset of the figure."""
    yield from _slot_examples(gold, "dataset", dataset_candidates)


def _slot_examples(gold: GoldDoc, slot: str, candidates_of: Callable[..., Iterator[tuple[Any, set[str]]]]) -> Iterator[Example]:
    reading = gold.doc._.reading
    for figure in figures(reading):
        wanted = {r[slot] for r in gold.gold["results"] if _value(r["value"]) == _value(figure.number.value)}
        for name, features in candidates_of(reading, figure) if wanted else ():
            own = name if name is None or name.startswith("@") else gold.gold_name.get(name)
            yield {"bias", *features}, "yes" if own in wanted else "no"


def loser_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each possible loser of each comparing sentence, and whether the annotation says that it loses there."""
    reading = gold.doc._.reading
    anywhere = {claim["loser"] for claim in gold.gold["outperforms"]}
    for comparison in claims.comparisons(reading):
        here = {claim["loser"] for claim in _stated(gold, comparison)}
        for name, features in claims.loser_candidates(reading, comparison):
            own = _gold_name(gold, name)
            # What another sentence is quoted for may well be said here too.
            if own in here or own not in anywhere:
                yield {"bias", *features}, "yes" if own in here else "no"


def winner_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each possible winner of each sentence that the annotation quotes, and whether it wins there."""
    for comparison in claims.comparisons(gold.doc._.reading):
        here = {claim["winner"] for claim in _stated(gold, comparison)}
        for name, features in claims.winner_candidates(gold.doc._.reading, comparison) if here else ():
            yield {"bias", *features}, "yes" if _gold_name(gold, name) in here else "no"


def claim_dataset_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each possible dataset of each sentence that the annotation quotes, and whether it is compared on there."""
    for comparison in claims.comparisons(gold.doc._.reading):
        stated = list(_stated(gold, comparison))
        here = {claim["dataset"] for claim in stated}
        for name, features in claims.dataset_candidates(gold.doc._.reading, comparison) if stated else ():
            yield {"bias", *features}, "yes" if _gold_name(gold, name) in here else "no"


def _stated(gold: GoldDoc, comparison: claims.Comparison) -> Iterator[dict[str, Any]]:
    cleaned, text = gold.doc._.cleaned, gold.doc._.paper.text
    low, high = cleaned.to_source(comparison.start, comparison.end)
    for claim in gold.gold["outperforms"]:
        at = text.find(claim["evidence"])
        if at >= 0 and min(high, at + len(claim["evidence"])) - max(low, at) > 10:
            yield claim


def _gold_name(gold: GoldDoc, name: str | None) -> str | None:
    return name if name is None or name.startswith("@") else gold.gold_name.get(name, f"?{name}")


def _value(value: Any) -> float:
    return round(float(value), 4)


EXAMPLES = {
    "numbers": (number_examples, 1.0, 2),
    "subjects": (subject_examples, 1.0, 2),
    "losers": (loser_examples, 10.0, 2),
    "winners": (winner_examples, 3.0, 2),
    "claim_datasets": (claim_dataset_examples, 3.0, 2),
    "score_datasets": (score_dataset_examples, 1.0, 2),
    "roles": (role_examples, 1.0, 2),
    "links": (link_examples, 5.0, 4),
}


if __name__ == "__main__":
    main()
