"""The extractor on annotated abstracts: what it gets right, what the abstracts could give at best, and its mistakes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors import build_nlp, extract, extract_with
from extractors.readers import UnreadableInput
from extractors.scoring import Ceiling, Mistake, Row, annotation_of, ceilings, compare, read_gold


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The figures by name, in the order of printing, the ceiling of each slot, and every mistake behind the figures."""

    abstracts: int
    table: dict[str, Row]
    ceilings: dict[str, Ceiling]
    mistakes: tuple[Mistake, ...]

    def first_mistakes(self, number: int) -> Iterator[Mistake]:
        """Yield at most `number` mistakes of each kind of each figure."""
        told = Counter[tuple[str, str]]()
        for mistake in self.mistakes:
            told[mistake.figure, mistake.kind] += 1
            if told[mistake.figure, mistake.kind] <= number:
                yield mistake


def evaluate(gold: Path, *, mentions: str = "auto", threads: int = 1, gold_mentions: bool = False) -> Evaluation:
    """Return how the extractor does on the annotated abstracts of a file.

    `mentions` and `threads` are as for `build_nlp`; with `gold_mentions` the extractor is told where the names stand.
    Raises UnreadableInput for a file that is no gold.
    """
    try:
        with gold.open(encoding="utf-8-sig") as lines:
            golds = read_gold(lines, gold.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{gold.name} can't be read as UTF-8 text: {error}.") from error
    nlp = build_nlp(mentions=mentions, threads=threads)
    records = (extract_with(nlp, g.paper, g.mentions()) if gold_mentions else extract(nlp, g.paper) for g in golds)
    table, mistakes = compare(zip(golds, map(annotation_of, records), strict=True))
    return Evaluation(abstracts=len(golds), table=table, ceilings=ceilings(golds), mistakes=tuple(mistakes))
