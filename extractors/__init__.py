"""Abstracts in, extraction records out."""

from extractors.pipeline import build_nlp, extract, extract_all, extract_with

__all__ = ["build_nlp", "extract", "extract_all", "extract_with"]
