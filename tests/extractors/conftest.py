"""The pipeline, and a way to write an abstract with its names marked."""

import re
from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extractors.pipeline import build_nlp, open_with
from extractors.record import record_of
from schema.kinds import NodeKind
from schema.records import ExtractionRecord, Paper

MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")
Marked = Callable[[str, str], Doc]
Read = Callable[[str, str], ExtractionRecord]


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline that needs no trained encoder."""
    return build_nlp(mentions="patterns")


@pytest.fixture(scope="session")
def marked(nlp: Language) -> Marked:
    """Read a title and an abstract in which names stand as [GPT-4|MODEL]: the document after every component."""

    def read(title: str, abstract: str) -> Doc:
        text, mentions = "", []
        for piece in re.split(r"(\[[^\[\]|]+\|[A-Z]+\])", f"{title}\n{abstract}"):
            if match := MARK.fullmatch(piece):
                mentions.append((len(text), len(text) + len(match.group(1)), NodeKind[match.group(2)]))
                text += match.group(1)
            else:
                text += piece
        plain_title, plain_abstract = text.split("\n", 1)
        return open_with(nlp, Paper(title=plain_title, abstract=plain_abstract, given_id="p"), mentions)

    return read


@pytest.fixture(scope="session")
def read(marked: Marked) -> Read:
    """The same, as an extraction record."""
    return lambda title, abstract: record_of(marked(title, abstract))
