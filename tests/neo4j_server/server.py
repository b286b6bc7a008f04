"""A real Neo4j for the tests: one given by the environment, else one from Maven Central, else one from Docker."""

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

HERE = Path(__file__).parent
IMAGE = "neo4j:5.26-community"
START_SECONDS = 240
OPENS = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
HELP = (
    "The tests need a Neo4j and found no way to one. Install Java 17 (a JDK) and Maven, or Docker, "
    "or set SOTAGRAPH_TEST_NEO4J=bolt://user:password@host:7687 to a Neo4j 5.26 whose data may be deleted."
)


class NoServer(RuntimeError):
    """No Neo4j can be had; the message says what to install or what the server said last."""


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running Neo4j that wants a password; `http_url` is the root of Neo4j Browser, where it is known."""

    uri: str
    user: str
    password: str
    http_url: str | None


@contextmanager
def neo4j_server(cache: Path) -> Iterator[Neo4jServer]:
    """Yield a running Neo4j and stop it at the end; jars are fetched once into `cache`.

    Raises NoServer.
    """
    if given := os.environ.get("SOTAGRAPH_TEST_NEO4J"):
        yield _given(given)
    elif shutil.which("java") and (shutil.which("mvn") or _jars(cache).is_dir()):
        with _started(fetch(cache)) as server:
            yield server
    elif _has_docker():
        with _container() as server:
            yield server
    else:
        raise NoServer(HELP)


def fetch(cache: Path) -> Path:
    """Return the folder with the server's jars, fetched with Maven if it isn't there yet (150 MB)."""
    jars = _jars(cache)
    if not jars.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            goal = ["dependency:copy-dependencies", f"-DoutputDirectory={folder}/lib"]
            maven = subprocess.run(
                ["mvn", "-B", "-q", "-f", HERE / "pom.xml", *goal], capture_output=True, text=True, check=False
            )
            if maven.returncode:
                raise NoServer(f"Maven could not fetch Neo4j:\n{_tail(maven.stdout + maven.stderr)}")
            # Another run may have fetched them meanwhile; theirs are as good.
            if not jars.is_dir():
                Path(folder, "lib").rename(jars)
    return jars


def empty(server: Neo4jServer) -> None:
    """Delete every node and relationship; constraints and indexes stay."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def _given(url: str) -> Neo4jServer:
    parts = urlsplit(url)
    if not (parts.hostname and parts.username and parts.password):
        raise NoServer("SOTAGRAPH_TEST_NEO4J must look like bolt://user:password@host:7687")
    uri = f"{parts.scheme}://{parts.hostname}:{parts.port or 7687}"
    return Neo4jServer(uri=uri, user=unquote(parts.username), password=unquote(parts.password), http_url=None)


def _jars(cache: Path) -> Path:
    return cache / f"lib-{hashlib.sha256((HERE / 'pom.xml').read_bytes()).hexdigest()[:12]}"


@contextmanager
def _started(jars: Path) -> Iterator[Neo4jServer]:
    password = secrets.token_hex(8)
    opens = [f"--add-opens={name}=ALL-UNNAMED" for name in OPENS]
    with tempfile.TemporaryDirectory(prefix="sotagraph-neo4j-") as folder:
        log = Path(folder, "start.log")
        command = ["java", *opens, "-Xmx1g", "-cp", f"{jars}/*", str(HERE / "Start.java"), folder, password]
        with log.open("wb") as out, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=out) as process:
            try:
                addresses = _addresses(process, log)
                yield Neo4jServer(uri=addresses["bolt"], user="neo4j", password=password, http_url=addresses["http"])
            finally:
                _stop(process)


def _addresses(process: subprocess.Popen[bytes], log: Path) -> dict[str, str]:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        lines = [line.split() for line in log.read_text(errors="replace").splitlines()]
        found = {words[0]: words[1].rstrip("/") for words in lines if len(words) == 2 and words[0] in ("bolt", "http")}
        if len(found) == 2:
            return found
        time.sleep(0.1)
    why = f"did not start in {START_SECONDS} s" if process.poll() is None else f"ended with code {process.returncode}"
    raise NoServer(f"Neo4j {why}; it needs a JDK 17 or 21. Its last words:\n{_tail(log.read_text(errors='replace'))}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()


def _has_docker() -> bool:
    docker = shutil.which("docker")
    return bool(docker) and subprocess.run(["docker", "info"], capture_output=True, timeout=20, check=False).returncode == 0


@contextmanager
def _container() -> Iterator[Neo4jServer]:
    password = secrets.token_hex(8)
    ports = ["-p", "127.0.0.1::7687", "-p", "127.0.0.1::7474"]
    container = _docker("run", "--rm", "-d", *ports, "-e", f"NEO4J_AUTH=neo4j/{password}", IMAGE)
    try:
        uri = f"bolt://{_docker('port', container, '7687/tcp').splitlines()[0]}"
        http_url = f"http://{_docker('port', container, '7474/tcp').splitlines()[0]}"
        server = Neo4jServer(uri=uri, user="neo4j", password=password, http_url=http_url)
        _wait(server, container)
        yield server
    finally:
        _docker("stop", container)


def _wait(server: Neo4jServer, container: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        while time.monotonic() < deadline:
            try:
                driver.verify_connectivity()
            except (DriverError, Neo4jError):
                time.sleep(0.5)
            else:
                return
    raise NoServer(f"Neo4j did not start in {START_SECONDS} s:\n{_tail(_docker('logs', container))}")


def _docker(*arguments: str) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoServer(f"docker {arguments[0]} failed:\n{_tail(done.stderr)}")
    return done.stdout.strip()


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-20:])
