"""`python -m docs.pictures.shots` photographs the web page for README.md, on the graph of the page in SOTAGRAPH_TEST_DATA.

It wants Chromium, such as Debian's, and what `make setup` installs.
"""

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from extractors.readers import read_papers
from graph.store import Store
from sotagraph.extraction import Reader, extracted
from sotagraph.ingest import ingest
from sotagraph.serve import app_of
from sotagraph.settings import Settings
from sotagraph.wiring import open_store

FOLDER = Path(__file__).parent
SIZE = (1100, 780)
# A machine without a graphics card draws WebGL in software.
FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
VIEWS = {
    "web-compare.png": "/compare?a=DeepSeek-Prover&b=GPT-4",
    "web-benchmark.png": "/benchmark?id=GSM8K",
    "web-explore.png": "/explore",
}


def main(data: Path) -> None:
    """Write the pictures of the page in a folder."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is needed: on Debian, apt-get install chromium.")
    with tempfile.TemporaryDirectory() as scratch, open_store(f"{scratch}/page.db", Settings()) as store:
        with (data / "seed-page.txt").open("rb") as page:
            ingest(extracted(read_papers(page, name="seed-page.txt"), Reader()), store)
        with served(store) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for name, view in VIEWS.items():
                photograph(browser, address + view, FOLDER / name)
            browser.close()


@contextmanager
def served(store: Store) -> Iterator[str]:
    """Yield the address of a server of the store."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app_of(store, Settings()), log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def photograph(browser: Browser, address: str, path: Path) -> None:
    """Write a picture of what a browser shows at an address, once it rests."""
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]}, color_scheme="light")
    page.goto(address)
    page.wait_for_selector("main h1")
    page.wait_for_load_state("networkidle")
    page.wait_for_selector(".canvas[data-rests], main:not(:has(.canvas))")
    page.screenshot(path=path)
    page.close()


if __name__ == "__main__":
    folder = os.environ.get("SOTAGRAPH_TEST_DATA")
    if not folder:
        sys.exit("Set SOTAGRAPH_TEST_DATA to the folder that holds seed-page.txt.")
    main(Path(folder))
