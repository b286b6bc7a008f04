"""Lists: conditions, orders, and pages that meet every row once."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from graph.sqlite import open_sqlite
from tests.api.conftest import Ask, asking, serving
from tests.api.graphs import many_papers, small_graph

ELMS = 45


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    opened = open_sqlite(str(tmp_path_factory.mktemp("lists") / "graph.db"))
    opened.write([*small_graph(), *many_papers(ELMS)])
    with serving(opened) as served:
        yield served
    opened.close()


ALDER, BIRCH, CEDAR = "arxiv:2402.00001", "tests:b-1", "tests:c'1"
WHERE = [
    ("{}", {ALDER, BIRCH, CEDAR}),
    ('{ title: { contains: "REASONING" } }', {ALDER}),
    ('{ title: { startsWith: "birch" } }', {BIRCH}),
    ('{ title: { eq: "Birch: Alder Made Small" } }', {BIRCH}),
    ('{ abstract: { endsWith: "uses MATH." } }', {CEDAR}),
    ("{ year: { gte: 2025 } }", {BIRCH}),
    ("{ year: { gt: 2023, lt: 2025 } }", {ALDER}),
    ("{ year: { in: [2024, 2025] } }", {ALDER, BIRCH}),
    ("{ year: { in: [] } }", set()),
    ("{ year: { eq: null } }", {CEDAR}),
    ("{ year: { gte: null } }", {ALDER, BIRCH, CEDAR}),
    ("{ NOT: { year: { eq: 2024 } } }", {BIRCH, CEDAR}),
    ("{ OR: [{ year: { eq: 2024 } }, { year: { eq: null } }] }", {ALDER, CEDAR}),
    ("{ OR: [] }", {ALDER, BIRCH, CEDAR}),
    ('{ AND: [{ year: { gte: 2024 } }, { source: { eq: "tests" } }] }', {BIRCH}),
    ('{ year: { gte: 2024 }, source: { eq: "arxiv" } }', {ALDER}),
    ('{ title: { contains: "`ticks`" } }', {CEDAR}),
    ('{ id: { eq: "tests:c\'1" } }', {CEDAR}),
    ('{ id: { in: ["tests:b-1", "x"] } }', {BIRCH}),
    ('{ title: { contains: "%" } }', set()),
]


@pytest.mark.parametrize(("where", "ids"), WHERE)
def test_where(ask: Ask, where: str, ids: set[str]) -> None:
    page = ask(f"{{ papers(where: {where}) {{ nodes {{ id }} totalCount }} }}")["data"]["papers"]
    assert {node["id"] for node in page["nodes"]} == ids
    assert page["totalCount"] == len(ids)


OTHERS = [
    ("methods", "{ paperCount: { gte: 2 } }", {"system:alder"}),
    ("models", '{ name: { startsWith: "gpt" } }', {"system:gpt4"}),
    ("datasets", '{ name: { in: ["MATH"] } }', {"dataset:math"}),
    ("metrics", "{ direction: { eq: HIGHER } }", {"metric:accuracy"}),
    ("tasks", '{ name: { contains: "reason" } }', {"task:mathematicalreasoning"}),
]


@pytest.mark.parametrize(("field", "where", "ids"), OTHERS)
def test_where_on_entities(ask: Ask, field: str, where: str, ids: set[str]) -> None:
    page = ask(f"{{ {field}(where: {where}) {{ nodes {{ id }} }} }}")["data"][field]
    assert {node["id"] for node in page["nodes"]} == ids


RELATED = [
    ("papers", '{ introduces: { some: { name: { eq: "Alder" } } } }', {ALDER}),
    ("papers", '{ names: { some: { name: { eq: "Alder" } } } }', {ALDER, BIRCH}),
    ("papers", '{ names: { none: { name: { contains: "ALDER" } } } }', {CEDAR}),
    ("papers", "{ names: { all: { kind: { in: [METHOD, DATASET] } } } }", {BIRCH, CEDAR}),
    ("papers", "{ results: { some: {} } }", {ALDER}),
    ("papers", "{ results: { none: {} }, claims: { some: { polarity: { eq: BETTER } } } }", {BIRCH}),
    ("papers", "{ results: { some: null } }", {ALDER, BIRCH, CEDAR}),
    ("papers", "{ introduces: { some: { introducedBy: { some: { year: { eq: 2025 } } } } } }", {BIRCH}),
    ("methods", "{ results: { some: { value: { gt: 60 } } } }", {"system:alder"}),
    ("methods", "{ claims: { none: {} } }", {"system:cedar"}),
    ("methods", "{ papers: { all: { year: { gte: 2025 } } } }", {"system:birch"}),
    ("models", "{ introducedBy: { none: {} } }", {"system:gpt4"}),
    ("datasets", "{ claims: { some: { winner: { eq: null } } } }", set()),
    ("metrics", '{ results: { all: { unit: { eq: "%" } } } }', {"metric:accuracy"}),
    ("tasks", '{ papers: { some: { id: { eq: "tests:b-1" } } } }', set()),
]


@pytest.mark.parametrize(("field", "where", "ids"), RELATED)
def test_where_on_relations(ask: Ask, field: str, where: str, ids: set[str]) -> None:
    page = ask(f"{{ {field}(where: {where}) {{ nodes {{ id }} totalCount }} }}")["data"][field]
    assert {node["id"] for node in page["nodes"]} == ids
    assert page["totalCount"] == len(ids)


def test_where_as_deep_as_it_may_be(ask: Ask) -> None:
    where: dict[str, Any] = {"year": {"eq": 2025}}
    for _ in range(3):
        where = (
            {"introduces": {"some": {"introducedBy": {"some": where}}}} if "year" in where else {"NOT": {"NOT": {"NOT": where}}}
        )
    found = ask("query($w: PaperWhere) { papers(where: $w) { nodes { id } } }", w=where)
    assert found == {"data": {"papers": {"nodes": [{"id": BIRCH}]}}}


def test_where_below_an_entity(ask: Ask) -> None:
    found = ask(
        """{ entity(name: "Alder") { ... on System {
             results(where: { value: { gt: 90 } }) { totalCount nodes { raw } }
             claims(where: { winner: { eq: "system:birch" } }) { totalCount nodes { quote } } } }
           datasets { nodes { name results(where: { value: { lt: 60 } }) { totalCount nodes { raw } } } } }"""
    )
    assert found["data"] == {
        "entity": {
            "results": {"totalCount": 0, "nodes": []},
            "claims": {"totalCount": 1, "nodes": [{"quote": "Birch outperforms Alder"}]},
        },
        "datasets": {
            "nodes": [
                {"name": "GSM8K", "results": {"totalCount": 0, "nodes": []}},
                {"name": "MATH", "results": {"totalCount": 1, "nodes": [{"raw": "53.9%"}]}},
            ]
        },
    }


@pytest.mark.parametrize("by", ['arxivId: "2402.00001v3"', 'arxivId: "2402.00001"', 'id: "arxiv:2402.00001"'])
def test_paper_by_a_key(ask: Ask, by: str) -> None:
    assert ask(f"{{ paper(by: {{ {by} }}) {{ year }} }}") == {"data": {"paper": {"year": 2024}}}


def test_paper_by_no_key_or_two(ask: Ask) -> None:
    assert ask('{ paper(by: { doi: "10.1/x" }) { id } }') == {"data": {"paper": None}}
    for by in ("{}", '{ id: "a", doi: "b" }', "{ id: null }"):
        assert ask(f"{{ paper(by: {by}) {{ id }} }}")["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


def test_where_on_facts(ask: Ask) -> None:
    found = ask(
        """{ results(where: { value: { gt: 60 }, dataset: { eq: "dataset:math" } }) { nodes { raw } }
             claims(where: { dataset: { eq: null }, polarity: { eq: BETTER } }) { nodes { quote } } }"""
    )
    assert found["data"] == {
        "results": {"nodes": [{"raw": "64.8%"}]},
        "claims": {"nodes": [{"quote": "Our model sets a new state of the art"}]},
    }


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("[{ year: DESC }]", [BIRCH, ALDER, CEDAR]),
        ("[{ year: ASC }]", [ALDER, BIRCH, CEDAR]),
        ("[{ title: DESC }]", [CEDAR, BIRCH, ALDER]),
        ("[{ source: DESC }, { year: ASC }]", [BIRCH, CEDAR, ALDER]),
        ("[{ id: DESC }]", [CEDAR, BIRCH, ALDER]),
    ],
)
def test_sort_puts_what_is_missing_last(ask: Ask, sort: str, ids: list[str]) -> None:
    page = ask(f"{{ papers(sort: {sort}) {{ nodes {{ id }} }} }}")["data"]["papers"]
    assert [node["id"] for node in page["nodes"]] == ids


def pages(client: httpx.Client, field: str, path: list[str], first: int) -> Iterator[dict[str, Any]]:
    """Yield every page of a list; `field` has a place for its arguments, `path` leads to it in the answer."""
    after = None
    while True:
        page: Any = asking(client)(field.replace("$ARGS", "first: $first, after: $after"), first=first, after=after)
        assert "errors" not in page
        page = page["data"]
        for name in path:
            page = page[name]
        yield page
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


_PAGE = "{ nodes { %s } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount }"
LISTS = {
    "papers by year": ("papers(sort: [{ year: DESC }], $ARGS) " + _PAGE % "id", ["papers"], ELMS + 3),
    "papers by year and title": ("papers(sort: [{ year: ASC }, { title: DESC }], $ARGS) " + _PAGE % "id", ["papers"], ELMS + 3),
    "methods by papers": ("methods(sort: [{ paperCount: DESC }], $ARGS) " + _PAGE % "id", ["methods"], ELMS + 3),
    "results by value": ("results(sort: [{ value: DESC }], $ARGS) " + _PAGE % "id", ["results"], ELMS + 2),
    "claims": ("claims($ARGS) " + _PAGE % "id", ["claims"], ELMS + 4),
    "beats": ('beats(loser: "Alder", $ARGS) ' + _PAGE % "winner { id }", ["beats"], ELMS + 1),
    "rows": (
        'leaderboard(dataset: "MATH") { groups { rows($ARGS) ' + _PAGE % "result { id }" + " } }",
        ["leaderboard", "groups", 0, "rows"],
        ELMS + 2,
    ),
    "results on a dataset": (
        'entity(name: "MATH") { ... on Dataset { results($ARGS) ' + _PAGE % "id" + " } }",
        ["entity", "results"],
        ELMS + 2,
    ),
    "claims of a system": (
        'entity(name: "Alder") { ... on System { claims($ARGS) ' + _PAGE % "id" + " } }",
        ["entity", "claims"],
        ELMS + 2,
    ),
    "papers of an entity": ('entity(name: "Alder") { papers($ARGS) ' + _PAGE % "id" + " }", ["entity", "papers"], ELMS + 2),
    "who uses a system": (
        'entity(name: "Alder") { ... on System { usedBy($ARGS) ' + _PAGE % "id" + " } }",
        ["entity", "usedBy"],
        ELMS + 1,
    ),
    "who beats a system": (
        'entity(name: "Alder") { ... on System { beatenBy($ARGS) ' + _PAGE % "winner { id }" + " } }",
        ["entity", "beatenBy"],
        ELMS + 1,
    ),
    "two systems' claims at once": (
        'nodes(ids: ["system:alder", "system:birch"]) { ... on System { claims($ARGS) ' + _PAGE % "id" + " } }",
        ["nodes", 0, "claims"],
        ELMS + 2,
    ),
}


@pytest.mark.parametrize("first", [7, 100])
@pytest.mark.parametrize(("field", "path", "length"), LISTS.values(), ids=LISTS.keys())
def test_pages_meet_every_row_once(big: httpx.Client, field: str, path: list[Any], length: int, first: int) -> None:
    query = "query($first: Int, $after: String) { " + field + " }"
    seen = list(pages(big, query, path, first))
    rows = [str(node) for page in seen for node in page["nodes"]]
    assert len(rows) == len(set(rows)) == length
    assert {page["totalCount"] for page in seen} == {length}
    assert [page["pageInfo"]["hasPreviousPage"] for page in seen] == [False] + [True] * (len(seen) - 1)
    for page in seen:
        cursors = [edge["cursor"] for edge in page["edges"]]
        assert (page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"]) == (cursors[0], cursors[-1])


def test_search_goes_on_behind_its_cursor(big: httpx.Client) -> None:
    query = """query($first: Int, $after: String) { search(text: "alder", $ARGS) {
               nodes { id } pageInfo { hasNextPage endCursor } } }"""
    rows = [node["id"] for page in pages(big, query, ["search"], 10) for node in page["nodes"]]
    assert len(rows) == len(set(rows)) == ELMS + 3


CURSORS = [
    "",
    "zzz",
    "WzFd",
    "null",
    "é",
    "WyJ4IiwibnVsbCJd",
    "eyJhIjoxfQ",
]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("field", ["papers(after: $c)", 'search(text: "a", after: $c)', "beats(after: $c)"])
def test_cursor_of_nothing_is_refused(ask: Ask, field: str, cursor: str) -> None:
    answer = ask(f"query($c: String) {{ {field} {{ pageInfo {{ endCursor }} }} }}", c=cursor)
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_cursor_of_another_order_is_refused(ask: Ask) -> None:
    query = "query($c: String) { papers(sort: [{ year: %s }], first: 1, after: $c) { pageInfo { endCursor } } }"
    cursor = ask(query % "ASC")["data"]["papers"]["pageInfo"]["endCursor"]
    assert "errors" not in ask(query % "ASC", c=cursor)
    assert ask(query % "DESC", c=cursor)["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT", "argument": "after"}


def test_nothing_is_counted_unless_asked(counted: Any) -> None:
    with serving(counted) as client:
        asking(client)("{ papers { nodes { id } } }")
        assert counted.calls == ["find"]
        asking(client)("{ papers { totalCount } }")
        assert counted.calls == ["find", "find", "count"]
