"""The site without a browser: its addresses and headers, its first view's size, its questions, its charts."""

import gzip
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from graphql import build_schema, parse, validate

from api import ApiSettings, sdl
from api.charts import Label, Point, _ticks, place_label, steps
from api.keys import Role, new_key
from api.site import VIEWS
from graph.store import Store
from tests.api.conftest import serving

STATIC = Path(__file__).parents[2] / "api" / "static"
SITE = STATIC / "site"
SCRIPTS = sorted(SITE.rglob("*.js"))
BUDGET = 300_000


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_has_an_address(client: httpx.Client, path: str) -> None:
    page = client.get(path, params={"id": "a/b?c"})
    assert page.status_code == 200
    assert '<script type="module" src="/static/site/main.js">' in page.text
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert "unsafe" not in page.headers["content-security-policy"]


def test_pages_have_nothing_inline() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=", page) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_scripts_make_no_code_or_markup_of_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 300
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function|document\.write", text) == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)[\w.]+", text) == []


def test_files_are_asked_for_again_only_when_they_changed(client: httpx.Client) -> None:
    first = client.get("/static/site/site.css")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/site/site.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/../app.py").status_code == 404


def test_first_view_is_small(demo_on_sqlite: httpx.Client) -> None:
    """The page, its style, every module it imports before anyone clicks, and what it asks of the demo's graph."""
    modules, waiting = set(), [SITE / "main.js", SITE / "views" / "home.js"]
    while waiting:
        path = waiting.pop().resolve()
        if path not in modules:
            modules.add(path)
            waiting += [
                path.parent / name for name in re.findall(r'^import .*? from "(.+?)";', path.read_text("utf-8"), re.M | re.S)
            ]
    names = ["/", "/static/site/site.css", *(f"/static/{path.relative_to(STATIC.resolve())}" for path in modules)]
    sizes = {name: len(gzip.compress(demo_on_sqlite.get(name).content)) for name in names}
    answer = demo_on_sqlite.post("/graphql", json={"query": questions()["HOME"]})
    sizes["answer"] = len(gzip.compress(answer.content))
    assert "errors" not in answer.json()
    assert not any("sigma" in name or "graphology" in name or "explore" in name for name in names)
    assert sum(sizes.values()) < BUDGET, sizes


def questions() -> dict[str, str]:
    """Return the questions of queries.js with their parts put in."""
    text = (SITE / "queries.js").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for name, body in re.findall(r"const ([A-Z]+) = `(.*?)`;", text, re.DOTALL):
        found[name] = re.sub(r"\$\{([A-Z]+)\}", lambda match: found[match[1]], body)
    return {name: body for name, body in found.items() if body.startswith(("query", "mutation", "subscription"))}


@pytest.mark.parametrize("name", sorted(questions()))
def test_questions_are_valid(name: str) -> None:
    assert validate(build_schema(sdl()), parse(questions()[name])) == []


def test_questions_are_all_there() -> None:
    assert len(questions()) >= 13


SVG = "{http://www.w3.org/2000/svg}"


def test_chart_says_what_it_shows(client: httpx.Client) -> None:
    answer = client.get("/charts/leaderboard.svg", params={"dataset": "MATH"})
    assert answer.headers["content-type"] == "image/svg+xml"
    picture = ElementTree.fromstring(answer.text)
    assert picture.attrib["role"] == "img"
    labels = picture.attrib["aria-labelledby"].split()
    assert [picture.find(f"{SVG}{tag}").attrib["id"] for tag in ("title", "desc")] == labels  # type: ignore[union-attr]
    assert picture.findtext(f"{SVG}title") == "accuracy on MATH over time"
    assert "from 53.9 to 64.8; higher is better" in (picture.findtext(f"{SVG}desc") or "")
    tips = [circle.findtext(f"{SVG}title") for circle in picture.iter(f"{SVG}circle")]
    assert tips == ["Alder: 64.8", "GPT-4: 53.9"]
    assert "prefers-color-scheme: dark" in answer.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"dataset": "MTAH"}, 404),
        ({"dataset": "MATH", "metric": "nothing"}, 404),
        ({"dataset": "MATH", "variant": "test"}, 404),
        ({"dataset": "</svg><script>"}, 404),
    ],
)
def test_chart_refuses(client: httpx.Client, query: dict[str, str], status: int) -> None:
    answer = client.get("/charts/leaderboard.svg", params=query)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (status, "application/json")


def test_charts_want_a_key_where_reading_does(small: Store) -> None:
    key, token = new_key("reader", Role.READ)
    with serving(small, settings=ApiSettings(read="keys", keys=(key,))) as client:
        address = "/charts/leaderboard.svg?dataset=MATH"
        assert client.get(address).status_code == 401
        assert client.get(address, headers={"authorization": f"Bearer {token}"}).status_code == 200


POINTS = [(1.0, 2020.5), (3.0, 2021.0), (2.0, 2021.5), (5.0, 2022.0), (4.0, None)]


def test_names_in_a_chart_stand_apart() -> None:
    taken: list[Label] = []
    for at, name in [((454.0, 423.0), "DotaMath-deepseek-7B"), ((664.0, 419.0), "Orca-Math"), ((455.0, 424.0), "ensembling")]:
        if label := place_label(at, name, taken):
            taken.append(label)
    assert [label.words for label in taken] == ["DotaMath-deepseek-7B", "Orca-Math", "ensembling"]
    for label, other in combinations(taken, 2):
        assert abs(label.y - other.y) >= 13 or label.high < other.low or other.high < label.low
    crowd = [Label(low=0, high=720, y=float(y), words="x", anchor="start") for y in range(0, 320, 5)]
    assert place_label((500.0, 200.0), "Codex", crowd) is None


@pytest.mark.parametrize(("direction", "best"), [("higher", [1.0, 3.0, 5.0]), ("lower", [1.0]), ("unknown", [])])
def test_staircase_keeps_what_was_best(direction: str, best: list[float]) -> None:
    points = [Point(value=value, year=year, name=str(value)) for value, year in POINTS]
    assert [point.value for point in steps(points, direction)] == best


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 100.0), (53.9, 84.3), (0.21, 0.22), (-3.0, 2.0), (7.0, 7.0), (0.0, 0.0), (1e6, 3e6)]
)
def test_ticks_enclose(low: float, high: float) -> None:
    ticks = _ticks(low, high)
    assert 2 <= len(ticks) <= 9
    assert ticks == sorted(set(ticks))
    assert ticks[0] <= low <= high <= ticks[-1]
