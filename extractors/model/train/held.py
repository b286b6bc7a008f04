"""Write what a checkpoint says of the parts of words in annotated abstracts that it was not trained on.

python -m extractors.model.train.held RECIPE.json CHECKPOINT HELD.jsonl OUT.npz

One table an abstract, under its id: how probable each of PARTS (column) is for each word (row).
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch

from extractors.model.hints import read_names
from extractors.model.parts import PARTS

from .examples import cut_words, read_lines
from .fit import Recipe, open_tokenizer, read_windows
from .networks import Tagger


def read_held(recipe: Recipe, checkpoint: Path, held: Path) -> dict[str, np.ndarray]:
    """Return the tables; where windows overlap the later one is kept."""
    weights = torch.load(checkpoint)
    model = Tagger(recipe.kind, len(weights["tags.bias"]), inner=recipe.inner, frozen=recipe.frozen)
    model.load_state_dict(weights)
    model.eval()
    tokenizer, names, tables = open_tokenizer(Path(recipe.package)), read_names(Path(recipe.names)), {}
    for doc in read_lines(held):
        text = doc["title"] + "\n" + doc["abstract"]
        words = cut_words(text)
        table = np.zeros((len(words), len(PARTS)), np.float16)
        with torch.no_grad():
            for rows, scores in read_windows(model, text, words, tokenizer, names):
                table[rows] = torch.sigmoid(scores[:, -len(PARTS) :]).numpy()
        tables[doc["id"]] = table
    return tables


if __name__ == "__main__":
    recipe, checkpoint, held, out = map(Path, sys.argv[1:])
    np.savez(out, **read_held(Recipe(**json.loads(recipe.read_text())), checkpoint, held))
