"""Who scores what on a dataset, in groups whose rows may be compared, each with its sentence.

A page is read from the top of an index, so it takes as long on a large graph as on a small one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.answers.dates import stated_by
from graph.answers.facts import COUNTED, claims, counts_each, ends_of, entity_in, in_, is_, paper_in, results_each
from graph.answers.groups import Group, Place, Row, groups_of
from graph.answers.lookup import entity
from graph.request import AllOf, AnyOf, Condition, Op, Sort, Where
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, ResultNode

FIRST = 20
_CLAIMS_LOOKED_AT = 100
_ELSEWHERE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscored:
    """Claims on a dataset whose winner prints no score there: to beat, but without a number. The list goes on behind the id
    `after`, if there is one."""

    claims: tuple[ClaimNode, ...]
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaderboard:
    """The first page of each group of a dataset, the largest first, and claims on it whose winner prints no score there; the
    claims go on behind the id `claims_after`, if there is one."""

    dataset: EntityNode
    groups: tuple[Group, ...]
    claims: tuple[ClaimNode, ...]
    claims_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A dataset with its groups, before any row is read; `metric` and `as_of` are what was asked for."""

    dataset: EntityNode
    metric: EntityNode | None
    as_of: str | None
    groups: tuple[Group, ...]


def leaderboard(
    store: Store, dataset: str, *, metric: str | None = None, as_of: str | None = None, first: int = FIRST
) -> Leaderboard:
    """Return the leaderboard of a dataset, of one metric if named, as known at a date (ISO 8601), `first` rows of each group.

    Raises UnknownName for a dataset or metric that isn't in the graph.
    """
    found = board(store, dataset, metric=metric, as_of=as_of)
    groups = (page(store, group, first=first) for group in found.groups)
    claimed = unscored(store, found)
    return Leaderboard(
        dataset=found.dataset,
        groups=tuple(group for group in groups if group.rows),
        claims=claimed.claims,
        claims_after=claimed.after,
    )


def board(store: Store, dataset: str, *, metric: str | None = None, as_of: str | None = None) -> Board:
    """Return a dataset's groups, the largest first. Raises UnknownName for a dataset or metric that isn't in the graph."""
    on = entity(store, dataset, (NodeKind.DATASET,))
    by = entity(store, metric, (NodeKind.METRIC,)) if metric else None
    groups = groups_of(store, on, by, as_of)
    if len(groups) > 1:
        sizes = counts_each(store, "benchmark", [key for group in groups for key in group.benchmarks], is_("dataset", on.id))
        groups = tuple(sorted(groups, key=lambda group: -sum(sizes.get(key, 0) for key in group.benchmarks)))
    return Board(dataset=on, metric=by, as_of=as_of, groups=groups)


def page(store: Store, group: Group, *, first: int = FIRST, after: Place | None = None) -> Group:
    """Return a group with its rows behind a place, at most `first`."""
    found = _ranked(store, group, first, after) if group.direction != "unknown" and not _is_unranked(after) else ()
    if len(found) <= first:
        found += _unranked(store, group, first - len(found), after if _is_unranked(after) else None)
    nodes = dict(store.get(ends_of(found)))
    elsewhere = _elsewhere(store, group, found[:first])
    rows: list[Row] = []
    _, _, place, rank = after or (None, "", 0, None)
    last = after[0] if after else None
    for at, result in enumerate(found[:first]):
        place += 1
        ranked = group.direction != "unknown" and result.canonical is not None
        rank = None if not ranked else rank if rank and result.canonical == last else place
        last = result.canonical
        following = found[at + 1].canonical if at + 1 < len(found) else None
        rows.append(
            Row(
                rank=rank,
                tied=ranked and (following == last or (rank is not None and rank < place)),
                system=entity_in(nodes, result.subject),
                result=result,
                paper=paper_in(nodes, result.paper),
                conflicts=tuple(other for other in elsewhere.get(result.subject or "", ()) if _differs(result, other)),
                place=(result.canonical if ranked else None, result.id, place, rank),
            )
        )
    return replace(group, rows=tuple(rows), more=len(found) > first)


def size(store: Store, group: Group) -> int:
    """Return how many rows a group has on all pages."""
    where = (is_("dataset", group.dataset), stated_by(group.as_of), COUNTED)
    return sum(counts_each(store, "benchmark", group.benchmarks, *where).values())


def unscored(store: Store, found: Board, *, first: int = FIRST, after: str | None = None) -> Unscored:
    """Return claims on a dataset whose winner prints no score there, behind an id. A page looks at so many claims and no
    more, so it may be short though the list goes on."""
    on = found.dataset.id
    by = (in_("metric", (found.metric.id, None)),) if found.metric else ()
    look_at = max(first, _CLAIMS_LOOKED_AT)
    near = claims(store, is_("dataset", on), *by, stated_by(found.as_of), first=look_at, after=(after,) if after else None)
    known = stated_by(found.as_of)
    winners = sorted({claim.winner for claim in near if claim.winner})
    scored = set(results_each(store, "subject", winners, is_("dataset", on), *by, known, first=1))
    papers = sorted({claim.paper for claim in near if not claim.winner})
    scored |= set(results_each(store, "paper", papers, is_("dataset", on), *by, is_("subject", None), known, first=1))
    kept = [claim for claim in near if (claim.winner or claim.paper) not in scored]
    if len(kept) > first:
        return Unscored(claims=tuple(kept[:first]), after=kept[first - 1].id if first else after)
    return Unscored(claims=tuple(kept), after=near[-1].id if len(near) == look_at else None)


def _is_unranked(after: Place | None) -> bool:
    return after is not None and after[0] is None


def _ranked(store: Store, group: Group, first: int, after: Place | None) -> tuple[ResultNode, ...]:
    lower = group.direction == "lower"
    bound = Condition("canonical", Op.GT, float("-inf"))
    behind: tuple[Where, ...] = ()
    if after and after[0] is not None:
        further = Condition("canonical", Op.GT if lower else Op.LT, after[0])
        from_there = Condition("canonical", Op.GTE if lower else Op.LTE, after[0])
        same = AllOf((is_("canonical", after[0]), Condition("id", Op.GT, after[1])))
        # The first condition repeats what the second says, in a form that an index can start from.
        behind = (from_there, AnyOf((further, same)))
    sort = (Sort("canonical", descending=not lower),)
    where = (bound, *behind, stated_by(group.as_of))
    pages = results_each(store, "benchmark", group.benchmarks, *where, sort=sort, first=first + 1)
    found = [result for rows in pages.values() for result in rows]
    sign = 1 if lower else -1
    return tuple(sorted(found, key=lambda result: (sign * (result.canonical or 0), result.id))[: first + 1])


def _unranked(store: Store, group: Group, first: int, after: Place | None) -> tuple[ResultNode, ...]:
    # In order of ids from an index that starts with the dataset; where others are ranked, at most a page of them lies between.
    where: list[Where] = [is_("dataset", group.dataset), stated_by(group.as_of)]
    if group.direction != "unknown":
        where.append(is_("canonical", None))
    if after:
        where.append(Condition("id", Op.GT, after[1]))
    pages = results_each(store, "benchmark", group.benchmarks, *where, first=first + 1)
    found = [result for rows in pages.values() for result in rows]
    return tuple(sorted(found, key=lambda result: result.id)[: first + 1])


def _elsewhere(store: Store, group: Group, found: Sequence[ResultNode]) -> dict[str, tuple[ResultNode, ...]]:
    subjects = sorted({result.subject for result in found if result.subject})
    known = stated_by(group.as_of)
    if group.direction == "unknown":
        pages = results_each(store, "subject", subjects, is_("dataset", group.dataset), known, first=_ELSEWHERE)
        return {key: tuple(each for each in page if each.benchmark in group.benchmarks) for key, page in pages.items()}
    # The index of a system's scores on a benchmark has them in this order, so that no more are read than are looked at.
    where = (in_("benchmark", group.benchmarks), Condition("canonical", Op.GT, float("-inf")), known)
    return results_each(store, "subject", subjects, *where, sort=(Sort("canonical", descending=True),), first=_ELSEWHERE)


def _differs(one: ResultNode, other: ResultNode) -> bool:
    return other.paper != one.paper and (other.canonical, other.value) != (one.canonical, one.value)
