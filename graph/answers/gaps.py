"""Which systems of a benchmark nobody has compared, though both have scores on it."""

from dataclasses import dataclass
from itertools import combinations

from graph.answers.facts import claims, in_, is_
from graph.answers.groups import Group, Row
from graph.answers.leaderboard import board, page
from graph.request import AnyOf
from graph.store import Store
from schema.nodes import EntityNode

BEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Two rows of one group whose systems no claim on the dataset names together and no paper scores both."""

    group: Group
    a: Row
    b: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The gaps of a dataset among the best systems of each group, those of the best first."""

    dataset: EntityNode
    gaps: tuple[Gap, ...]


def gaps(store: Store, dataset: str, *, metric: str | None = None, best: int = BEST) -> Gaps:
    """Return the gaps among the `best` rows of each group. Raises UnknownName for a name that isn't in the graph."""
    found = board(store, dataset, metric=metric)
    every: list[Gap] = []
    for header in found.groups:
        group = page(store, header, first=best)
        rows = {row.system.id: row for row in reversed(group.rows) if row.system}
        ids = sorted(rows)
        known = _compared(store, found.dataset.id, ids)
        for a, b in combinations(sorted(rows, key=lambda key: rows[key].place[2]), 2):
            scored = rows[a].paper.id == rows[b].paper.id or _one_paper(rows[a], rows[b])
            if frozenset((a, b)) not in known and not scored:
                every.append(Gap(group=header, a=rows[a], b=rows[b]))
    return Gaps(dataset=found.dataset, gaps=tuple(every))


def _compared(store: Store, dataset: str, ids: list[str]) -> set[frozenset[str]]:
    either = AnyOf((is_("dataset", dataset), is_("dataset", None)))
    said = claims(store, in_("winner", ids), in_("loser", ids), either)
    return {frozenset((claim.winner, claim.loser)) for claim in said if claim.winner and claim.loser}


def _one_paper(a: Row, b: Row) -> bool:
    papers = [{row.result.paper, *(other.paper for other in row.conflicts)} for row in (a, b)]
    return bool(papers[0] & papers[1])
