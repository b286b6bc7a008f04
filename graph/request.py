"""What a question wants of one kind of node, as data that either store compiles: conditions, order, page."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from schema.identity import fold
from schema.kinds import NodeKind, RelationKind
from schema.nodes import ClaimNode, EntityNode, PaperNode, ResultNode

Scalar = str | int | float | None


class Op(StrEnum):
    """How a field is held against a value."""

    EQ = "eq"
    IN = "in"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"


@dataclass(frozen=True, slots=True)
class Condition:
    """One field against one value; EQ None asks for a missing value, IN takes a tuple."""

    field: str
    op: Op
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; with no part, true."""

    parts: tuple["Where", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; with no part, false."""

    parts: tuple["Where", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part doesn't hold; a condition on a missing value counts as not holding."""

    part: "Where"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """The way from a node to those of some kinds that have its id in one of these fields, as results name their dataset."""

    kinds: tuple[NodeKind, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """The way from a node along its relationships of these types to nodes of some kinds; `back` goes against their arrows."""

    kinds: tuple[NodeKind, ...]
    types: tuple[RelationKind, ...]
    back: bool = False


@dataclass(frozen=True, slots=True)
class Some:
    """The part holds for at least one of the nodes that the way leads to."""

    way: Naming | Along
    part: "Where"


Where = Condition | AllOf | AnyOf | Not | Some


@dataclass(frozen=True, slots=True)
class Sort:
    """Order by a field; nulls come last both ways."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A page of nodes of some kinds: those that hold to `where`, in order of `sort` and then id, from behind `after`.

    `after` is the sort values and the id of the last node seen; `first` None means all.
    """

    kinds: tuple[NodeKind, ...]
    where: Where = AllOf(())
    sort: tuple[Sort, ...] = ()
    first: int | None = None
    after: tuple[Scalar, ...] | None = None


_TYPE = {NodeKind.PAPER: PaperNode, NodeKind.RESULT: ResultNode, NodeKind.CLAIM: ClaimNode}

# Text that people type is compared in its folded form, so that case, width and dashes don't matter.
_FOLDED = {"name": (EntityNode, PaperNode), "title": (PaperNode,)}


def fields_of(kind: NodeKind) -> frozenset[str]:
    """Return the names of the fields that conditions and orders on this kind of node may name."""
    return frozenset(field.name for field in fields(_TYPE.get(kind, EntityNode)))


def resolve(request: Request) -> Request:
    """Return the request as a store compiles it: fields checked, text folded, order made total, `after` made a condition.

    Raises ValueError for a field that the kind doesn't have, or an `after` that doesn't fit the order.
    """
    sort = tuple(Sort(_ordered(request.kinds, item.field), item.descending) for item in request.sort)
    sort = (*(item for item in sort if item.field != "id"), *([s for s in sort if s.field == "id"] or [Sort("id")]))
    for item in sort:
        _check(request.kinds, item.field)
    where = _fold(request.kinds, request.where)
    if request.after is not None:
        where = AllOf((where, _behind(sort, request.after)))
    return Request(kinds=request.kinds, where=where, sort=sort, first=request.first)


def _behind(sort: Sequence[Sort], after: Sequence[Scalar]) -> Where:
    if len(sort) != len(after):
        raise ValueError(f"the cursor has {len(after)} values, the order has {len(sort)}: it belongs to another query")
    same: tuple[Where, ...] = ()
    ways: list[Where] = []
    for item, value in zip(sort, after, strict=True):
        if value is not None:
            further = Condition(item.field, Op.LT if item.descending else Op.GT, value)
            missing = Condition(item.field, Op.EQ, None)
            ways.append(AllOf((*same, further if item.field == "id" else AnyOf((further, missing)))))
        same = (*same, Condition(item.field, Op.EQ, value))
    return AnyOf(tuple(ways))


def _check(kinds: tuple[NodeKind, ...], *names: str) -> None:
    known = frozenset.intersection(*map(fields_of, kinds))
    for name in names:
        if name not in known:
            raise ValueError(f"{kinds[0].value} has no field {name!r}; it has {', '.join(sorted(known))}")


def _fold(kinds: tuple[NodeKind, ...], where: Where) -> Where:
    match where:
        case Some(way, part):
            _check(way.kinds, *(way.fields if isinstance(way, Naming) else ()))
            return Some(way, _fold(way.kinds, part))
        case Condition(field, Op.CONTAINS | Op.STARTS_WITH | Op.ENDS_WITH, value) if _has_key(kinds, field):
            return Condition("key", where.op, fold(str(value)))
        case Condition():
            _check(kinds, where.field)
            return where
        case Not():
            return Not(_fold(kinds, where.part))
        case AllOf():
            return AllOf(tuple(_fold(kinds, part) for part in where.parts))
        case AnyOf():
            return AnyOf(tuple(_fold(kinds, part) for part in where.parts))


def _ordered(kinds: tuple[NodeKind, ...], field: str) -> str:
    return "key" if _has_key(kinds, field) else field


def _has_key(kinds: tuple[NodeKind, ...], field: str) -> bool:
    return all(_TYPE.get(kind, EntityNode) in _FOLDED.get(field, ()) for kind in kinds)
