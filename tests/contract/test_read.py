"""What reading means, on every store."""

from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.assemble import assemble
from graph.request import AllOf, AnyOf, Condition, Not, Op, Request, Sort
from graph.rows import from_row
from graph.sqlite import SqliteStore
from graph.store import Direction, Store
from schema.kinds import NodeKind, RelationKind
from schema.nodes import Node
from tests.contract import reference
from tests.factories import record

MODELS = (NodeKind.MODEL,)
PAPERS = [
    record(given_id="a", year=2020),
    record(
        "Émile's *Zebra* (v2)", "Other beats DeepThing on MATH by accuracy.", given_id="b", winner="Other", loser="DeepThing"
    ),
    record(
        "}) DETACH DELETE n //",
        "A \"quoted\" 'name' `x` beats GPT-4; MATH accuracy.",
        given_id="c",
        winner="'name' `x`",
        year=2024,
    ),
    record("zebra crossing", "DeepThing and GPT-4, MATH, accuracy", given_id="d", scores=(0.5, 101.0), year=2024),
]


@pytest.fixture
def full(store: Store) -> Store:
    store.write([assemble(item) for item in PAPERS])
    return store


def nodes(store: Store) -> list[Node]:
    return [from_row(NodeKind(line["node"]), line) for line in store.dump() if "node" in line]


def ids(found: Any) -> list[str]:
    return [node.id for node in found]


def test_get_gives_what_is_there(full: Store) -> None:
    found = full.get(["system:gpt4", "nowhere", "local:a"])
    assert list(found) == ["system:gpt4", "local:a"]
    assert found["local:a"].name == "DeepThing"
    assert full.get([]) == {}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (AllOf(()), ["a", "c", "d", "b"]),
        (AnyOf(()), []),
        (Condition("year", Op.EQ, 2024), ["c", "d"]),
        (Condition("year", Op.EQ, None), ["b"]),
        (Not(Condition("year", Op.EQ, 2024)), ["a", "b"]),
        (Condition("year", Op.GT, 2020), ["c", "d"]),
        (Condition("year", Op.GTE, 2020), ["a", "c", "d"]),
        (Condition("year", Op.LT, 2024), ["a"]),
        (Not(Condition("year", Op.LT, 2024)), ["c", "d", "b"]),
        (Condition("year", Op.IN, (2020, None)), ["a", "b"]),
        (Condition("year", Op.IN, ()), []),
        (Condition("title", Op.CONTAINS, "ZEBRA"), ["d", "b"]),
        (Condition("title", Op.STARTS_WITH, "émile"), ["b"]),
        (Condition("title", Op.ENDS_WITH, "n //"), ["c"]),
        (Condition("title", Op.EQ, "zebra crossing"), ["d"]),
        (Condition("title", Op.EQ, "Zebra Crossing"), []),
        (Condition("abstract", Op.CONTAINS, "\"quoted\" 'name' `x`"), ["c"]),
        (AllOf((Condition("year", Op.EQ, 2024), Condition("title", Op.CONTAINS, "zebra"))), ["d"]),
    ],
)
def test_conditions(full: Store, where: Any, expected: list[str]) -> None:
    request = Request(kinds=(NodeKind.PAPER,), where=where, sort=(Sort("year"), Sort("given_id")))
    assert [node.given_id for node in full.find(request)] == expected  # type: ignore[union-attr]
    assert full.count(request) == len(expected)


def test_nulls_are_last_both_ways(full: Store) -> None:
    for descending, expected in ((False, "acdb"), (True, "cdab")):
        request = Request(kinds=(NodeKind.PAPER,), sort=(Sort("year", descending), Sort("given_id")))
        assert "".join(node.given_id or "" for node in full.find(request)) == expected  # type: ignore[union-attr]


def test_an_unknown_field_is_told(full: Store) -> None:
    with pytest.raises(ValueError, match="Paper has no field 'colour'; it has abstract, "):
        full.find(Request(kinds=(NodeKind.PAPER,), where=Condition("colour", Op.EQ, "red")))


FIELDS = {"name": ["Other", "gpt", ""], "papers": [0, 1, 3], "id": ["system:gpt4", "t"], "size": [None, "7B"], "key": ["other"]}
CONDITIONS = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda field: st.builds(
        Condition, st.just(field), st.sampled_from([Op.EQ, Op.GT, Op.LTE]), st.sampled_from(FIELDS[field])
    ).filter(lambda condition: condition.value is not None or condition.op is Op.EQ)
)
WHERES = st.recursive(
    CONDITIONS,
    lambda part: (
        st.builds(Not, part)
        | st.builds(AllOf, st.lists(part, max_size=2).map(tuple))
        | st.builds(AnyOf, st.lists(part, max_size=2).map(tuple))
    ),
    max_leaves=5,
)
SORTS = st.lists(
    st.builds(Sort, st.sampled_from(["name", "papers", "size", "id"]), st.booleans()), max_size=2, unique_by=lambda s: s.field
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WHERES, SORTS, st.integers(1, 3))
def test_pages_join_to_what_the_request_means(full: Store, where: Any, sort: list[Sort], size: int) -> None:
    kinds = (NodeKind.MODEL, NodeKind.DATASET, NodeKind.METRIC)
    whole = Request(kinds=kinds, where=where, sort=tuple(sort))
    expected = reference.find(nodes(full), whole)
    assert ids(full.find(whole)) == expected
    assert full.count(whole) == len(expected)
    seen: list[str] = []
    after = None
    order = [*(item.field for item in sort if item.field != "id"), "id"]
    order = [("key" if name == "name" else name) for name in order]
    descending = [item for item in sort if item.field == "id"]
    while page := full.find(Request(kinds=kinds, where=where, sort=tuple(sort), first=size, after=after)):
        seen += ids(page)
        assert full.count(Request(kinds=kinds, where=where, sort=tuple(sort), after=after)) == len(expected), "of all pages"
        after = tuple(getattr(page[-1], name) for name in order)
        assert len(seen) <= len(expected), descending
    assert seen == expected


def test_names_and_aliases_find_their_entities(full: Store) -> None:
    found = full.named(["gpt4", "GPT 4", "'name' `x`", "nobody", "-"], [NodeKind.MODEL, NodeKind.METHOD])
    assert [ids(found[name]) for name in ("gpt4", "GPT 4", "'name' `x`", "nobody", "-")] == [
        ["system:gpt4"],
        ["system:gpt4"],
        ["system:namex"],
        [],
        [],
    ]
    assert ids(full.named(["math"], [NodeKind.MODEL])["math"]) == []


def test_edges_by_type_and_direction(full: Store) -> None:
    found = full.edges(["system:gpt4", "nowhere"], types=[RelationKind.BEATS], direction=Direction.IN)
    assert list(found) == ["system:gpt4"]
    assert [edge.head for edge in found["system:gpt4"]] == ["system:deepthing", "system:deepthing", "system:namex"]
    assert full.edges(["system:gpt4"], types=[RelationKind.OF], direction=Direction.OUT) == {}
    everything = full.edges(["system:gpt4"])["system:gpt4"]
    assert everything == tuple(sorted(everything, key=lambda edge: edge.key))
    assert full.edges(["system:gpt4"], first=3)["system:gpt4"] == everything[:3]
    assert full.edges([]) == {}


def test_beats_by_their_ends(full: Store) -> None:
    edges = full.beats(dataset="dataset:math")
    assert edges == full.beats()
    assert full.beats(winner="system:other") == tuple(edge for edge in edges if edge.head == "system:other")
    assert full.beats(loser="system:gpt4", dataset="dataset:nowhere") == ()
    assert full.beats(first=1) + full.beats(first=9, after=edges[0].key) == edges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("zebra", {"local:b", "local:d"}),
        ("zebra cross", {"local:d"}),
        ("emile", {"local:b"}),
        ("gpt-4", {"system:gpt4", "local:a", "local:c", "local:d"}),
        ("", set()),
        ("-- ' \" * ( ) [ ] { } ^ ~ : \\ /", set()),
        ("zebra AND NOT crossing", set()),
        ('zebra" OR "x', set()),
        ("zeb* OR", set()),
        ("title:zebra", set()),
        ("*", set()),
    ],
)
def test_search_takes_words_and_no_operators(full: Store, text: str, expected: set[str]) -> None:
    assert {hit.node.id for hit in full.search(text)} == expected


def test_search_pages_and_kinds(full: Store) -> None:
    hits = full.search("deepthing")
    assert hits[0].node.id == "system:deepthing"
    assert full.search("deepthing", first=1) + full.search("deepthing", offset=1) == hits
    assert {hit.node.kind for hit in full.search("deepthing", kinds=[NodeKind.PAPER])} == {NodeKind.PAPER}


def test_stats_count(full: Store) -> None:
    stats = full.stats()
    assert (stats.papers, stats.models, stats.datasets, stats.metrics, stats.results, stats.claims) == (4, 4, 1, 1, 8, 4)
    assert stats.beats == len(full.beats())


def test_closing_twice_is_fine(store: Store) -> None:
    store.close()
    store.close()


HOSTILE = ["'", '"', "`", "\\", "//", "}) DETACH DELETE n //", "'; DROP TABLE papers; --", "$x", "{y}", "%s", "?1", "*:*"]


def test_no_value_reaches_the_text_of_a_statement(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []

    def recorded(run: Any) -> Any:
        def recording(self: Any, statement: str, *args: Any, **options: Any) -> Any:
            texts.append(statement)
            return run(self, statement, *args, **options)

        return recording

    monkeypatch.setattr(SqliteStore, "_run", recorded(SqliteStore._run))
    monkeypatch.setattr(neo4j.ManagedTransaction, "run", recorded(neo4j.ManagedTransaction.run))

    def statements(value: str) -> list[str]:
        texts.clear()
        full.get([value])
        for op in (Op.EQ, Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH, Op.GT):
            full.find(Request(kinds=MODELS, where=Condition("name", op, value)))
        full.find(Request(kinds=MODELS, where=Condition("name", Op.IN, (value, value))))
        full.named([value])
        full.edges([value])
        full.beats(winner=value, loser=value, dataset=value, after=("BEATS", value, value, "", value, value))
        full.search(f"word {value}")
        full.delete([value])
        return list(texts)

    plain = statements("plain")
    assert len(plain) > 10
    for value in HOSTILE:
        assert statements(value) == plain
    assert full.stats().papers == 4
