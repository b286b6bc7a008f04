"""A request becomes Cypher whose text holds no value."""

from typing import Any

import pytest

from graph.neo4j.compile import condition, select
from graph.request import AllOf, AnyOf, Condition, Not, Op, Request, Sort, Where, resolve
from schema.kinds import NodeKind

EVIL = "x' OR 1=1 }) DETACH DELETE n // ` $p0"


@pytest.mark.parametrize(
    ("where", "text", "params"),
    [
        (Condition("year", Op.EQ, 2020), "n.`year` = $p0", {"p0": 2020}),
        (Condition("year", Op.EQ, None), "n.`year` IS NULL", {}),
        (Condition("year", Op.IN, (1, 2)), "n.`year` IN $p0", {"p0": [1, 2]}),
        (Condition("year", Op.IN, (1, None)), "(n.`year` IN $p0 OR n.`year` IS NULL)", {"p0": [1]}),
        (Condition("abstract", Op.CONTAINS, EVIL), "n.`abstract` CONTAINS $p0", {"p0": EVIL}),
        (Condition("id", Op.STARTS_WITH, "\uffff"), "n.`id` STARTS WITH $p0", {"p0": "\ud7ff\u2000"}),
        (Condition("value", Op.GTE, 1.5), "n.`value` >= $p0", {"p0": 1.5}),
        (Condition("venue", Op.LT, "\uffff"), "coalesce(n.`venue_order`, n.`venue`) < $p0", {"p0": "\ud7ff\u2000"}),
        (Condition("kind", Op.EQ, "Model"), "head([label IN labels(n) WHERE label <> 'Entity']) = $p0", {"p0": "Model"}),
        (Not(Condition("year", Op.LT, 9)), "NOT coalesce(n.`year` < $p0, false)", {"p0": 9}),
        (AllOf(()), "(true)", {}),
        (AnyOf(()), "(false)", {}),
        (
            AnyOf((Condition("year", Op.GT, 1), AllOf((Condition("doi", Op.ENDS_WITH, EVIL), Condition("year", Op.LT, 3))))),
            "(n.`year` > $p0 OR (n.`doi` ENDS WITH $p1 AND n.`year` < $p2))",
            {"p0": 1, "p1": EVIL, "p2": 3},
        ),
    ],
)
def test_conditions(where: Where, text: str, params: dict[str, Any]) -> None:
    given: dict[str, Any] = {}
    assert condition(where, given) == text
    assert given == params


@pytest.mark.parametrize(
    ("request_", "starts", "ends"),
    [
        (Request(kinds=(NodeKind.PAPER,)), "MATCH (n:Paper) WHERE (true) AND n.id IS NOT NULL RETURN", "ORDER BY n.`id`"),
        (
            Request(kinds=(NodeKind.METHOD, NodeKind.MODEL), sort=(Sort("name", True), Sort("size", True)), first=3),
            "MATCH (n:Entity&(Method|Model)) WHERE",
            "ORDER BY n.`key` DESC, coalesce(n.`size_order`, n.`size`) IS NULL, "
            "coalesce(n.`size_order`, n.`size`) DESC, n.`id` LIMIT $first",
        ),
    ],
)
def test_statements(request_: Request, starts: str, ends: str) -> None:
    text, _ = select(resolve(request_))
    assert text.startswith(starts)
    assert text.endswith(ends)


def test_a_field_that_is_no_field_is_refused() -> None:
    with pytest.raises(ValueError, match="no field"):
        resolve(Request(kinds=(NodeKind.PAPER,), where=Condition("id`}) DETACH DELETE n //", Op.EQ, 1)))
