"""Fine-tune one encoder as one recipe says; stops and starts again at the ends of epochs.

python -m extractors.model.train.fit RECIPE.json FOLDER
"""

import json
import logging
import math
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from extractors.model.decode import tags_of
from extractors.model.hints import Names, read_names
from extractors.model.parts import PARTS

from . import examples
from .examples import TAGS, Example, Piece
from .measure import line_of, measure
from .networks import Tagger

log = logging.getLogger("fit")


@dataclass(frozen=True)
class Recipe:
    """All that decides the weights: data, size, and steps."""

    kind: str
    package: str
    gold: str
    dev: str
    epochs: int
    rate: float
    head_rate: float = 1e-3
    names: str = ""
    start: str = ""
    until: int = 0
    soft: str = ""
    corpora: dict[str, str] = field(default_factory=dict)
    corpus_labels: dict[str, list[str]] = field(default_factory=dict)
    gold_copies: int = 1
    batch: int = 8
    frozen: int = 0
    inner: int = 0
    dropout: float = 0.1
    decay: float = 0.01
    average: float = 0.0
    parts: float = 0.0
    seed: int = 1
    look_from: int = 1


def fit(recipe: Recipe, folder: Path) -> None:
    """Train, leaving `model.pt` (weights) and `log.json` (dev figures per epoch) in the folder."""
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    heads = {"gold": TAGS} | {name: tags_of(labels) for name, labels in recipe.corpus_labels.items()}
    tokenizer, names = open_tokenizer(Path(recipe.package)), read_names(Path(recipe.names)) if recipe.names else Names({}, {})
    columns, width = {}, 0
    for name, tags in heads.items():
        columns[name] = slice(width, width + len(tags))
        width += len(tags)
    if recipe.parts:
        columns["parts"] = slice(width, width + len(PARTS))
        width += len(PARTS)
    model = Tagger(recipe.kind, width, inner=recipe.inner, frozen=recipe.frozen, rate=recipe.dropout, seed=recipe.seed)
    if recipe.start:
        adopt(model, torch.load(recipe.start))
    else:
        model.load_package(Path(recipe.package) / "model.safetensors")
    for layer in model.layers[: recipe.frozen]:
        layer.requires_grad_(False)
    for part in (model.words, model.places, model.norm):
        part.requires_grad_(False)

    pieces = examples.cut(_all_examples(recipe), tokenizer, names, heads)
    looked = examples.gold(Path(recipe.dev))
    optimiser = torch.optim.AdamW(_groups(model, recipe), betas=(0.9, 0.98), eps=1e-6)
    steps = math.ceil(len(pieces) / recipe.batch) * recipe.epochs
    cache: dict[int, Tensor] = {}
    done, history, mean = 0, [], None
    if (folder / "state.pt").exists():
        state = torch.load(folder / "state.pt")
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        done, history, mean = state["done"], state["history"], state["mean"]
    log.info("%d windows, %d pieces, %d steps", len(pieces), sum(len(p.window.ids) for p in pieces), steps)
    for epoch in range(done, recipe.until or recipe.epochs):
        began, total = time.time(), 0.0
        model.train()
        step = epoch * math.ceil(len(pieces) / recipe.batch)
        batches = list(_batches(pieces, recipe.batch, random.Random(recipe.seed * 1000 + epoch)))
        for count, batch in enumerate(batches):
            _set_rate(optimiser, (step + count) / steps)
            loss = _loss(model, [(k, pieces[k]) for k in batch], columns, cache, recipe.parts)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
            optimiser.step()
            total += float(loss)
            if recipe.average:
                mean = _average(mean, model, recipe.average)
            if count % 20 == 19:
                log.info("epoch %d batch %d/%d loss %.4f, %.0f s", epoch + 1, count + 1, len(batches), total / (count + 1),
                         time.time() - began)  # fmt: skip
        took = time.time() - began
        row = {"epoch": epoch + 1, "loss": total / len(batches), "seconds": round(took)}
        if epoch + 1 >= recipe.look_from:
            row["dev"] = measure(looked, tables(model, looked, tokenizer, names))
            if mean is not None:
                own = {name: value.clone() for name, value in model.state_dict().items()}
                model.load_state_dict(mean, strict=False)
                row["dev_mean"] = measure(looked, tables(model, looked, tokenizer, names))
                model.load_state_dict(own)
        history.append(row)
        log.info("epoch %d loss %.4f %.0f s dev %s | mean %s", epoch + 1, row["loss"], took, line_of(row.get("dev")),
                 line_of(row.get("dev_mean")))  # fmt: skip
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "done": epoch + 1, "history": history,
                    "mean": mean}, folder / "state.tmp")  # fmt: skip
        (folder / "state.tmp").replace(folder / "state.pt")
    if mean is not None:
        model.load_state_dict(mean, strict=False)
    torch.save(model.state_dict(), folder / "model.pt")
    (folder / "log.json").write_text(json.dumps(history, indent=1))
    (folder / "state.pt").unlink()


def open_tokenizer(package: Path) -> Tokenizer:
    """Return the packaged tokenizer without its limit of 128 pieces."""
    tokenizer = Tokenizer.from_file(str(package / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def adopt(model: Tagger, weights: dict[str, Tensor]) -> None:
    """Take over trained weights; of the tag scores, the rows that both have."""
    own = model.state_dict()
    for name in ("tags.weight", "tags.bias"):
        rows = min(len(own[name]), len(weights[name]))
        weights[name] = torch.cat([weights[name][:rows], own[name][rows:]])
    model.load_state_dict(weights)


def tables(model: Tagger, looked: Sequence[Example], tokenizer: Tokenizer, names: Names) -> list[np.ndarray]:
    """Return the log probabilities of the gold tags, one table a text, one row a word."""
    model.eval()
    found = []
    with torch.no_grad():
        for example in looked:
            words = examples.cut_words(example.text)
            table = np.full((len(words), len(TAGS)), -math.log(len(TAGS)), np.float32)
            for rows, scores in read_windows(model, example.text, words, tokenizer, names):
                table[rows] = torch.log_softmax(scores[:, : len(TAGS)].float(), -1).numpy()
            found.append(table)
    return found


def read_windows(
    model: Tagger, text: str, words: Sequence[examples.Span], tokenizer: Tokenizer, names: Names
) -> Iterator[tuple[np.ndarray, Tensor]]:
    """Yield, for each window of a text, which words it holds and the scores of each."""
    for window in examples.cut_windows(text, words, tokenizer, names):
        ids, marks = torch.from_numpy(window.ids)[None], torch.from_numpy(window.marks)[None]
        yield window.words, model(ids, marks, torch.ones(ids.shape))[0, torch.from_numpy(window.first)]


def _all_examples(recipe: Recipe) -> list[Example]:
    found = examples.gold(Path(recipe.gold)) * recipe.gold_copies if recipe.gold else []
    for name, path in recipe.corpora.items():
        found += examples.corpus(Path(path), name)
    for part in sorted(Path(recipe.soft).glob("**/*.npz")) if recipe.soft else ():
        with np.load(part, allow_pickle=False) as kept:
            sized = np.split(kept["rows"], np.cumsum(kept["sizes"])[:-1])
        texts = json.loads(part.with_suffix(".json").read_text())
        found += [Example(text, table=table) for text, table in zip(texts, sized, strict=True)]
    return found


def _groups(model: Tagger, recipe: Recipe) -> list[dict]:
    groups = []
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            rate = recipe.head_rate if name.startswith(("tags.", "looks.", "hints.")) else recipe.rate
            decay = 0.0 if name.endswith("bias") or "norm" in name else recipe.decay
            groups.append({"params": [weight], "lr": rate, "full": rate, "weight_decay": decay})
    return groups


def _set_rate(optimiser: torch.optim.Optimizer, part: float, warm: float = 0.1) -> None:
    factor = part / warm if part < warm else (1.0 - part) / (1.0 - warm)
    for group in optimiser.param_groups:
        group["lr"] = group["full"] * max(factor, 0.01)


def _batches(pieces: Sequence[Piece], size: int, chance: random.Random) -> Iterator[list[int]]:
    """Yield batches of windows of like length, in an order of chance."""
    order = list(range(len(pieces)))
    chance.shuffle(order)
    batches = []
    for k in range(0, len(order), size * 16):
        near = sorted(order[k : k + size * 16], key=lambda j: len(pieces[j].window.ids))
        batches += [near[j : j + size] for j in range(0, len(near), size)]
    chance.shuffle(batches)
    yield from batches


def _loss(
    model: Tagger, batch: list[tuple[int, Piece]], columns: dict[str, slice], cache: dict[int, Tensor], parts: float
) -> Tensor:
    length = max(len(piece.window.ids) for _, piece in batch)
    ids = torch.full((len(batch), length), 1 if model.mpnet else 0)
    marks, mask = torch.zeros_like(ids), torch.zeros(ids.shape)
    for row, (_, piece) in enumerate(batch):
        size = len(piece.window.ids)
        ids[row, :size] = torch.from_numpy(piece.window.ids)
        marks[row, :size] = torch.from_numpy(piece.window.marks)
        mask[row, :size] = 1.0
    bias = model.bias(mask)
    if model.frozen:
        x = torch.zeros(*ids.shape, model.shape.width)
        for row, (k, piece) in enumerate(batch):
            if k not in cache:
                alone = torch.from_numpy(piece.window.ids)[None]
                with torch.no_grad():
                    cache[k] = model.lower(alone, model.bias(torch.ones(alone.shape)))[0]
            x[row, : len(cache[k])] = cache[k]
    else:
        x = model.lower(ids, bias)
    scores = model.upper(x, marks, bias)
    losses, played = [], []
    for row, (_, piece) in enumerate(batch):
        mine = scores[row, torch.from_numpy(piece.window.first), columns[piece.head]]
        target = torch.from_numpy(piece.target)
        losses.append(functional.cross_entropy(mine, target, reduction="sum"))
        if parts and piece.parts is not None:
            played.append(_loss_of_parts(scores[row, torch.from_numpy(piece.window.first), columns["parts"]], piece.parts))
    loss = torch.stack(losses).sum() / sum(len(piece.target) for _, piece in batch)
    return loss + parts * torch.stack(played).sum() / len(batch) if played else loss


def _loss_of_parts(scores: Tensor, parts: np.ndarray) -> Tensor:
    """Return the mean over the parts of a window of the mean over the words that may play them."""
    asked = torch.from_numpy(~np.isnan(parts))
    target = torch.from_numpy(np.nan_to_num(parts))
    losses = functional.binary_cross_entropy_with_logits(scores, target, reduction="none") * asked
    return (losses.sum(0) / asked.sum(0).clamp(min=1)).mean()


def _average(mean: dict[str, Tensor] | None, model: Tagger, keep: float) -> dict[str, Tensor]:
    with torch.no_grad():
        learned = {name: weight for name, weight in model.named_parameters() if weight.requires_grad}
        if mean is None:
            return {name: weight.detach().clone() for name, weight in learned.items()}
        for name, weight in learned.items():
            mean[name].lerp_(weight, 1.0 - keep)
    return mean


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    fit(Recipe(**json.loads(Path(sys.argv[1]).read_text())), target)
