"""Fit the scorers of claims on annotated abstracts and write their weights to extractors/data/weights.

    python -m extractors.learn.claims GOLD.jsonl

Each candidate of a comparing sentence is an example: as loser, as winner against a loser, as the dataset of the claim.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.claim_datasets import dataset_candidates
from extractors.comparison import Comparison, comparisons
from extractors.learn.gold import GoldDoc, read_gold
from extractors.learn.ranking import Choice, fit_ranking
from extractors.learn.roles import with_fair_roles
from extractors.learn.softmax import Example, fit
from extractors.learn.weights import write_weights
from extractors.losers import loser_candidates
from extractors.pipeline import build_nlp
from extractors.winners import winner_candidates


def main() -> None:
    """Write the weights of the three scorers."""
    parser = argparse.ArgumentParser(prog="python -m extractors.learn.claims")
    parser.add_argument("gold", type=Path)
    nlp = build_nlp(mentions="patterns")
    for name in _UNREAD:
        nlp.remove_pipe(name)
    docs = with_fair_roles(list(read_gold(nlp, parser.parse_args().gold)))
    losers = fit([example for doc in docs for example in loser_examples(doc)], penalty=30.0, rare=2)
    datasets = fit([example for doc in docs for example in claim_dataset_examples(doc)], penalty=10.0, rare=2)
    winners = fit_ranking([choice for doc in docs for choice in winner_choices(doc)], penalty=3.0, rare=2)
    for name, data in (("claim_losers", losers), ("claim_winners", winners), ("claim_benchmarks", datasets)):
        write_weights(name, data)


def loser_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each possible loser of each comparing sentence, and whether the annotation says that it loses there."""
    anywhere = {claim["loser"] for claim in gold.gold["outperforms"]}
    for comparison in comparisons(gold.doc._.reading):
        here = {claim["loser"] for claim in _stated(gold, comparison)}
        for name, features in loser_candidates(comparison):
            own = gold_name(gold, name)
            # What another sentence is quoted for may well be said here too.
            if own in here or own not in anywhere:
                yield {"bias", *features}, "yes" if own in here else "no"


def winner_choices(gold: GoldDoc) -> Iterator[Choice]:
    """Yield the possible winners against each annotated loser of a sentence, and which of them win."""
    for comparison in comparisons(gold.doc._.reading):
        winners: dict[str, set[str]] = {}
        for claim in _stated(gold, comparison):
            winners.setdefault(claim["loser"], set()).add(claim["winner"])
        for name, _ in loser_candidates(comparison) if winners else ():
            if right := winners.get(gold_name(gold, name) or ""):
                candidates = list(winner_candidates(comparison, name))
                yield [features for _, features in candidates], [gold_name(gold, winner) in right for winner, _ in candidates]


def claim_dataset_examples(gold: GoldDoc) -> Iterator[Example]:
    """Yield each possible dataset of each annotated pair of a sentence, and whether it is compared on there."""
    names = {own: name for name, own in gold.gold_name.items()}
    for comparison in comparisons(gold.doc._.reading):
        stated = list(_stated(gold, comparison))
        for winner, loser in sorted({(claim["winner"], claim["loser"]) for claim in stated}):
            here = {c["dataset"] for c in stated if (c["winner"], c["loser"]) == (winner, loser)}
            for name, features in dataset_candidates(comparison, names.get(loser, loser)):
                yield {"bias", *features}, "yes" if gold_name(gold, name) in here else "no"


_UNREAD = ("results", "claims", "links")  # what would read the weights that are to be learned


def gold_name(gold: GoldDoc, name: str | None) -> str | None:
    """Return what the annotation calls an entity that was found, or a name that it can't have."""
    return name if name is None or name.startswith("@") else gold.gold_name.get(name, f"?{name}")


def _stated(gold: GoldDoc, comparison: Comparison) -> Iterator[dict[str, Any]]:
    cleaned, text = gold.doc._.cleaned, gold.doc._.paper.text
    low, high = cleaned.to_source(comparison.start, comparison.end)
    for claim in gold.gold["outperforms"]:
        at = text.find(claim["evidence"])
        if at >= 0 and min(high, at + len(claim["evidence"])) - max(low, at) > 10:
            yield claim


if __name__ == "__main__":
    main()
