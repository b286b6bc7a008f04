"""The extractor's output against annotated abstracts: what is right, what is missed, and what could be had at best."""

from extractors.scoring.annotation import Annotation, annotation_of
from extractors.scoring.ceiling import Ceiling, ceilings
from extractors.scoring.compare import Mistake, Row, compare
from extractors.scoring.gold import Gold, read_gold

__all__ = ["Annotation", "Ceiling", "Gold", "Mistake", "Row", "annotation_of", "ceilings", "compare", "read_gold"]
