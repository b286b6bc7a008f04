"""How a row leads to others: the loads behind the fields of the types, each done for a whole cohort at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from api.context import Cohort, Context, Item
from api.paging import Page, Place, decode, encode, size
from graph.request import Request, Sort, Where
from graph.store import Direction
from schema.kinds import NodeKind, RelationKind
from schema.nodes import Relationship

_BY_PLACE = (Sort("paper"), Sort("start"))


def one(item: Item, field: str) -> Item | None:
    """Return the node whose id the row carries in this field."""

    def load(cohort: Cohort) -> Mapping[str, Item]:
        keys = {getattr(each.node, field, None) for each in cohort.items}
        return nodes(cohort.context, (key for key in keys if key))

    return item.cohort.once(("one", field), load).get(getattr(item.node, field) or "")


def nodes(context: Context, ids: Iterable[str]) -> Mapping[str, Item]:
    """Return the nodes with these ids, as one cohort; a merged entity's id leads to what it was merged into."""
    wanted = sorted(set(ids))
    found = context.store.get(wanted) if wanted else {}
    items = Cohort(context, {node.id: node for node in found.values()}.values()).by_id
    return {key: items[node.id] for key, node in found.items()}


def facts_of_paper(item: Item, kind: NodeKind) -> Sequence[Item]:
    """Return the results or claims of a paper in the order of its text."""
    wanted = Request(kinds=(kind,), sort=_BY_PLACE)
    return item.cohort.once(("facts", kind), lambda cohort: _facts(cohort, wanted, ("paper",))).get(item.node.id, ())


def facts(item: Item, kind: NodeKind, ends: Sequence[str], where: Where, first: int | None, after: str | None) -> Page:
    """Return a page of the results or claims that name an entity in one of these fields, in order of paper and place."""
    length, order = size(first), f"{kind}:{','.join(ends)}"
    seen = decode(after, order, (str, int, str)) if after is not None else None
    wanted = Request(kinds=(kind,), where=where, sort=_BY_PLACE, first=length + 1, after=seen)

    def count() -> int:
        return item.cohort.once(
            ("count", kind, *ends, where),
            lambda cohort: cohort.context.store.count_each(wanted, ends=ends, ids=sorted(cohort.by_id)),
        ).get(item.node.id, 0)

    rows = item.cohort.once(("facts", *ends, wanted), lambda cohort: _facts(cohort, wanted, ends)).get(item.node.id, ())
    return Page(
        edges=[Place(cursor=encode(order, _place(row)), node=row) for row in rows[:length]],
        has_next_page=len(rows) > length,
        has_previous_page=seen is not None,
        count=count,
    )


def _place(row: Item) -> tuple[str, int, str]:
    return (row.node.paper, row.node.start, row.node.id)


def _facts(cohort: Cohort, wanted: Request, ends: Sequence[str]) -> Mapping[str, Sequence[Item]]:
    found = cohort.context.store.find_each(wanted, ends=ends, ids=sorted(cohort.by_id))
    # A claim may be in the lists of both its sides; it is one row.
    rows = Cohort(cohort.context, {node.id: node for nodes in found.values() for node in nodes}.values()).by_id
    return {owner: [rows[node.id] for node in nodes] for owner, nodes in found.items()}


def related(
    item: Item,
    types: Sequence[RelationKind],
    direction: Direction,
    first: int | None,
    after: str | None,
    *,
    end: str | None,
    far: Sequence[NodeKind] = (),
) -> Page:
    """Return a page of a node's relationships in order of their keys; its edges show what stands at `end`, or with no end
    the relationship itself. `far` leaves out relationships whose other end is of another kind."""
    length, order = size(first), f"{direction}:{','.join(types)}"
    seen = decode(after, order, (str,) * 6) if after is not None else None
    key = (direction, *types, *far)

    def load(cohort: Cohort) -> Mapping[str, Sequence[Place]]:
        found = cohort.context.store.edges(
            sorted(cohort.by_id), types=types, direction=direction, far=far, first=length + 1, after=seen
        )
        return _places(cohort.context, found, end, order)

    def count(cohort: Cohort) -> Mapping[str, int]:
        return cohort.context.store.count_edges(sorted(cohort.by_id), types=types, direction=direction, far=far)

    rows = item.cohort.once(("related", *key, length, seen, end), load).get(item.node.id, ())
    return Page(
        edges=rows[:length],
        has_next_page=len(rows) > length,
        has_previous_page=seen is not None,
        count=lambda: item.cohort.once(("count", *key), count).get(item.node.id, 0),
    )


def all_related(item: Item, types: Sequence[RelationKind], direction: Direction, *, end: str) -> Sequence[Place]:
    """Return all of a node's relationships of these types with what stands at their end; for what an abstract bounds."""

    def load(cohort: Cohort) -> Mapping[str, Sequence[Place]]:
        found = cohort.context.store.edges(sorted(cohort.by_id), types=types, direction=direction)
        return _places(cohort.context, found, end, "")

    return item.cohort.once(("all", direction, *types), load).get(item.node.id, ())


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
