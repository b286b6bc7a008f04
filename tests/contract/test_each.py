"""Pages for many nodes at once, conditions on what is related, and time that is over: on every store."""

import time
from typing import Any

import pytest

from graph.assemble import assemble
from graph.request import Along, AnyOf, Condition, Naming, Not, Op, Request, Some, Sort
from graph.store import Direction, Store, TooSlow
from schema.kinds import NodeKind, RelationKind
from tests.contract.test_read import PAPERS
from tests.factories import record

RESULTS = Request(kinds=(NodeKind.RESULT,), sort=(Sort("paper"), Sort("start")))
CLAIMS = Request(kinds=(NodeKind.CLAIM,), sort=(Sort("paper"), Sort("start")))
SYSTEMS = ("system:deepthing", "system:gpt4", "system:other", "nowhere")


@pytest.fixture
def full(store: Store) -> Store:
    store.write([assemble(item) for item in PAPERS])
    return store


@pytest.mark.parametrize(("request_", "ends"), [(RESULTS, ("subject",)), (CLAIMS, ("winner", "loser")), (CLAIMS, ("dataset",))])
def test_each_gets_what_it_would_get_alone(full: Store, request_: Request, ends: tuple[str, ...]) -> None:
    keys = (*SYSTEMS, "dataset:math")
    found = full.find_each(request_, ends=ends, ids=keys)
    alone = {
        key: full.find(
            Request(kinds=request_.kinds, where=AnyOf(tuple(Condition(e, Op.EQ, key) for e in ends)), sort=request_.sort)
        )
        for key in keys
    }
    assert found == {key: nodes for key, nodes in alone.items() if nodes}
    assert full.count_each(request_, ends=ends, ids=keys) == {key: len(nodes) for key, nodes in found.items()}
    assert full.find_each(request_, ends=ends, ids=[]) == {}
    assert full.count_each(request_, ends=ends, ids=[]) == {}


def test_pages_of_each_join_to_the_whole(full: Store) -> None:
    whole = full.find_each(RESULTS, ends=("dataset",), ids=["dataset:math"])["dataset:math"]
    assert len(whole) == 8
    seen: list[Any] = []
    after = None
    while page := full.find_each(
        Request(kinds=RESULTS.kinds, sort=RESULTS.sort, first=3, after=after), ends=("dataset",), ids=["dataset:math", "x"]
    ).get("dataset:math"):
        seen += page
        after = (page[-1].paper, page[-1].start, page[-1].id)  # type: ignore[union-attr]
        counted = Request(kinds=RESULTS.kinds, sort=RESULTS.sort, after=after)
        assert full.count_each(counted, ends=("dataset",), ids=["dataset:math"]) == {"dataset:math": 8}, "of all pages"
    assert tuple(seen) == whole


def test_conditions_hold_for_each(full: Store) -> None:
    high = Request(kinds=(NodeKind.RESULT,), where=Condition("value", Op.GT, 40))
    found = full.find_each(high, ends=("subject",), ids=SYSTEMS)
    assert {node.value > 40 for nodes in found.values() for node in nodes} == {True}  # type: ignore[union-attr]
    assert full.count_each(high, ends=("subject",), ids=SYSTEMS) == {key: len(nodes) for key, nodes in found.items()}


def test_far_ends_and_pages_of_edges(full: Store) -> None:
    ids = ["system:gpt4", "system:deepthing", "dataset:math", "nowhere"]
    for direction in Direction:
        whole = full.edges(ids, direction=direction)
        kinds = {
            node.id: node.kind
            for node in full.get([end for all_ in whole.values() for e in all_ for end in (e.head, e.tail)]).values()
        }
        for far in ([NodeKind.PAPER], [NodeKind.MODEL, NodeKind.RESULT], [NodeKind.TASK]):
            expected = {
                key: tuple(e for e in edges if kinds[e.tail if e.head == key else e.head] in far)
                for key, edges in whole.items()
            }
            expected = {key: edges for key, edges in expected.items() if edges}
            assert full.edges(ids, direction=direction, far=far) == expected
            assert full.count_edges(ids, direction=direction, far=far) == {key: len(edges) for key, edges in expected.items()}
        assert full.count_edges(ids, direction=direction) == {key: len(edges) for key, edges in whole.items()}
    whole_in = full.edges(["dataset:math"], direction=Direction.IN)["dataset:math"]
    seen: list[Any] = []
    while page := full.edges(["dataset:math"], direction=Direction.IN, first=4, after=seen[-1].key if seen else None).get(
        "dataset:math"
    ):
        seen += page
    assert tuple(seen) == whole_in
    assert len(whole_in) > 8
    assert full.edges(["dataset:math"], types=[RelationKind.BEATS]) == {}
    assert full.count_edges([], far=[NodeKind.PAPER]) == {}


OF = Naming(kinds=(NodeKind.RESULT,), fields=("subject",))
SIDES = Naming(kinds=(NodeKind.CLAIM,), fields=("winner", "loser"))
INTRODUCED = Along(kinds=(NodeKind.PAPER,), types=(RelationKind.INTRODUCES,), back=True)
NAMES = Along(kinds=(NodeKind.MODEL, NodeKind.METHOD), types=(RelationKind.INTRODUCES, RelationKind.USES))
RELATED = [
    ((NodeKind.MODEL,), Some(OF, Condition("value", Op.GT, 100)), {"system:gpt4"}),
    ((NodeKind.MODEL,), Not(Some(OF, Condition("value", Op.LT, 40))), {"system:other", "system:namex"}),
    ((NodeKind.MODEL,), Some(SIDES, Condition("winner", Op.EQ, "system:other")), {"system:other", "system:deepthing"}),
    ((NodeKind.MODEL,), Some(INTRODUCED, Condition("year", Op.EQ, 2020)), {"system:deepthing"}),
    ((NodeKind.MODEL,), Some(INTRODUCED, Some(NAMES, Condition("name", Op.EQ, "'name' `x`"))), {"system:namex"}),
    ((NodeKind.PAPER,), Some(NAMES, Condition("name", Op.CONTAINS, "OTHER")), {"local:b"}),
    ((NodeKind.PAPER,), Not(Some(NAMES, Condition("name", Op.EQ, "GPT-4"))), {"local:b"}),
    ((NodeKind.DATASET,), Some(Naming(kinds=(NodeKind.CLAIM,), fields=("dataset",)), AnyOf(())), set()),
]


@pytest.mark.parametrize(("kinds", "where", "expected"), RELATED, ids=range(len(RELATED)))
def test_conditions_on_what_is_related(full: Store, kinds: Any, where: Any, expected: set[str]) -> None:
    request = Request(kinds=kinds, where=where)
    assert {node.id for node in full.find(request)} == expected
    assert full.count(request) == len(expected)


def test_a_field_that_the_related_kind_lacks_is_told(full: Store) -> None:
    for where in (
        Some(OF, Condition("title", Op.EQ, "x")),
        Some(Naming(kinds=(NodeKind.RESULT,), fields=("winner",)), AnyOf(())),
    ):
        with pytest.raises(ValueError, match="Result has no field"):
            full.find(Request(kinds=(NodeKind.MODEL,), where=where))


def _long_way(depth: int) -> Any:
    """Return a condition that no paper holds to, but that all paths of this length over one dataset have to be tried for."""
    if not depth:
        return Condition("abstract", Op.CONTAINS, "nowhere to be found")
    used = (RelationKind.USES,)
    papers = Some(Along(kinds=(NodeKind.PAPER,), types=used, back=True), _long_way(depth - 1))
    return Some(Along(kinds=(NodeKind.DATASET,), types=used), papers)


@pytest.fixture
def crowded(store: Store) -> Store:
    store.write([assemble(record(given_id=str(place), winner="DeepThing")) for place in range(60)])
    return store


def test_what_takes_too_long_is_ended(crowded: Store) -> None:
    endless = Request(kinds=(NodeKind.PAPER,), where=_long_way(4))
    start = time.monotonic()
    with pytest.raises(TooSlow), crowded.limited(0.5):
        crowded.count(endless)
    assert time.monotonic() - start < 10
    with crowded.limited(60):
        assert crowded.stats().papers == 60
        with pytest.raises(TooSlow), crowded.limited(0.2):
            crowded.count(endless)
        assert crowded.count(Request(kinds=(NodeKind.PAPER,))) == 60, "the outer time goes on"
    crowded.write([assemble(record(given_id="more"))])
    assert crowded.stats().papers == 61
