"""Fit the scorers on annotated abstracts and write their weights to extractors/data/weights; those of claims: learn/claims."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from extractors.learn.gold import GoldDoc, read_gold
from extractors.learn.results import number_examples, score_dataset_examples, score_metric_examples, subject_examples
from extractors.learn.roles import role_examples
from extractors.learn.softmax import Example, fit
from extractors.learn.weights import write_weights
from extractors.links import NO_LINK, candidates, link_features
from extractors.pipeline import build_nlp


def main() -> None:
    """Fit the scorers named on the command line, or all."""
    parser = argparse.ArgumentParser(prog="python -m extractors.learn")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--parts", type=Path, help="what encoders say of the parts of words that were not trained on them")
    parser.add_argument("--only", choices=sorted(EXAMPLES), nargs="*", default=sorted(EXAMPLES))
    args = parser.parse_args()
    nlp = build_nlp(mentions="patterns")
    without = list(read_gold(nlp, args.gold))
    # The scorers of results, as those of claims, did no better with the parts.
    with_parts = list(read_gold(nlp, args.gold, args.parts)) if WITH_PARTS.intersection(args.only) else []
    for name in args.only:
        make, penalty, rare = EXAMPLES[name]
        # Read both ways, so that a scorer neither leans on the parts alone nor fails where no encoder says them.
        docs = [*with_parts, *without] if name in WITH_PARTS else without
        examples = [example for doc in docs for example in make(doc)]
        write_weights(name, fit(examples, penalty=penalty, rare=rare))


def link_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each candidate pair's features with the type of its annotated link."""
    types = {(link["head"], link["tail"]): link["type"] for link in gold.gold["links"]}
    reading = gold.doc._.reading
    for pair in candidates(reading):
        names = gold.gold_name.get(pair.head.name), gold.gold_name.get(pair.tail.name)
        yield link_features(reading, pair), types.get(names, NO_LINK)


EXAMPLES = {
    "numbers": (number_examples, 3.0, 2),
    "subjects": (subject_examples, 3.0, 2),
    "score_datasets": (score_dataset_examples, 3.0, 2),
    "score_metrics": (score_metric_examples, 3.0, 2),
    "roles": (role_examples, 2.0, 4),
    "links": (link_examples, 10.0, 8),
}
WITH_PARTS = frozenset({"roles", "links"})


if __name__ == "__main__":
    main()
