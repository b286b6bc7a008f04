"""Who beats whom according to one paper: what it claims on a named dataset, and what its own scores compute."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from graph.facts import Beat
from schema.conditions import conflict, typed
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


def best_pair(
    ones: Sequence[ResultNode], others: Sequence[ResultNode], direction: str
) -> tuple[float, ResultNode, ResultNode] | None:
    """Return (margin, one, other) of the pair of results that compares two systems most fairly, or None if no pair can be
    compared: of one paper before of two, of the same typed setting before of unknown ones, then the best scores."""

    def fairness(pair: tuple[float, ResultNode, ResultNode]) -> tuple[bool, bool, float, str, str]:
        _, one, other = pair
        strength = (one.canonical or 0) + (other.canonical or 0)
        signed = strength if direction == "higher" else -strength
        return (one.paper == other.paper, typed(one.setting) == typed(other.setting), signed, one.id, other.id)

    pairs = (
        (margin, one, other) for one, other in product(ones, others) if (margin := better(one, other, direction)) is not None
    )
    return max(pairs, key=fairness, default=None)


def _claimed(claims: Iterable[ClaimNode]) -> Iterator[Key]:
    for claim in claims:
        wins = claim.polarity == "better" and claim.aspect == "quality"
        if wins and claim.dataset and claim.winner and claim.loser and claim.winner != claim.loser:
            yield (claim.winner, claim.loser, claim.dataset, claim.metric)


def _computed(scored: Sequence[Scored]) -> Iterator[tuple[Key, float]]:
    groups: dict[tuple[str, str | None, str, str], dict[str, list[ResultNode]]] = defaultdict(lambda: defaultdict(list))
    for item in scored:
        result = item.result
        if result.subject and result.dataset and result.metric:
            groups[(result.dataset, result.variant, result.metric, item.direction)][result.subject].append(result)
    margins: dict[Key, list[float]] = defaultdict(list)
    for (dataset, _, metric, direction), systems in groups.items():
        for one, other in combinations(systems, 2):
            pair = best_pair(systems[one], systems[other], direction)
            if pair and pair[0]:
                winner, loser = (one, other) if pair[0] > 0 else (other, one)
                margins[(winner, loser, dataset, metric)].append(abs(pair[0]))
    for key, values in margins.items():
        # The same pair the other way round on another variant: the paper's scores don't decide.
        if (key[1], key[0], key[2], key[3]) not in margins:
            yield key, max(values)
