"""Who may ask and who may change."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from api import ApiSettings, Key, Role, from_lines, new_key, to_line
from graph.store import Store
from sotagraph.keys import add_key, load_keys
from sotagraph.serve import api_settings
from sotagraph.settings import Settings
from tests.api.conftest import serving

STATS, DELETE = "{ stats { papers } }", 'mutation { deletePaper(id: "none") { errors { ... on MutationError { message } } } }'
MADE = {role: new_key(role.name.lower(), role) for role in (Role.READ, Role.WRITE, Role.ADMIN)}
KEYS = tuple(key for key, _ in MADE.values())
TOKENS = {role.name: token for role, (_, token) in MADE.items()}


def sent(client: httpx.Client, query: str, token: str | None) -> str:
    """Return what came of an operation: ok or the code of its first error."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    response = client.post("/graphql", json={"query": query}, headers=headers)
    body: Any = response.json()
    assert (response.status_code == 401) == ("www-authenticate" in response.headers)
    return body["errors"][0]["extensions"]["code"] if "errors" in body else "ok"


FORGED = TOKENS["WRITE"][:-1] + ("0" if TOKENS["WRITE"][-1] != "0" else "1")
OPEN, LOCKED, CLOSED = ApiSettings(), ApiSettings(write="keys", keys=KEYS), ApiSettings(read="keys", write="keys", keys=KEYS)
NO, NEVER = "UNAUTHENTICATED", "FORBIDDEN"


@pytest.mark.parametrize(
    ("settings", "token", "reading", "writing"),
    [
        (OPEN, None, "ok", "ok"),
        (OPEN, "sota_x_" + "0" * 40, NO, NO),
        (LOCKED, None, "ok", NO),
        (LOCKED, TOKENS["READ"], "ok", NO),
        (LOCKED, TOKENS["WRITE"], "ok", "ok"),
        (LOCKED, TOKENS["ADMIN"], "ok", "ok"),
        (LOCKED, FORGED, NO, NO),
        (CLOSED, None, NO, NO),
        (CLOSED, TOKENS["READ"], "ok", NEVER),
        (CLOSED, TOKENS["WRITE"], "ok", "ok"),
        (CLOSED, FORGED, NO, NO),
        (ApiSettings(write="keys", token="once"), None, "ok", NO),
        (ApiSettings(write="keys", token="once"), "once", "ok", "ok"),
        (ApiSettings(write="keys", token="once"), "twice", NO, NO),
        (ApiSettings(read="keys", write="keys", token="once"), "once", "ok", "ok"),
    ],
)
def test_who_may_what(small: Store, settings: ApiSettings, token: str | None, reading: str, writing: str) -> None:
    with serving(small, settings=settings) as client:
        for _ in range(2):
            assert (sent(client, STATS, token), sent(client, DELETE, token)) == (reading, writing)
    assert small.stats().papers == 3


def test_nothing_is_read_for_who_may_not_write(small: Store) -> None:
    def ingest(papers: Any) -> Any:
        raise AssertionError("read")

    query = 'mutation { ingest(papers: [{ title: "", abstract: "" }]) { job { id } errors { __typename } } }'
    with serving(small, ingest=ingest, settings=LOCKED) as client:
        assert sent(client, query, None) == NO


def test_other_schemes_are_for_others(small: Store) -> None:
    with serving(small, settings=LOCKED) as client:
        asked = client.post("/graphql", json={"query": STATS}, headers={"authorization": "Basic eDp5"})
        assert asked.json() == {"data": {"stats": {"papers": 3}}}


def test_keys_come_back_from_their_lines() -> None:
    assert from_lines(["# ours", "", *map(to_line, KEYS)]) == KEYS
    secrets = [token.rpartition("_")[2] for token in TOKENS.values()]
    assert not any(secret in to_line(key) for key in KEYS for secret in secrets)


@pytest.mark.parametrize("line", ["x", "a:boss:$argon2id$x", "a:nobody:x", "a b:read:x", "_:read:x", ":read:x"])
def test_other_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 is no key"):
        from_lines(["", line])


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    token = add_key(path, "ci", Role.WRITE)
    assert token.startswith("sota_ci_")
    assert [(key.name, key.role) for key in load_keys(path)] == [("ci", Role.WRITE)]
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="a key called 'ci' already"):
        add_key(path, "ci", Role.READ)
    with pytest.raises(ValueError, match="can't be a key's name"):
        add_key(path, "c_i", Role.READ)
    with pytest.raises(ValueError, match="again"):
        from_lines([to_line(KEYS[0])] * 2)
    with pytest.raises(ValueError, match="nowhere can't be read"):
        load_keys(tmp_path / "nowhere")


def test_a_broken_hash_opens_nothing(small: Store) -> None:
    broken = Key(name="write", role=Role.WRITE, hash="none")
    with serving(small, settings=ApiSettings(write="keys", keys=(broken,))) as client:
        assert sent(client, DELETE, TOKENS["WRITE"]) == NO


@pytest.mark.parametrize(
    ("host", "write", "keys", "meant", "token"),
    [
        ("127.0.0.1", "auto", False, "open", False),
        ("localhost", "auto", True, "open", False),
        ("::1", "auto", False, "open", False),
        ("0.0.0.0", "auto", False, "keys", True),
        ("0.0.0.0", "auto", True, "keys", False),
        ("example.org", "auto", False, "keys", True),
        ("127.0.0.1", "token", False, "keys", True),
        ("127.0.0.1", "keys", True, "keys", False),
        ("0.0.0.0", "open", False, "open", False),
    ],
)
def test_what_the_settings_mean(tmp_path: Path, host: str, write: Any, keys: bool, meant: str, token: bool) -> None:
    path = tmp_path / "keys"
    add_key(path, "ci", Role.WRITE)
    chosen = api_settings(Settings(write=write, keys=path if keys else None), host)
    assert (chosen.write, chosen.token is not None, len(chosen.keys)) == (meant, token, int(keys))
