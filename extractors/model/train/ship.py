"""Put the artefact together: the trimmed tokenizer, labels with their calibration on dev, checksums, and the figures.

python -m extractors.model.train.ship STUDENT.onnx PACKAGE NAMES.tsv DEV.jsonl FOLDER
"""

import hashlib
import json
import math
import shutil
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from extractors.model.encoder import Encoder, load_encoder

from . import examples
from .examples import LABELS
from .measure import Scores, score

FILES = ("labels.json", "mentions.onnx", "names.tsv", "tokenizer.json")
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


def ship(student: Path, package: Path, names: Path, dev: Path, folder: Path) -> dict[str, object]:
    """Write the artefact into the folder; returns its dev figures and the reliability table."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(student, folder / "mentions.onnx")
    if names != folder / "names.tsv":
        shutil.copyfile(names, folder / "names.tsv")
    (folder / "tokenizer.json").write_text(json.dumps(_trimmed(package), ensure_ascii=False), encoding="utf8")
    _seal(folder, [{"name": name, "slope": 1.0, "offset": 0.0} for name in LABELS])
    looked = examples.gold(dev)
    raw = [_Judged(example, load_encoder(folder=folder)) for example in looked]
    rows = []
    for name in LABELS:
        slope, offset = _fit_line([(g.confidence, right) for doc in raw for g, right in doc.judged if g.label.name == name])
        rows.append({"name": name, "slope": round(slope, 4), "offset": round(offset, 4)})
    _seal(folder, rows)
    load_encoder.cache_clear()
    sealed = [_Judged(example, load_encoder(folder=folder)) for example in looked]
    scores: Scores = score([set(e.named) for e in looked], [doc.named for doc in sealed])
    return {"dev": scores, "reliability": _reliability([pair for doc in sealed for pair in doc.judged])}


class _Judged:
    """The guesses for one annotated text, each with whether it is right."""

    def __init__(self, example: examples.Example, encoder: Encoder):
        guesses = encoder.predict(example.text)
        self.named = {(g.start, g.end, g.label.name) for g in guesses}
        self.judged = [(g, (g.start, g.end, g.label.name) in set(example.named)) for g in guesses]


def _trimmed(package: Path) -> dict:
    whole = json.loads((package / "tokenizer.json").read_text(encoding="utf8"))
    return whole | {"truncation": None, "padding": None}


def _seal(folder: Path, labels: list[dict]) -> None:
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf8")
    sums = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in FILES]
    (folder / "checksums").write_text("".join(sums), encoding="utf8")


def _fit_line(judged: list[tuple[float, bool]], *, pull: float = 1.0) -> tuple[float, float]:
    """Return slope and offset of the logistic line through the raw log odds, pulled towards the diagonal."""
    design = np.array([(math.log(c / (1.0 - c)), 1.0) for c, _ in judged])
    right = np.array([was for _, was in judged], float)
    diagonal = np.array([1.0, 0.0])

    def loss(line: np.ndarray) -> float:
        odds = design @ line
        return float(np.logaddexp(0.0, odds).sum() - right @ odds + 0.5 * pull * ((line - diagonal) ** 2).sum())

    line = diagonal
    for _ in range(30):
        said = 0.5 + 0.5 * np.tanh(design @ line / 2.0)
        slope = design.T @ (said - right) + pull * (line - diagonal)
        step = np.linalg.solve(design.T @ (design * (said * (1.0 - said))[:, None]) + pull * np.eye(2), slope)
        while loss(line - step) > loss(line) and np.abs(step).max() > 1e-9:
            step = step / 2.0
        line = line - step
    return float(line[0]), float(line[1])


def _reliability(judged: list) -> list[dict]:
    table = []
    for low, high in pairwise(BINS):
        inside = [(g.confidence, right) for g, right in judged if low <= g.confidence < high]
        if inside:
            said, right = (round(float(np.mean(column)), 3) for column in zip(*inside, strict=True))
            table.append({"from": low, "to": high, "guesses": len(inside), "said": said, "right": right})
    return table


if __name__ == "__main__":
    print(json.dumps(ship(*map(Path, sys.argv[1:6])), indent=1))  # noqa: T201
