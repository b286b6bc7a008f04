"""The encoder at run time: one text in, its guessed names out, by an int8 network on the CPU."""

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from schema.kinds import NodeKind

from .decode import OUTSIDE, best_path, stretches
from .hints import Names, read_names
from .parts import PARTS
from .pieces import Window, cut_windows
from .words import Span, cut_words

__all__ = ["ArtefactError", "Encoded", "Encoder", "Guess", "load_encoder"]

ARTEFACT = Path(__file__).parent


class ArtefactError(RuntimeError):
    """The trained files are absent or not the ones that were released."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A span of the text, code points [start, end), that names something, and how often such a guess is right."""

    start: int
    end: int
    label: NodeKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the network, and the line that turns its raw sureness (as log odds) into a confidence."""

    kind: NodeKind
    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the network says of a text's words, one row each: log probabilities of the tags, and how probable each part is.

    `parts` is None where the network was not taught any.
    """

    words: tuple[Span, ...]
    tags: NDArray[np.float32]
    parts: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Encoder:
    """The loaded network; `predict` and `read` may be called from several threads."""

    session: ort.InferenceSession
    tokenizer: Tokenizer
    names: Names
    labels: tuple[Label, ...]

    def predict(self, text: str) -> tuple[Guess, ...]:
        """Return the names in a title, a line break and an abstract, in reading order; they don't overlap."""
        return tuple(self.guesses(self.read(text)))

    def windows(self, text: str, words: Sequence[Span]) -> Iterator[Window]:
        """Yield what the network reads of a text, one call each."""
        # The tokenizer refuses half a surrogate pair; a "?" in its place keeps every offset.
        whole = text.encode("utf-8", "replace").decode("utf-8")
        return cut_windows(whole, words, self.tokenizer, self.names)

    def run(self, window: Window) -> list[NDArray[np.float32]]:
        """Return the log probabilities of the tags, one row a piece, and the log odds of the parts if it was taught them."""
        scores: list[NDArray[np.float32]] = self.session.run(None, {"ids": window.ids, "marks": window.marks})
        return scores

    def read(self, text: str) -> Encoded:
        """Return what the network says of a text."""
        words = tuple(cut_words(text))
        # A word without pieces (a control sign) stays undecided, so that it breaks no name that runs through it.
        tags = 1 + 2 * len(self.labels)
        table = np.full((len(words), tags), -math.log(tags), np.float32)
        odds = np.full((len(words), len(PARTS)), -np.inf, np.float32)
        depth, taught = np.full(len(words), -1, np.int64), self.knows_parts
        for window in self.windows(text, words):
            # Where windows overlap, a word is read where it stands furthest from the window's ends.
            inside = np.minimum(window.first, len(window.ids) - 1 - window.first)
            better = inside > depth[window.words]
            row, place = window.words[better], window.first[better]
            said = self.run(window)
            table[row] = said[0][place]
            if taught:
                odds[row] = said[1][place]
            depth[window.words[better]] = inside[better]
        for k, (start, _) in enumerate(words):
            if text[start] == "\n":  # no name is, or runs through, the break after the title
                table[k] = np.where(np.arange(tags) == OUTSIDE, 0.0, -1e4)
        return Encoded(words, table, (1 / (1 + np.exp(-odds))).astype(np.float32) if taught else None)

    @property
    def knows_parts(self) -> bool:
        """Whether the network was taught what parts words play in facts."""
        return len(self.session.get_outputs()) > 1

    def guesses(self, encoded: Encoded) -> Iterator[Guess]:
        """Yield the names that the tags say, in reading order; they don't overlap."""
        words, table = encoded.words, encoded.tags
        for name in stretches(table, best_path(table)) if words else ():
            label = self.labels[name.label]
            odds = label.slope * _log_odds(name.sureness) + label.offset
            yield Guess(words[name.first][0], words[name.last][1], label.kind, 0.5 + 0.5 * math.tanh(odds / 2.0))


@cache
def load_encoder(*, threads: int = 1, folder: Path = ARTEFACT) -> Encoder:
    """Return the encoder of a folder, its files checked against their checksums; the same one when asked again."""
    _check(folder)
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = ort.InferenceSession(folder / "mentions.onnx", options, providers=["CPUExecutionProvider"])
    labels = json.loads((folder / "labels.json").read_text(encoding="utf8"))
    return Encoder(
        session=session,
        tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")),
        names=read_names(folder / "names.tsv"),
        labels=tuple(Label(NodeKind[row["name"]], row["slope"], row["offset"]) for row in labels),
    )


def _check(folder: Path) -> None:
    try:
        lines = (folder / "checksums").read_text(encoding="utf8").splitlines()
        found = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for _, name in map(str.split, lines)}
    except OSError as error:
        raise ArtefactError(f"no trained encoder in {folder}: {error}; `make model` trains it") from error
    wrong = [name for want, name in map(str.split, lines) if found[name] != want]
    if wrong:
        raise ArtefactError(f"{folder}: {', '.join(wrong)} differ from the released files; restore them from git")


def _log_odds(share: float) -> float:
    kept = min(max(share, 1e-6), 1.0 - 1e-6)
    return math.log(kept / (1.0 - kept))
