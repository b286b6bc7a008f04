"""The demo's graph behind a real server, and a Chromium that fails a test for what it logs or fetches from elsewhere."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib.resources import files
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from extractors.readers import read_papers
from graph.assemble import assemble
from graph.store import Store
from schema.records import ExtractionRecord
from sotagraph.extraction import Extractor, Reader, extracted
from sotagraph.ingest import ingest
from tests.api.conftest import serving
from tests.api.graphs import small_graph

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# A machine without a graphics card draws WebGL in software.
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WIDTHS = {"desktop": (1200, 860), "phone": (360, 740)}

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def demo_records() -> list[ExtractionRecord]:
    """What the extractor reads in the demo's papers."""
    path = Path(str(files("sotagraph").joinpath("sample/papers.jsonl")))
    with path.open("rb") as lines:
        found = extracted(read_papers(lines, name=path.name), Reader())
        return [item for item in found if isinstance(item, ExtractionRecord)]


@pytest.fixture
def small(sqlite_store: Store) -> Store:
    """A store of a small invented graph."""
    sqlite_store.write(small_graph())
    return sqlite_store


@pytest.fixture
def client(small: Store) -> Iterator[httpx.Client]:
    with serving(small) as served:
        yield served


@pytest.fixture
def demo(store: Store, demo_records: list[ExtractionRecord]) -> Iterator[httpx.Client]:
    """A server of the demo's graph, on each store in turn."""
    store.write([assemble(record) for record in demo_records])
    with serve_reading(store) as client:
        yield client


@pytest.fixture
def demo_on_sqlite(sqlite_store: Store, demo_records: list[ExtractionRecord]) -> Iterator[httpx.Client]:
    """A server of the demo's graph, on one store, for what does not depend on it."""
    sqlite_store.write([assemble(record) for record in demo_records])
    with serve_reading(sqlite_store) as client:
        yield client


def serve_reading(store: Store) -> AbstractContextManager[httpx.Client]:
    """Return a server that reads papers as `sotagraph serve` does."""
    return serving(store, ingest=lambda papers: ingest(map(Extractor(Reader()), papers), store))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: on Debian, apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    """A function that opens a page of a server and waits for its heading; complaints of the page fail the test at its end."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def complain(text: str, allowed: str | None) -> None:
        if allowed is None or allowed not in text:
            complaints.append(text)

    def open_page(
        client: httpx.Client, path: str, *, width: str = "desktop", dark: bool = False, allowed: str | None = None
    ) -> Page:
        base = str(client.base_url).rstrip("/")
        wide, high = WIDTHS[width]
        scheme: Literal["dark", "light"] = "dark" if dark else "light"
        context = chromium.new_context(viewport={"width": wide, "height": high}, color_scheme=scheme, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()

        def logged(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                complain(f"{path}: {message.text}", allowed)

        def requested(request: Request) -> None:
            if not request.url.startswith((f"{base}/", "blob:", "data:")):
                complain(f"{path} asks {request.url}", None)

        page.on("console", logged)
        page.on("pageerror", lambda error: complain(f"{path}: {error}", None))
        page.on("request", requested)
        page.goto(base + path)
        page.wait_for_selector("main h1")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
