"""Input files in, papers out: pages of text, JSON Lines, JSON, CSV, BibTeX, arXiv feeds and extraction records."""

from extractors.readers.outcome import Skipped, UnreadableInput
from extractors.readers.read import FORMATS, read_papers

__all__ = ["FORMATS", "Skipped", "UnreadableInput", "read_papers"]
