"""Write a checkpoint as an fp32 ONNX file for one window: ids and marks in, log probabilities of the gold tags out, and where
it was taught the parts of words, their log odds.

python -m extractors.model.train.export KIND CHECKPOINT OUT.onnx [FROZEN [TAUGHT]]

TAUGHT is 1 where the last columns of the checkpoint are the parts of words.
"""

import sys
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.model.hints import HINTS
from extractors.model.parts import PARTS
from extractors.model.pieces import LOOKS

from .examples import TAGS
from .networks import Layer, Tagger


class Attend(torch.autograd.Function):
    """Attention in torch, which the ONNX file holds as the one fused operator that onnxruntime has for it."""

    @staticmethod
    def forward(ctx: object, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:  # noqa: ARG004
        def split(x: Tensor) -> Tensor:
            return x.view(1, x.shape[1], heads, x.shape[2] // heads).transpose(1, 2)

        weights = torch.matmul(split(query), split(key).transpose(-1, -2)) * (heads / query.shape[2]) ** 0.5
        return torch.matmul(torch.softmax(weights, -1), split(value)).transpose(1, 2).reshape(query.shape)

    @staticmethod
    def symbolic(graph: object, query: object, key: object, value: object, heads: int) -> object:
        attended = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        attended.setType(query.type())
        return attended


class OneWindow(nn.Module):
    """A student for a single window: no mask, and the three projections of attention as one product."""

    def __init__(self, tagger: Tagger, *, taught: bool = False):
        super().__init__()
        self.tagger, self.taught = tagger, taught
        self.joined = nn.ModuleList(map(_join, tagger.layers))

    def forward(self, ids: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
        tagger = self.tagger
        x = tagger.norm(tagger.words(ids) + tagger.places.weight[: ids.shape[0]]) + tagger.marks(marks)
        x = x[None]
        for layer, joined in zip(tagger.layers, self.joined, strict=True):
            x = _read(layer, joined, x)
        return _said(tagger.tags(x)[0], self.taught)


class OneLargeWindow(nn.Module):
    """A teacher for a single window: MPNet's attention has a bias by distance, so it stays plain."""

    def __init__(self, tagger: Tagger, *, taught: bool = False):
        super().__init__()
        self.tagger, self.taught = tagger, taught

    def forward(self, ids: Tensor, marks: Tensor) -> tuple[Tensor, ...]:
        return _said(self.tagger(ids[None], marks[None], torch.ones_like(ids)[None].float())[0], self.taught)


def _said(scores: Tensor, taught: bool) -> tuple[Tensor, ...]:
    tags = torch.log_softmax(scores[:, : len(TAGS)], -1)
    return (tags, scores[:, -len(PARTS) :]) if taught else (tags,)


def _join(layer: Layer) -> nn.Linear:
    parts = (layer.query, layer.key, layer.value)
    joined = nn.Linear(layer.query.in_features, 3 * layer.query.out_features)
    with torch.no_grad():
        joined.weight.copy_(torch.cat([part.weight for part in parts]))
        joined.bias.copy_(torch.cat([part.bias for part in parts]))
    return joined


def _read(layer: Layer, joined: nn.Linear, x: Tensor) -> Tensor:
    query, key, value = joined(x).chunk(3, -1)
    x = layer.norm1(x + layer.mix(Attend.apply(query, key, value, layer.heads)))
    return layer.norm2(x + layer.down(functional.gelu(layer.up(x))))


def export(kind: str, checkpoint: Path, out: Path, frozen: int = 0, taught: int = 0) -> None:
    """Write the ONNX file; raises if the rebuilt network answers otherwise than the trained one.

    `frozen` is as in training: the marks of words come in above the frozen layers.
    """
    weights = torch.load(checkpoint)
    tagger = Tagger(kind, len(weights["tags.bias"]), inner=len(weights["layers.0.up.bias"]), frozen=frozen)
    tagger.load_state_dict(weights)
    one = (OneLargeWindow if tagger.mpnet else OneWindow)(tagger, taught=bool(taught)).eval()
    ids, marks = torch.randint(1000, 20000, (37,)), torch.randint(0, LOOKS * len(HINTS), (37,))
    outputs = ["tags", "parts"] if taught else ["tags"]
    torch.onnx.export(one, (ids, marks), str(out), opset_version=17, input_names=["ids", "marks"], output_names=outputs,
                      dynamic_axes={name: {0: "length"} for name in ("ids", "marks", *outputs)},
                      custom_opsets={"com.microsoft": 1})  # fmt: skip
    one.eval()  # torch 1.13 leaves the module in training mode
    with torch.no_grad():
        alone = _said(tagger(ids[None], marks[None], torch.ones(1, len(ids)))[0], bool(taught))
        difference = max(float((a - b).abs().max()) for a, b in zip(one(ids, marks), alone, strict=True))
    if difference > 1e-3:
        raise ValueError(f"the exported network differs from the trained one by {difference}")


if __name__ == "__main__":
    torch.manual_seed(1)
    export(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))
