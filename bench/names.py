"""What the trained encoder gains: mentions found by patterns, by spaCy's own tok2vec NER, and by the encoder, in one run.

    python -m bench.names TRAIN.jsonl DEV.jsonl [--steps 4000] [--seed 1]

The NER is spaCy's as it comes (a hash-embedding CNN and transition parser) trained on the same annotated abstracts; of its
looks at DEV every 500 steps the best is printed, which favours it. Prints a table of exact mentions F1 (span and label).
"""

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.util import fix_random_seed

from extractors import build_nlp, extract
from extractors.scoring import Annotation, Gold, annotation_of, compare, read_gold
from extractors.scoring.annotation import Named
from schema.kinds import ENTITY_KINDS, Role

LOOK_EVERY = 500
BATCH = 8


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    train, dev = golds(options.train), golds(options.dev)
    rows = {
        "patterns and gazetteer": found_by("patterns", dev),
        "spaCy tok2vec NER": best_ner(train, dev, steps=options.steps, seed=options.seed),
        "the trained encoder": found_by("encoder", dev),
    }
    sys.stdout.write(f"| names found by | all | {' | '.join(kind.name for kind in ENTITY_KINDS)} |\n")
    sys.stdout.write("|---|" + "---|" * (1 + len(ENTITY_KINDS)) + "\n")
    for name, figures in rows.items():
        sys.stdout.write(f"| {name} | {' | '.join(f'{value:.3f}' for value in figures)} |\n")


def golds(path: Path) -> list[Gold]:
    """Return the annotated abstracts of a file."""
    with path.open(encoding="utf-8") as lines:
        return read_gold(lines, path.name)


def found_by(mentions: str, dev: list[Gold]) -> list[float]:
    """Return F1 over all labels and of each, of the extractor with this way to find names."""
    nlp = build_nlp(mentions=mentions)
    return figures(dev, [annotation_of(extract(nlp, gold.paper)) for gold in dev])


def best_ner(train: list[Gold], dev: list[Gold], *, steps: int, seed: int) -> list[float]:
    """Return the figures of the best look at a NER that is trained for some steps."""
    fix_random_seed(seed)
    chance = random.Random(seed)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [example_of(nlp, gold) for gold in train]
    optimiser = nlp.initialize(lambda: examples)
    best = [0.0] * (1 + len(ENTITY_KINDS))
    for step, batch in zip(range(1, steps + 1), batches(examples, chance), strict=False):
        nlp.update(batch, sgd=optimiser, drop=0.1)
        if step % LOOK_EVERY == 0:
            best = max(best, figures(dev, [read_by(nlp, gold) for gold in dev]))
            sys.stderr.write(f"{step} steps: {best[0]:.3f}\n")
    return best


def batches(examples: list[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches for ever, in a new order each time round."""
    while True:
        chance.shuffle(examples)
        yield from (examples[k : k + BATCH] for k in range(0, len(examples), BATCH))


def example_of(nlp: Language, gold: Gold) -> Example:
    """Return an annotated abstract for spaCy's trainer; spans that end inside a token of spaCy's are left out, as it must."""
    doc = nlp.make_doc(gold.paper.text)
    spans = [doc.char_span(start, end, label=kind.name) for start, end, kind in gold.mentions()]
    return Example.from_dict(doc, {"entities": [(s.start_char, s.end_char, s.label_) for s in spans if s is not None]})


def read_by(nlp: Language, gold: Gold) -> Annotation:
    """Return the spans that a NER finds, as an annotation with an entity for each label."""
    doc = nlp(gold.paper.text)
    return Annotation(
        entities=tuple(
            Named(
                name=kind.name,
                label=kind,
                role=Role.MENTIONED,
                spellings=frozenset(),
                spans=frozenset((ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == kind.name),
            )
            for kind in ENTITY_KINDS
        )
    )


def figures(dev: list[Gold], read: list[Annotation]) -> list[float]:
    """Return mentions F1 over all labels, then of each."""
    table, _ = compare(zip(dev, read, strict=True))
    return [table["mentions"].f1, *(table[f"mentions.{kind.name}"].f1 for kind in ENTITY_KINDS)]


if __name__ == "__main__":
    main()
