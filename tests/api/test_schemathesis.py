"""Schemathesis, which makes up operations from the schema, finds nothing to complain of in either store."""

import os
import subprocess
from pathlib import Path

import pytest
from graphql import build_schema

from api import sdl
from graph.store import Store
from tests.api.clients import FUZZER, fuzzer
from tests.api.conftest import serving
from tests.api.graphs import many_papers, small_graph
from tests.api.rich import rich_papers

EXAMPLES = 20
SCHEMA = build_schema(sdl())
OPERATIONS = sum(len(root.fields) for root in (SCHEMA.query_type, SCHEMA.mutation_type) if root)


def fuzzed(store: Store, folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what a run of schemathesis against a server of this store came to."""
    with serving(store) as client:
        command = [
            fuzzer(),
            "run",
            f"http://{client.base_url.netloc.decode()}/graphql",
            f"--max-examples={EXAMPLES}",
            # A cursor is a string to the schema, but not every string is a cursor: most made-up calls are rightly refused.
            "--exclude-checks=positive_data_acceptance",
            "--generation-deterministic",
            "--suppress-health-check=all",
            "--no-color",
            "--continue-on-failure",
        ]
        env = {**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(FUZZER)}
        return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=900, check=False)


@pytest.mark.long
@pytest.mark.timeout(1_000)
def test_no_failure(store: Store, tmp_path: Path) -> None:
    store.write([*small_graph(), *many_papers(6), *rich_papers()])
    done = fuzzed(store, tmp_path)
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
    assert f"{OPERATIONS} passed" in done.stdout, done.stdout[-2_000:]


class Broken:
    """A store that fails in one verb."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        if name == "stats":
            raise RuntimeError("broken")
        return getattr(self._store, name)


@pytest.mark.long
@pytest.mark.timeout(1_000)
def test_a_failure_is_found(small: Store, tmp_path: Path) -> None:
    broken: Store = Broken(small)  # type: ignore[assignment]
    done = fuzzed(broken, tmp_path)
    assert done.returncode == 1, done.stdout[-2_000:]
    assert "Internal server error" in done.stdout
