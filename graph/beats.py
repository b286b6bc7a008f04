"""Who beats whom according to one paper: what it claims on a named dataset, and what its own scores compute."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.facts import Beat
from schema.conditions import conflict
from schema.nodes import ClaimNode, ResultNode

Key = tuple[str, str, str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A result with the direction of its metric."""

    result: ResultNode
    direction: str


def beats_of(scored: Sequence[Scored], claims: Iterable[ClaimNode]) -> tuple[Beat, ...]:
    """Return the paper's BEATS in order of their keys.

    A claim that names no metric and a difference computed on the same dataset by one metric are one Beat, "both". Claims of
    equality, of efficiency, without a dataset or without two named sides make none.
    """
    computed = dict(_computed(scored))
    claimed = dict.fromkeys(_claimed(claims))
    verdicts: dict[Key, str] = dict.fromkeys(computed, "computed")
    for winner, loser, dataset, metric in claimed:
        same = [key for key in computed if key[:3] == (winner, loser, dataset) and metric in (None, key[3])]
        key = same[0] if len(same) == 1 else (winner, loser, dataset, metric)
        verdicts[key] = "both" if key in computed else "claimed"
    return tuple(
        Beat(winner=key[0], loser=key[1], dataset=key[2], metric=key[3], verdict=verdicts[key], margin=computed.get(key))
        for key in sorted(verdicts, key=lambda key: (*key[:3], key[3] or ""))
    )


def better(a: ResultNode, b: ResultNode, direction: str) -> float | None:
    """Return by how much `a` is better than `b`, in the metric's unit; None where they can't be compared: a value or the
    direction is unknown, or their settings conflict."""
    if a.canonical is None or b.canonical is None or direction == "unknown" or conflict(a.setting, b.setting):
        return None
    difference = a.canonical - b.canonical if direction == "higher" else b.canonical - a.canonical
    return round(difference, 6)


def _claimed(claims: Iterable[ClaimNode]) -> Iterator[Key]:
    for claim in claims:
        wins = claim.polarity == "better" and claim.aspect == "quality"
        if wins and claim.dataset and claim.winner and claim.loser and claim.winner != claim.loser:
            yield (claim.winner, claim.loser, claim.dataset, claim.metric)


def _computed(scored: Sequence[Scored]) -> Iterator[tuple[Key, float]]:
    groups: dict[tuple[str, str | None, str], list[Scored]] = defaultdict(list)
    for item in scored:
        result = item.result
        if result.subject and result.dataset and result.metric and result.canonical is not None:
            groups[(result.dataset, result.variant, result.metric)].append(item)
    margins: dict[Key, list[float]] = defaultdict(list)
    for (dataset, _, metric), items in groups.items():
        for one, other in combinations(items, 2):
            margin = better(one.result, other.result, one.direction)
            if one.result.subject == other.result.subject or not margin:
                continue
            winner, loser = (one, other) if margin > 0 else (other, one)
            key: Key = (winner.result.subject or "", loser.result.subject or "", dataset, metric)
            margins[key].append(abs(margin))
    for key, values in margins.items():
        # The same pair the other way round, under another variant or setting: the paper's scores don't decide.
        if (key[1], key[0], key[2], key[3]) not in margins:
            yield key, max(values)
