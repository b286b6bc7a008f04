"""What a printed difference means in scores: "by 12 %" may be points or a share, and printed scores may tell which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schema.nodes import ClaimNode, ResultNode

# Printed scores and differences are rounded: 46.3 - 23.0 may be printed as 23.
_ROUNDING = 0.51


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read the difference that a claim prints: "absolute" (points) or "relative" (a share of the loser's score).

    `score` is what the difference gives for the system `of` from the other's printed score, in the metric's unit; None where
    both are printed. `agrees` says whether the printed scores differ by just that; None where only one is printed.
    """

    claim: ClaimNode
    kind: str
    of: str | None
    score: float | None
    agrees: bool | None


def readings(said: Sequence[ClaimNode], scores: Sequence[ResultNode], direction: str) -> tuple[Reading, ...]:
    """Return the readings of the differences that claims print, held against the scores of their own papers, else of others;
    none for a bound ("up to"), a factor ("2x"), or a claim on a benchmark of unknown direction."""
    return tuple(reading for claim in said for reading in _readings(claim, scores, direction))


def _readings(claim: ClaimNode, scores: Sequence[ResultNode], direction: str) -> Iterator[Reading]:
    value, unit = claim.delta_value, claim.delta_unit
    if value is None or claim.delta_bound or unit == "x" or direction == "unknown" or claim.polarity != "better":
        return
    winner, loser = _score_of(claim.winner, claim, scores), _score_of(claim.loser, claim, scores)
    kinds = ("absolute", "relative") if claim.delta_kind == "ambiguous" else (claim.delta_kind or "absolute",)
    sign = 1 if direction == "higher" else -1
    for kind in kinds:
        if winner is not None and loser is not None:
            expected = value if kind == "absolute" else abs(loser) * value / 100
            agrees = abs(sign * (winner - loser) - expected) <= max(_ROUNDING, abs(expected) * 0.01)
            yield Reading(claim=claim, kind=kind, of=None, score=None, agrees=agrees)
        elif loser is not None and claim.winner:
            gain = value if kind == "absolute" else abs(loser) * value / 100
            yield Reading(claim=claim, kind=kind, of=claim.winner, score=round(loser + sign * gain, 2), agrees=None)
        elif winner is not None and claim.loser:
            before = winner - sign * value if kind == "absolute" else winner / (1 + sign * value / 100)
            yield Reading(claim=claim, kind=kind, of=claim.loser, score=round(before, 2), agrees=None)


def _score_of(system: str | None, claim: ClaimNode, scores: Sequence[ResultNode]) -> float | None:
    own = [score for score in scores if system and score.subject == system and score.canonical is not None]
    best = [score for score in own if score.paper == claim.paper] or own
    # Several scores of one system: nobody knows which of them the difference is from.
    values = {score.canonical for score in best}
    return values.pop() if len(values) == 1 else None
