"""A server that goes away while a store is open: a clear error in bounded time, and work goes on when it is back."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from graph.assemble import assemble
from graph.neo4j import connect, open_neo4j
from graph.store import StoreError
from tests.factories import record
from tests.neo4j_server.server import Neo4jServer


class Line:
    """A port that passes everything on to the server, until it is cut."""

    def __init__(self, host: str, port: int) -> None:
        self.target, self.up, self.sockets = (host, port), True, list[socket.socket]()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Drop every connection, and every new one."""
        self.up = False
        for each in self.sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.sockets.clear()

    def mend(self) -> None:
        """Take connections again."""
        self.up = True

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            if not self.up:
                near.close()
                continue
            far = socket.create_connection(self.target)
            self.sockets += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=_pass, args=(source, sink), daemon=True).start()


def _pass(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        return


@pytest.fixture
def line(empty_neo4j: Neo4jServer) -> Iterator[Line]:
    parts = urlsplit(empty_neo4j.uri)
    line = Line(parts.hostname or "", parts.port or 0)
    yield line
    line.listening.close()


def test_an_outage_is_an_error_and_passes(line: Line, empty_neo4j: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "RETRY_SECONDS", 2.0)
    store = open_neo4j(f"bolt://127.0.0.1:{line.port}", user=empty_neo4j.user, password=empty_neo4j.password)
    store.write([assemble(record(given_id="a"))])
    before = list(store.dump())
    line.cut()
    started = time.monotonic()
    with pytest.raises(StoreError, match=f"127.0.0.1:{line.port}: no Neo4j answers there"):
        store.write([assemble(record(given_id="b"))])
    assert time.monotonic() - started < 20
    line.mend()
    assert list(store.dump()) == before
    assert store.write([assemble(record(given_id="b"))]).written == 1
    store.close()
