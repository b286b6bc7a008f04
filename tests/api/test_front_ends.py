"""Examples for front ends run and compile, and a schema that breaks them is noticed."""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from gql.transport.exceptions import TransportQueryError

from api import ApiSettings, from_manifest, sdl
from graph.store import Store
from tests.api.clients import installed
from tests.api.conftest import serving

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ask", EXAMPLES / "ask.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_python_example(client: httpx.Client, example: ModuleType) -> None:
    opened = example.open_client(str(client.base_url).rstrip("/"))
    assert list(example.leaderboard(opened, "math")) == [
        "accuracy",
        "  1 Alder: 64.8% “Alder reaches 64.8% on MATH” (Alder: Reasoning by Trees)",
        "  2 GPT-4: 53.9% “GPT-4 gets 53.9% on MATH” (Alder: Reasoning by Trees)",
    ]
    with pytest.raises(TransportQueryError, match="No dataset called 'MTAH'"):
        list(example.leaderboard(opened, "MTAH"))


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["npx", "--no-install", *command], cwd=folder, capture_output=True, text=True, timeout=240, check=False
    )


@pytest.fixture(scope="module")
def codegen() -> Path:
    """The folder of the TypeScript example, with its packages and what was generated from the schema of today."""
    folder = installed(EXAMPLES / "codegen")
    shutil.copytree(
        EXAMPLES / "codegen" / "src", folder / "src", dirs_exist_ok=True, ignore=shutil.ignore_patterns("generated")
    )
    (folder / "schema.graphql").write_text(sdl(), encoding="utf-8")
    config = (folder / "codegen.ts").read_text(encoding="utf-8").replace("../../schema/schema.graphql", "schema.graphql")
    (folder / "codegen.ts").write_text(config, encoding="utf-8")
    done = run(folder, "graphql-codegen", "--config", "codegen.ts")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.long
def test_typed_documents_compile(codegen: Path) -> None:
    done = run(codegen, "tsc", "--noEmit")
    assert done.returncode == 0, done.stdout
    wrong = codegen / "src" / "wrong.ts"
    wrong.write_text("import { bestOn } from './questions';\nexport const board: Promise<number[]> = bestOn('MATH');\n")
    try:
        assert "wrong.ts" in run(codegen, "tsc", "--noEmit").stdout
    finally:
        wrong.unlink()


@pytest.mark.long
def test_generated_manifest_is_served(codegen: Path, small: Store) -> None:
    manifest = json.loads((codegen / "src" / "generated" / "persisted-documents.json").read_text(encoding="utf-8"))
    documents = from_manifest(manifest)
    (leaderboard,) = (key for key, text in documents.items() if text.startswith("query Leaderboard"))
    with serving(small, settings=ApiSettings(documents=documents, documents_only=True)) as client:
        answer = client.get("/graphql", params={"documentId": leaderboard, "variables": '{"dataset": "MATH"}'}).json()
    assert answer["data"]["leaderboard"]["groups"][0]["rows"]["nodes"][0]["system"]["name"] == "Alder"


@pytest.mark.long
def test_nothing_breaks_the_clients_of_the_last_release(codegen: Path) -> None:
    done = run(codegen, "graphql-inspector", "diff", "released.graphql", "schema.graphql")
    assert done.returncode == 0, done.stdout + done.stderr
    (codegen / "broken.graphql").write_text(sdl().replace("  abstract: String!\n", ""), encoding="utf-8")
    assert run(codegen, "graphql-inspector", "diff", "released.graphql", "broken.graphql").returncode == 1
