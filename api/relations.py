"""How a row leads to others: the loads behind the fields of the types, each done for a whole cohort at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from api.context import Cohort, Context, Item
from api.paging import Page, Place, decode, encode, size
from graph.request import AnyOf, Condition, Op, Request, Sort, Where
from graph.store import Direction
from schema.kinds import NodeKind, RelationKind
from schema.nodes import Relationship

Keep = Callable[[Relationship], bool]


def one(item: Item, field: str) -> Item | None:
    """Return the node whose id the row carries in this field."""

    def load(cohort: Cohort) -> Mapping[str, Item]:
        keys = {getattr(each.node, field, None) for each in cohort.items}
        return nodes(cohort.context, (key for key in keys if key))

    return item.cohort.once(("one", field), load).get(getattr(item.node, field) or "")


def nodes(context: Context, ids: Iterable[str]) -> Mapping[str, Item]:
    """Return the nodes with these ids, as one cohort."""
    wanted = sorted(set(ids))
    found = context.store.get(wanted) if wanted else {}
    return Cohort(context, (found[key] for key in wanted if key in found)).by_id


def facts_of_paper(item: Item, kind: NodeKind) -> Sequence[Item]:
    """Return the results or claims of a paper in the order of its text."""
    return item.cohort.once(("facts", kind), lambda cohort: _facts(cohort, kind, ("paper",))).get(item.node.id, ())


def facts(item: Item, kind: NodeKind, ends: Sequence[str], first: int | None, after: str | None) -> Page:
    """Return a page of the results or claims that name an entity in one of these fields, in order of paper and place."""
    length, order = size(first), f"{kind}:{','.join(ends)}"
    seen = decode(after, order, (str, int, str)) if after is not None else None

    def load(cohort: Cohort) -> Mapping[str, Sequence[Item]]:
        if len(cohort.items) == 1:
            return _facts(cohort, kind, ends, first=length + 1, after=seen)
        return item.cohort.once(("facts", kind, *ends), lambda cohort: _facts(cohort, kind, ends))

    def count() -> int:
        if len(item.cohort.items) == 1:
            return item.cohort.context.store.count(Request(kinds=(kind,), where=_any_of(ends, (item.node.id,))))
        return len(load(item.cohort).get(item.node.id, ()))

    rows = item.cohort.once(("facts", kind, *ends, length, seen), load).get(item.node.id, ())
    rows = [row for row in rows if seen is None or _place(row) > seen]
    return Page(
        edges=[Place(cursor=encode(order, _place(row)), node=row) for row in rows[:length]],
        has_next_page=len(rows) > length,
        has_previous_page=seen is not None,
        count=count,
    )


def _place(row: Item) -> tuple[str, int, str]:
    return (row.node.paper, row.node.start, row.node.id)


def _any_of(ends: Sequence[str], ids: tuple[str, ...]) -> Where:
    return AnyOf(tuple(Condition(end, Op.IN, ids) for end in ends))


def _facts(
    cohort: Cohort,
    kind: NodeKind,
    ends: Sequence[str],
    first: int | None = None,
    after: tuple[Any, ...] | None = None,
) -> Mapping[str, Sequence[Item]]:
    ids = tuple(sorted(cohort.by_id))
    sort = (Sort("paper"), Sort("start"))
    request = Request(kinds=(kind,), where=_any_of(ends, ids), sort=sort, first=first, after=after)
    groups: dict[str, list[Item]] = defaultdict(list)
    for row in Cohort(cohort.context, cohort.context.store.find(request)).items:
        for owner in dict.fromkeys(getattr(row.node, end) for end in ends):
            if owner in cohort.by_id:
                groups[owner].append(row)
    return groups


def related(
    item: Item,
    types: Sequence[RelationKind],
    direction: Direction,
    first: int | None,
    after: str | None,
    *,
    end: str | None,
    keep: Keep | None = None,
) -> Page:
    """Return a page of a node's relationships in order of their keys; its edges show what stands at `end`, or with no end
    the relationship itself. `keep` leaves out relationships of the same type that are of another sort."""
    length, order = size(first), f"{direction}:{','.join(types)}"
    seen = decode(after, order, (str,) * 6) if after is not None else None
    key = ("related", direction, *types, keep)

    def every(cohort: Cohort) -> Mapping[str, Sequence[Relationship]]:
        return cohort.once(key, lambda cohort: _edges(cohort, types, direction, keep, None))

    def load(cohort: Cohort) -> Mapping[str, Sequence[Place]]:
        found = every(cohort) if seen else _edges(cohort, types, direction, keep, length + 1)
        pages = {
            owner: [edge for edge in edges if seen is None or edge.key > seen][: length + 1] for owner, edges in found.items()
        }
        return _places(cohort.context, pages, end, order)

    rows = item.cohort.once((*key, length, seen, end), load).get(item.node.id, ())
    return Page(
        edges=rows[:length],
        has_next_page=len(rows) > length,
        has_previous_page=seen is not None,
        count=lambda: len(every(item.cohort).get(item.node.id, ())),
    )


def all_related(item: Item, types: Sequence[RelationKind], direction: Direction, *, end: str) -> Sequence[Place]:
    """Return all of a node's relationships of these types with what stands at their end; for what an abstract bounds."""

    def load(cohort: Cohort) -> Mapping[str, Sequence[Place]]:
        return _places(cohort.context, _edges(cohort, types, direction, None, None), end, "")

    return item.cohort.once(("all", direction, *types), load).get(item.node.id, ())


def _edges(
    cohort: Cohort, types: Sequence[RelationKind], direction: Direction, keep: Keep | None, first: int | None
) -> Mapping[str, Sequence[Relationship]]:
    ids = sorted(cohort.by_id)
    found = cohort.context.store.edges(ids, types=types, direction=direction, first=first)
    if keep is None:
        return found
    kept = {owner: [edge for edge in edges if keep(edge)] for owner, edges in found.items()}
    if first and any(len(kept[owner]) < len(edges) == first for owner, edges in found.items()):
        # What was left out has taken the place of what was asked for.
        return _edges(cohort, types, direction, keep, None)
    return kept


def _places(
    context: Context, pages: Mapping[str, Sequence[Relationship]], end: str | None, order: str
) -> Mapping[str, Sequence[Place]]:
    flat = [(owner, edge) for owner, edges in pages.items() for edge in edges]
    ways = Cohort(context, (edge for _, edge in flat)).items
    ends = nodes(context, (getattr(edge, end) for _, edge in flat)) if end else {}
    places: dict[str, list[Place]] = defaultdict(list)
    for (owner, edge), way in zip(flat, ways, strict=True):
        node = ends.get(getattr(edge, end)) if end else way
        if node is not None:
            places[owner].append(Place(cursor=encode(order, edge.key), node=node, via=way))
    return places
