"""Neo4j Browser itself, from Maven Central, with the kit: a person signs in, styles the graph, and runs the guide."""

import csv
import io
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from docs import browser_kit
from graph.assemble import assemble
from graph.neo4j import open_neo4j
from tests.graph.neo4j.test_browser import PAPERS
from tests.neo4j_server.server import Neo4jServer

QUESTIONS = browser_kit.questions(browser_kit.PAGE.read_text(encoding="utf-8"))


def test_kit_is_in_step_with_its_page() -> None:
    assert len(QUESTIONS) == browser_kit.PAGE.read_text(encoding="utf-8").count("```cypher") >= 8
    for path, text in browser_kit.files(QUESTIONS).items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is old: run python -m docs.browser_kit"
    names = {f"{question.name}.cypher" for question in QUESTIONS}
    assert {path.name for path in (browser_kit.ROOT / "cypher").iterdir()} == names


def test_browser_takes_nothing_out_of_the_guide() -> None:
    """Browser removes what looks like a listener from a guide, such as ` one.metric = `."""
    assert [question.name for question in QUESTIONS if re.search(r"\son[\w.]*\s*=", question.cypher)] == []


@pytest.mark.parametrize("name", ["guide.html", "guide.adoc", "style.grass", "saved-cypher.csv"])
def test_kit_is_served_to_any_origin(client: httpx.Client, name: str) -> None:
    answer = client.get(f"/neo4j-browser/{name}", headers={"origin": "http://localhost:7474"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    leave = client.options(
        f"/neo4j-browser/{name}", headers={"origin": "http://localhost:7474", "access-control-request-headers": "cache-control"}
    )
    assert (leave.status_code, leave.headers["access-control-allow-headers"]) == (204, "*")
    assert answer.text == (browser_kit.KIT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nothing", "..%2fapp.py", "__init__.py", "%2e%2e/app.py"])
def test_nothing_else_is_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/neo4j-browser/{name}").status_code == 404


def test_saved_queries_are_a_folder() -> None:
    rows = list(csv.DictReader(io.StringIO((browser_kit.KIT / "saved-cypher.csv").read_text(encoding="utf-8"))))
    assert (rows[0]["name"], rows[0]["isFolder"]) == ("sotagraph", "true")
    assert [(row["name"], row["query"], row["parentId"]) for row in rows[1:]] == [
        (q.title, q.cypher, rows[0]["id"]) for q in QUESTIONS
    ]


@pytest.fixture
def signed_in(chromium: Browser, empty_neo4j: Neo4jServer) -> Iterator[Page]:
    """Neo4j Browser, signed in by its form, with a graph to look at."""
    if empty_neo4j.http_url is None:
        pytest.skip("this Neo4j does not tell where its Browser is")
    store = open_neo4j(empty_neo4j.uri, user=empty_neo4j.user, password=empty_neo4j.password)
    store.write([assemble(item) for item in PAPERS])
    store.close()
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{empty_neo4j.http_url}/browser/")
    page.get_by_test_id("boltaddress").fill(re.sub(r"^.*://", "", empty_neo4j.uri))
    page.get_by_test_id("username").fill(empty_neo4j.user)
    page.get_by_test_id("password").fill(empty_neo4j.password)
    page.get_by_test_id("connect").click()
    expect(page.get_by_text("You are connected as user").first).to_be_visible(timeout=60_000)
    yield page
    page.close()


@pytest.mark.long
@pytest.mark.timeout(600)
def test_guide_runs_and_its_picture_has_colours_and_captions(signed_in: Page, client: httpx.Client) -> None:
    page, port = signed_in, client.base_url.port
    typed(page, f":style http://localhost:{port}/neo4j-browser/style.grass")
    expect(page.get_by_test_id("frame").first).to_contain_text("node.Method")
    typed(page, f":play http://localhost:{port}/neo4j-browser/guide.html")
    frame = page.get_by_test_id("frame").first
    expect(frame).to_contain_text(browser_kit.TITLE, timeout=30_000)
    guide = page.get_by_test_id("frame").filter(has_text=f"{client.base_url.port}/neo4j-browser/guide.html")
    for question in QUESTIONS:
        guide.get_by_test_id("nextSlide").click()
        expect(guide.get_by_role("heading", name=question.title)).to_be_visible()
        guide.locator("pre.runnable:visible").click()
        expect(page.locator(".monaco-editor").first).to_contain_text(question.cypher.split()[0])
        run(page)
        answer = page.get_by_test_id("frame").first
        expect(answer.get_by_test_id("frameCommand")).to_contain_text(question.cypher.splitlines()[0][:30], timeout=60_000)
        expect(answer.get_by_test_id("frame-loaded-contents")).to_be_visible(timeout=60_000)
        expect(answer).not_to_contain_text("ERROR")
        if question.name == "neighbourhood":
            nodes = answer.locator("g.node")
            expect(nodes.first).to_be_visible(timeout=60_000)
            drawn = nodes.evaluate_all(
                "nodes => nodes.map((node) => [[...node.querySelectorAll('text')].map((text) => text.textContent).join(' '),"
                " [...node.querySelectorAll('circle')].map((circle) => circle.getAttribute('fill')).filter((fill) => fill?.startsWith('#'))])"
            )
            assert all(caption.strip() for caption, _ in drawn)
            assert {caption.strip() for caption, _ in drawn} >= {"DeepThing", "GPT-4"}
            assert {fill for _, fills in drawn for fill in fills} >= {"#12707f", "#5c636b", "#77562a", "#a33c14"}


def typed(page: Page, text: str) -> None:
    """Run something in the editor."""
    page.locator(".monaco-editor textarea").first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    run(page)


def run(page: Page) -> None:
    page.locator(".monaco-editor textarea").first.focus()
    page.keyboard.press("Control+Enter")
