"""The two encoders as plain torch modules: BERT (MiniLM, E5) and MPNet, each with a row of tag scores per piece."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from extractors.model.hints import HINTS
from extractors.model.pieces import LOOKS


@dataclass(frozen=True)
class Shape:
    """The size of an encoder, and how its package names its parts."""

    family: str
    width: int
    layers: int
    vocabulary: int
    heads: int = 12
    epsilon: float = 1e-12


SHAPE_OF = {
    "minilm": Shape("bert", 384, 6, 30522),
    "e5": Shape("bert", 384, 12, 30522),
    "mpnet": Shape("mpnet", 768, 12, 30527, epsilon=1e-5),
}

BERT_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mix": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}
MPNET_NAMES = BERT_NAMES | {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "mix": "attention.attn.o",
    "norm1": "attention.LayerNorm",
}


class Dropout(nn.Module):
    """Dropout from bytes of a fast generator: torch 1.13's own took a quarter of a training step on a CPU."""

    def __init__(self, rate: float, noise: np.random.Generator):
        super().__init__()
        self.below, self.noise = round(rate * 256), noise

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.below:
            return x
        kept = np.frombuffer(self.noise.bytes(x.numel()), np.uint8) >= self.below
        return x * (torch.from_numpy(kept).view(x.shape).to(x.dtype) * (256 / (256 - self.below)))


class Layer(nn.Module):
    def __init__(self, shape: Shape, inner: int, dropout: Dropout):
        super().__init__()
        width, self.heads = shape.width, shape.heads
        self.query, self.key, self.value, self.mix = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = (nn.LayerNorm(width, shape.epsilon) for _ in range(2))
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = torch.matmul(query * (self.heads / width) ** 0.5, key.transpose(-1, -2)) + bias
        seen = torch.matmul(torch.softmax(weights, -1), value).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.mix(seen)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Tagger(nn.Module):
    """An encoder and its tag scores; the lowest `frozen` layers are kept as packaged and never drop out."""

    def __init__(self, kind: str, tags: int, *, inner: int = 0, frozen: int = 0, rate: float = 0.1, seed: int = 0):
        super().__init__()
        self.shape = SHAPE_OF[kind]
        self.mpnet = self.shape.family == "mpnet"
        self.frozen = frozen
        self.dropout = Dropout(rate, np.random.Generator(np.random.SFC64(seed)))
        width = self.shape.width
        self.inner = inner or 4 * width
        self.words = nn.Embedding(self.shape.vocabulary, width)
        self.places = nn.Embedding(514 if self.mpnet else 512, width)
        self.norm = nn.LayerNorm(width, self.shape.epsilon)
        self.layers = nn.ModuleList(Layer(self.shape, self.inner, self.dropout) for _ in range(self.shape.layers))
        self.looks, self.hints = nn.Embedding(LOOKS, width), nn.Embedding(len(HINTS), width)
        self.tags = nn.Linear(width, tags)
        if self.mpnet:
            self.distances = nn.Embedding(32, self.shape.heads)
            self.register_buffer("buckets", _buckets(512), persistent=False)
        nn.init.zeros_(self.looks.weight)
        nn.init.zeros_(self.hints.weight)
        nn.init.normal_(self.tags.weight, std=0.02)
        nn.init.zeros_(self.tags.bias)

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        bias = self.bias(mask)
        return self.upper(self.lower(ids, bias), marks, bias)

    def marks(self, marks: Tensor) -> Tensor:
        return self.looks(marks % LOOKS) + self.hints(torch.div(marks, LOOKS, rounding_mode="floor"))

    def bias(self, mask: Tensor) -> Tensor:
        bias = (mask[:, None, None, :] - 1.0) * 10000.0
        if not self.mpnet:
            return bias
        step = torch.arange(mask.shape[1])
        return bias + self.distances(self.buckets[step[None] - step[:, None] + 511]).permute(2, 0, 1)[None]

    def lower(self, ids: Tensor, bias: Tensor) -> Tensor:
        place = torch.arange(ids.shape[1]) + (2 if self.mpnet else 0)
        x = self.norm(self.words(ids) + self.places(place)[None])
        if self.frozen:
            with torch.no_grad():
                for layer in self.layers[: self.frozen]:
                    x = layer.eval()(x, bias)
        return x

    def upper(self, x: Tensor, marks: Tensor, bias: Tensor) -> Tensor:
        x = self.dropout(x + self.marks(marks))
        for layer in self.layers[self.frozen :]:
            x = layer(x, bias)
        return self.tags(self.dropout(x))

    def load_package(self, path: Path) -> None:
        """Take the weights of the packaged encoder."""
        packaged = load_file(path)
        names = MPNET_NAMES if self.mpnet else BERT_NAMES
        renamed = {
            "words.weight": "embeddings.word_embeddings.weight",
            "places.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        if self.mpnet:
            renamed["distances.weight"] = "encoder.relative_attention_bias.weight"
        for k in range(self.shape.layers):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    renamed[f"layers.{k}.{ours}.{part}"] = f"encoder.layer.{k}.{theirs}.{part}"
        weights = {ours: packaged[theirs].float() for ours, theirs in renamed.items()}
        if not self.mpnet:  # the only segment there is, added to every place
            weights["places.weight"] = weights["places.weight"] + packaged["embeddings.token_type_embeddings.weight"][0]
        missing, unexpected = self.load_state_dict(weights, strict=False)
        if unexpected or set(missing) != {"looks.weight", "hints.weight", "tags.weight", "tags.bias"}:
            raise ValueError(f"{path}: not the expected encoder (missing {missing}, unexpected {unexpected})")


def _buckets(length: int, buckets: int = 32, far: int = 128) -> Tensor:
    """Return MPNet's bucket of each distance from -(length - 1) to length - 1."""
    distance = -torch.arange(-(length - 1), length)
    half = buckets // 2
    exact = half // 2
    size = distance.abs()
    spread = exact + (torch.log(size.float().clamp(min=1) / exact) / math.log(far / exact) * (half - exact)).long()
    return (distance < 0).long() * half + torch.where(size < exact, size, spread.clamp(max=half - 1))
