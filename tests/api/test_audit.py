"""The audits of GraphQL over HTTP that npm's graphql-http holds servers to."""

import json
import subprocess

import pytest

from graph.store import Store
from tests.api.clients import installed
from tests.api.conftest import serving

AUDITS = 61


@pytest.mark.long
def test_every_audit_is_ok(store: Store) -> None:
    with serving(store) as client:
        command = ["node", "audit.mjs", str(client.base_url).rstrip("/") + "/graphql"]
        done = subprocess.run(command, cwd=installed(), capture_output=True, text=True, timeout=240, check=True)
    results = json.loads(done.stdout)
    assert [row for row in results if row["status"] != "ok"] == []
    assert len(results) == AUDITS
