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
    parser.add_argument("--only", choices=sorted(EXAMPLES), nargs="*", default=sorted(EXAMPLES))
    args = parser.parse_args()
    docs = list(read_gold(build_nlp(mentions="patterns"), args.gold))
    for name in args.only:
        make, penalty, rare = EXAMPLES[name]
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
    "roles": (role_examples, 1.0, 2),
    "links": (link_examples, 5.0, 4),
}


if __name__ == "__main__":
    main()
