"""What the trained encoder says of the words of an abstract, run once for all that asks it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extractors.cleaning import Cleaned
from extractors.model.encoder import Encoder
from extractors.model.parts import Parts
from extractors.model.words import Span


@dataclass(frozen=True, slots=True)
class EncoderReader:
    """The component that runs the network over the text as read."""

    encoder: Encoder

    def __call__(self, doc: Doc) -> Doc:
        """Note what the network says, and the parts of the words where they stand in the cleaned text."""
        encoded = self.encoder.read(doc._.paper.text)
        doc._.encoded = encoded
        doc._.parts = None if encoded.parts is None else parts_in(doc._.cleaned, encoded.words, encoded.parts)
        return doc


def parts_in(cleaned: Cleaned, words: tuple[Span, ...], table: NDArray[np.float32]) -> Parts:
    """Return the parts of a text's words where the words begin in its cleaned copy."""
    return Parts(np.asarray([cleaned.from_source(start, end)[0] for start, end in words], np.int64), table)
