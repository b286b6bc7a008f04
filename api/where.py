"""What a `where` argument means to a store."""

from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from typing import Any

from strawberry import UNSET

from api.errors import Refused
from api.filters import (
    ClaimRelation,
    DatasetWhere,
    EntityRelation,
    EntityWhere,
    MethodWhere,
    MetricWhere,
    ModelWhere,
    PaperRelation,
    PaperWhere,
    ResultRelation,
    TaskWhere,
)
from graph.request import AllOf, Along, AnyOf, Condition, Naming, Not, Op, Some, Where
from schema.kinds import ENTITY_KINDS, ROLE_RELATION, NodeKind, RelationKind

_MAX_VALUES, _MAX_DEPTH, _MAX_RELATIONS = 200, 12, 3

_NAMING = tuple(ROLE_RELATION.values())
_INTRODUCING = (RelationKind.INTRODUCES,)
_RELATIONS = (ClaimRelation, EntityRelation, PaperRelation, ResultRelation)


def _to_papers(*types: RelationKind) -> Along:
    return Along(kinds=(NodeKind.PAPER,), types=types, back=True)


def _to_facts(kind: NodeKind, *fields: str) -> Naming:
    return Naming(kinds=(kind,), fields=fields)


_FACTS = {
    PaperWhere: (("paper",), ("paper",)),
    MethodWhere: (("subject",), ("winner", "loser")),
    ModelWhere: (("subject",), ("winner", "loser")),
    DatasetWhere: (("dataset",), ("dataset",)),
    MetricWhere: (("metric",), ("metric",)),
}
_ENTITIES = (MethodWhere, ModelWhere, DatasetWhere, MetricWhere, TaskWhere, EntityWhere)

# Where a relation of an input leads.
_WAYS: dict[tuple[type, str], Naming | Along] = {
    (PaperWhere, "introduces"): Along(kinds=ENTITY_KINDS, types=_INTRODUCING),
    (PaperWhere, "names"): Along(kinds=ENTITY_KINDS, types=_NAMING),
    **{(kind, "papers"): _to_papers(*_NAMING) for kind in _ENTITIES},
    **{(kind, "introduced_by"): _to_papers(*_INTRODUCING) for kind in _ENTITIES},
    **{(kind, "results"): _to_facts(NodeKind.RESULT, *fields) for kind, (fields, _) in _FACTS.items()},
    **{(kind, "claims"): _to_facts(NodeKind.CLAIM, *fields) for kind, (_, fields) in _FACTS.items()},
}

# Where the API's name for a field is not the node's.
_FIELD = {"paper_count": "papers"}


def conditions(given: object | None) -> Where:
    """Return what a `where` argument means; a part that is null or empty is no condition.

    Raises Refused for one with more conditions, or longer lists, than a store should be asked to hold its nodes against.
    """
    where = _where(given)
    for what, depth, most in (
        ("levels", _depth(where), _MAX_DEPTH),
        ("relations in relations", _relations(where), _MAX_RELATIONS),
    ):
        if depth > most:
            raise Refused(f"`where` has more than {most} {what}.", argument="where")
    if _size(where) > _MAX_VALUES:
        raise Refused(f"`where` has more than {_MAX_VALUES} values.", argument="where")
    return where


def _parts(where: Where) -> tuple[Where, ...]:
    match where:
        case Condition():
            return ()
        case Not() | Some():
            return (where.part,)
        case AllOf() | AnyOf():
            return where.parts


def _depth(where: Where) -> int:
    return (isinstance(where, Not | AnyOf | Some)) + max(map(_depth, _parts(where)), default=0)


def _relations(where: Where) -> int:
    return isinstance(where, Some) + max(map(_relations, _parts(where)), default=0)


def _size(where: Where) -> int:
    if isinstance(where, Condition):
        return len(where.value) if isinstance(where.value, tuple) else 1
    return sum(map(_size, _parts(where)))


def _where(given: object | None) -> Where:
    parts: list[Where] = []
    for name, value in _set(given):
        match name:
            case "and_":
                parts.extend(map(_where, value))
            case "or_":
                parts.extend([AnyOf(tuple(map(_where, value)))] if value else [])
            case "not_":
                parts.append(Not(_where(value)))
            case _ if isinstance(value, _RELATIONS):
                parts.extend(_related(_WAYS[type(given), name], value))
            case _:
                parts.extend(_conditions(_FIELD.get(name, name), value))
    return AllOf(tuple(parts))


def _related(way: Naming | Along, given: object) -> Sequence[Where]:
    parts: list[Where] = []
    for name, value in _set(given):
        part = _where(value)
        match name:
            case "some":
                parts.append(Some(way, part))
            case "none":
                parts.append(Not(Some(way, part)))
            case "all":
                parts.append(Not(Some(way, Not(part))))
    return parts


def _conditions(field: str, given: object) -> Sequence[Where]:
    missing = [Condition(field, Op.EQ, None)] if getattr(given, "eq", UNSET) is None else []
    return [*missing, *(Condition(field, Op(name.rstrip("_")), _plain(value)) for name, value in _set(given))]


def _set(given: object | None) -> list[tuple[str, Any]]:
    if given is None:
        return []
    pairs = ((field.name, getattr(given, field.name)) for field in fields(given))  # type: ignore[arg-type]  # an input
    return [(name, value) for name, value in pairs if value is not UNSET and value is not None]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_plain, value))
    return value.value if isinstance(value, Enum) else value
