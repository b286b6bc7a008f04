"""Let a trained teacher tag abstracts that nobody annotated; keeps its probabilities, a hundred texts a file.

python -m extractors.model.train.label RECIPE.json CHECKPOINT ABSTRACTS.jsonl.gz COUNT FOLDER [GOLD.jsonl ...]
"""

import json
import logging
import os
import random
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from extractors.model.hints import Names, read_names

from .examples import Example, read_lines
from .fit import Recipe, open_tokenizer, tables
from .networks import Tagger

log = logging.getLogger("label")
CHUNK = 100


def choose(abstracts: Path, count: int, held: list[Path], *, seed: int = 1) -> list[str]:
    """Return texts by chance, none of them annotated and none longer than one window of the students."""
    known = {doc["title"].casefold() for path in held for doc in read_lines(path)}
    texts = [
        doc["title"] + "\n" + doc["abstract"]
        for doc in read_lines(abstracts)
        if doc["title"].casefold() not in known and 600 < len(doc["abstract"]) < 2000
    ]
    return random.Random(seed).sample(texts, count)


def label(model: Tagger, tokenizer: Tokenizer, names: Names, texts: list[str], folder: Path) -> None:
    """Write the teacher's tables in parts; parts that are there already are kept."""
    for k in range(0, len(texts), CHUNK):
        out = folder / f"{k:05}.npz"
        if out.exists():
            continue
        found = tables(model, [Example(text) for text in texts[k : k + CHUNK]], tokenizer, names)
        out.with_suffix(".json").write_text(json.dumps(texts[k : k + CHUNK]))
        with (folder / "part.tmp").open("wb") as part:
            np.savez(part, rows=np.concatenate(found).astype(np.float16), sizes=[len(table) for table in found])
        (folder / "part.tmp").replace(out)
        log.info("%d texts", k + len(found))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    written, checkpoint, abstracts, count, folder, *held = sys.argv[1:]
    recipe = Recipe(**json.loads(Path(written).read_text()))
    weights = torch.load(checkpoint)
    teacher = Tagger(recipe.kind, len(weights["tags.bias"]), frozen=recipe.frozen)
    teacher.load_state_dict(weights)
    Path(folder).mkdir(parents=True, exist_ok=True)
    texts = choose(Path(abstracts), int(count), [Path(path) for path in held])
    label(teacher, open_tokenizer(Path(recipe.package)), read_names(Path(recipe.names)), texts, Path(folder))
