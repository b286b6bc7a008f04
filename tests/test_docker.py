"""The container files hold together as far as that can be seen without an engine."""

import re
import socket
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from sotagraph.settings import Settings
from tests.neo4j_server.server import Neo4jServer

ROOT = Path(__file__).parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
STEPS = [
    step.split(maxsplit=1)
    for step in re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
    if step and not step.startswith("#")
]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    compose: dict[str, Any] = yaml.safe_load(COMPOSE)
    assert set(compose) == {"services", "volumes"}
    services: dict[str, Any] = compose["services"]
    assert set(services) == {"neo4j", "api"}
    return services


def test_images_are_pinned(services: dict[str, Any]) -> None:
    assert services["neo4j"]["image"] == "neo4j:5.26-community"
    bases = [words for step, words in STEPS if step == "FROM"]
    assert bases == ["python:3.11-slim"]


def test_ports_are_bound_to_this_machine(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service["ports"]]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_data_lives_in_a_volume(services: dict[str, Any]) -> None:
    assert services["neo4j"]["volumes"] == ["neo4j_data:/data"]
    assert yaml.safe_load(COMPOSE)["volumes"] == {"neo4j_data": None}


def test_the_password_is_required_and_never_written(services: dict[str, Any]) -> None:
    for value in (services["neo4j"]["environment"]["NEO4J_AUTH"], services["api"]["environment"]["SOTAGRAPH_NEO4J_PASSWORD"]):
        assert re.fullmatch(r"(neo4j/)?\$\{SOTAGRAPH_NEO4J_PASSWORD:\?choose a password[^}]+\}", value)


def test_only_the_server_gets_its_variables_and_only_ours_are_asked_for(services: dict[str, Any]) -> None:
    assert {name.split("_")[0] for name in services["neo4j"]["environment"]} == {"NEO4J"}
    assert {name.split("_")[0] for name in services["api"]["environment"]} == {"SOTAGRAPH"}
    known = {f"SOTAGRAPH_{name.upper()}" for name in Settings.model_fields}
    assert set(services["api"]["environment"]) <= known


def test_every_variable_is_documented() -> None:
    asked = set(re.findall(r"\$\{(\w+)", COMPOSE))
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "docker.md").read_text("utf-8"), flags=re.MULTILINE))
    assert asked == told


def test_the_api_waits_for_bolt(services: dict[str, Any]) -> None:
    assert services["api"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert services["api"]["environment"]["SOTAGRAPH_STORE"] == "bolt://neo4j:7687"


def healthy(services: dict[str, Any], port: int) -> bool:
    word, *command = services["neo4j"]["healthcheck"]["test"]
    assert word == "CMD"
    shell = [part.replace("$$", "$").replace("/7687", f"/{port}") for part in command]
    return subprocess.run(shell, capture_output=True, timeout=10, check=False).returncode == 0


def test_the_health_check_shakes_hands_with_bolt(services: dict[str, Any], running_neo4j: Neo4jServer) -> None:
    assert healthy(services, urlsplit(running_neo4j.uri).port or 0)


def test_the_health_check_fails_before_bolt_is_ready(services: dict[str, Any]) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        assert not healthy(services, server.getsockname()[1])
        server.listen()
        assert not healthy(services, server.getsockname()[1])


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = [name for step, words in STEPS if step == "COPY" for name in words.split()[:-1]]
    assert copied
    for name in copied:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in ignored, name


def test_the_image_holds_every_package() -> None:
    listed = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text("utf-8"), flags=re.MULTILINE)
    assert listed
    copied = {words.split()[0] for step, words in STEPS if step == "COPY"}
    assert set(re.findall(r'"(\w+)"', listed[1])) <= copied


def test_the_image_installs_by_hash_and_runs_without_rights() -> None:
    steps = [step for step, _ in STEPS]
    assert "--require-hashes -r requirements.lock" in next(words for step, words in STEPS if step == "RUN")
    assert steps.index("USER") < steps.index("CMD")
    assert [words for step, words in STEPS if step == "USER"] == ["sotagraph"]
    (command,) = [words for step, words in STEPS if step == "CMD"]
    assert command == '["sotagraph", "serve", "--host", "0.0.0.0", "--port", "8000"]'
    (health,) = [words for step, words in STEPS if step == "HEALTHCHECK"]
    assert "/healthz" in health
