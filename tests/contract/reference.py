"""What a request means, said once more in plain Python, to hold the stores against."""

from collections.abc import Iterable
from functools import cmp_to_key
from typing import Any

from graph.request import AllOf, AnyOf, Condition, Not, Op, Request, Where, resolve
from schema.nodes import Node


def find(nodes: Iterable[Node], request: Request) -> list[str]:
    """Return the ids of the nodes that a request means, in order."""
    asked = resolve(request)
    kept = [node for node in nodes if node.kind in asked.kinds and holds(node, asked.where)]

    def compare(a: Node, b: Node) -> int:
        for sort in asked.sort:
            x, y = getattr(a, sort.field), getattr(b, sort.field)
            if x != y:
                if x is None or y is None:
                    return 1 if x is None else -1
                return (1 if x > y else -1) * (-1 if sort.descending else 1)
        return 0

    return [node.id for node in sorted(kept, key=cmp_to_key(compare))][: asked.first]


def holds(node: Node, where: Where) -> bool:
    """Return whether a node holds to a condition."""
    match where:
        case Condition(field, op, value):
            return _compare(getattr(node, field), op, value)
        case Not(part):
            return not holds(node, part)
        case AllOf(parts):
            return all(holds(node, part) for part in parts)
        case AnyOf(parts):
            return any(holds(node, part) for part in parts)


def _compare(found: Any, op: Op, value: Any) -> bool:
    if op is Op.EQ:
        return bool(found == value)
    if op is Op.IN:
        return found in value
    if found is None:
        return False
    tests = {
        Op.CONTAINS: lambda: value in found,
        Op.STARTS_WITH: lambda: found.startswith(value),
        Op.ENDS_WITH: lambda: found.endswith(value),
        Op.GT: lambda: found > value,
        Op.GTE: lambda: found >= value,
        Op.LT: lambda: found < value,
        Op.LTE: lambda: found <= value,
    }
    return bool(tests[op]())
