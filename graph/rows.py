"""Nodes and relationships as flat rows of plain values and back; shared by the stores and by every export."""

from collections.abc import Callable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from graph.request import fields_of
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Node, PaperNode, Relationship, ResultNode

_TYPE: dict[NodeKind, type[PaperNode] | type[ResultNode] | type[ClaimNode]] = {
    NodeKind.PAPER: PaperNode,
    NodeKind.RESULT: ResultNode,
    NodeKind.CLAIM: ClaimNode,
}
LISTS = frozenset({"authors", "aliases"})


# A result's benchmark follows from its other fields.
_GIVEN = tuple(sorted(fields_of(NodeKind.RESULT) - {"kind", "benchmark"}))


@cache
def columns(kind: NodeKind) -> tuple[str, ...]:
    """Return the names of a node's fields but `kind`, in a fixed order."""
    return tuple(sorted(fields_of(kind) - {"kind"}))


def values_of(node: Node) -> tuple[Any, ...]:
    """Return the values of a node's `columns`."""
    return _getter(node.kind)(node)


def to_row(node: Node) -> dict[str, Any]:
    """Return a node's fields but `kind`; tuples become lists."""
    return dict(zip(columns(node.kind), map(_plain, values_of(node)), strict=True))


def from_row(kind: NodeKind, row: Mapping[str, Any]) -> Node:
    """Return the node that `to_row` flattened; a missing value is None."""
    given = columns(kind) if kind is not NodeKind.RESULT else _GIVEN
    values: dict[str, Any] = {name: tuple(row.get(name) or ()) if name in LISTS else row.get(name) for name in given}
    return _type(kind)(kind=kind, **values)


def node_line(node: Node) -> dict[str, Any]:
    """Return a node as a line of a dump."""
    return {"node": node.kind.value, **to_row(node)}


def relationship_line(relationship: Relationship) -> dict[str, Any]:
    """Return a relationship as a line of a dump."""
    return {
        "relationship": relationship.type.value,
        "head": relationship.head,
        "tail": relationship.tail,
        "paper": relationship.paper,
        "dataset": relationship.dataset,
        "metric": relationship.metric,
        **plain_props(relationship),
    }


def plain_props(relationship: Relationship) -> dict[str, Any]:
    """Return a relationship's properties by name; tuples become lists, what is None is left out."""
    props = relationship.props
    return {name: _plain(value) for name in sorted(props) if (value := props[name]) is not None} if props else {}


def read_props(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that `plain_props` gave."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _type(kind: NodeKind) -> type[PaperNode] | type[EntityNode] | type[ResultNode] | type[ClaimNode]:
    return _TYPE.get(kind, EntityNode)


@cache
def _getter(kind: NodeKind) -> Callable[[Node], tuple[Any, ...]]:
    return attrgetter(*columns(kind))


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
