"""Measure how often each rule is right on annotated abstracts and write extractors/data/confidence.json.

    python -m extractors.learn.confidence GOLD.jsonl

A mention is right if the annotation has its span and label; a claim by rule, if it has the same winner and loser.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from extractors.comparison import BROAD
from extractors.learn.gold import gold_mentions, read_gold
from extractors.pipeline import build_nlp, read_document
from extractors.ruled_claims import ruled_claims
from schema.records import Aspect, Paper, Polarity

OUT = Path(__file__).parent.parent / "data" / "confidence.json"


def main() -> None:
    """Write the measured confidences."""
    parser = argparse.ArgumentParser(prog="python -m extractors.learn.confidence")
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    nlp = build_nlp(mentions="patterns")
    seen = list(_mentions(nlp, args.gold)) + list(_claims(nlp, args.gold))
    found, right = Counter(rule for rule, _ in seen), Counter(rule for rule, good in seen if good)
    # One more wrong and one more right, so that a rule seen seldom is not called sure.
    shares = {rule: round((right[rule] + 1) / (found[rule] + 2), 3) for rule in sorted(found)}
    OUT.write_text(json.dumps(shares, indent=1) + "\n", "utf-8")


def _mentions(nlp: Language, path: Path) -> Iterator[tuple[str, bool]]:
    for line in path.read_text("utf-8").splitlines():
        gold = json.loads(line)
        paper = Paper(title=gold["title"], abstract=gold["abstract"], given_id=gold["id"])
        annotated = {(start, end, entity["label"]) for start, end, entity in gold_mentions(gold, paper.text)}
        doc = read_document(nlp, paper)
        for mention in doc._.mentions:
            span = doc._.cleaned.to_source(mention.start, mention.end)
            yield mention.rule, (*span, mention.label.name) in annotated


def _claims(nlp: Language, path: Path) -> Iterator[tuple[str, bool]]:
    for gold in read_gold(nlp, path):
        annotated = {(claim["winner"], claim["loser"]) for claim in gold.gold["outperforms"]}
        reading = gold.doc._.reading
        for start, end in reading.sentences[1:]:
            for claim in ruled_claims(reading, start, end):
                if claim.polarity is Polarity.BETTER and claim.aspect is Aspect.QUALITY:
                    sides = (
                        gold.gold_name.get(side or "", BROAD.get(side or "", side)) for side in (claim.winner, claim.loser)
                    )
                    yield f"claim/{claim.rule}", tuple(sides) in annotated


if __name__ == "__main__":
    main()
