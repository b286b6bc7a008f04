"""Abstracts in, extraction records out."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractors.pipeline import build_nlp, extract, extract_all, extract_with

__all__ = ["build_nlp", "extract", "extract_all", "extract_with"]


def __getattr__(name: str) -> Any:
    # spaCy takes a second to import, and whoever only wants the readers needn't wait for it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from extractors import pipeline

    return getattr(pipeline, name)
