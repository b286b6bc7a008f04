"""What all evidence says of two systems on one benchmark, and why; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from graph.beats import best_pair
from schema.conditions import conflict
from schema.nodes import ClaimNode, ResultNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`verdict` is claimed, computed, both, contradicted, not_comparable or unknown; `winner` the id of the better system,
    None where there is none; `margin` the difference in the metric's unit. `compared` are the results that it rests on."""

    verdict: str
    reason: str
    winner: str | None = None
    margin: float | None = None
    compared: tuple[ResultNode, ...] = ()


def judge(
    a: str, b: str, results: Sequence[ResultNode], claims: Sequence[ClaimNode], direction: str, names: tuple[str, str]
) -> Verdict:
    """Return the verdict on systems with ids `a` and `b`, by the results and claims of one benchmark."""
    called = {a: names[0], b: names[1]}
    wins = [claim for claim in claims if claim.polarity == "better" and claim.aspect == "quality"]
    claimed = {claim.winner for claim in wins} & {a, b}
    scores = best_pair(_of(a, results), _of(b, results), direction)
    if len(claimed) == 2:
        return Verdict(verdict="contradicted", reason=f"papers claim both ways ({_count(wins)})")
    if claimed and (against := [claim for claim in claims if _denies(claim, claimed)]):
        reason = f"{_count(wins)} {called[min(filter(None, claimed))]} is better, but {_count(against)} it is not"
        return Verdict(verdict="contradicted", reason=reason)
    if claimed:
        return _with_claim(claimed.pop() or "", wins, scores, called)
    if scores is not None:
        return _with_scores(a, b, scores, called)
    return _without(a, b, results, claims, direction, called)


def _denies(claim: ClaimNode, winners: set[str | None]) -> bool:
    """Return whether a claim says of the claimed winner that it is equal or not better."""
    if claim.aspect != "quality":
        return False
    return claim.polarity == "equal" or (claim.polarity == "not_better" and claim.winner in winners)


def _with_claim(
    winner: str, wins: Sequence[ClaimNode], scores: tuple[float, ResultNode, ResultNode] | None, called: dict[str, str]
) -> Verdict:
    hedges = sorted({claim.hedge for claim in wins if claim.hedge})
    hedged = f", with the hedge {' / '.join(map(repr, hedges))}" if hedges else ""
    said = f"{_count(wins)} {called[winner]} is better{hedged}"
    if scores is None or scores[0] == 0:
        return Verdict(verdict="claimed", winner=winner, reason=said)
    margin, best_a, best_b = scores
    computed = best_a.subject if margin > 0 else best_b.subject
    printed = f"the printed scores are {_show(best_a, called)} and {_show(best_b, called)}"
    if computed == winner:
        return Verdict(verdict="both", winner=winner, margin=abs(margin), reason=f"{said}, and {printed}", compared=scores[1:])
    return Verdict(verdict="contradicted", reason=f"{said}, but {printed}", compared=scores[1:])


def _with_scores(a: str, b: str, scores: tuple[float, ResultNode, ResultNode], called: dict[str, str]) -> Verdict:
    margin, best_a, best_b = scores
    winner = None if margin == 0 else a if margin > 0 else b
    apart = "" if best_a.paper == best_b.paper else ", from two papers, whose settings may differ"
    printed = f"the best printed scores are {_show(best_a, called)} and {_show(best_b, called)}{apart}"
    return Verdict(verdict="computed", winner=winner, margin=abs(margin), reason=printed, compared=scores[1:])


def _without(
    a: str, b: str, results: Sequence[ResultNode], claims: Sequence[ClaimNode], direction: str, called: dict[str, str]
) -> Verdict:
    if ties := [claim for claim in claims if claim.polarity == "equal"]:
        return Verdict(verdict="unknown", reason=f"{_count(ties)} the two are comparable")
    if losses := [claim for claim in claims if claim.polarity == "not_better"]:
        loser = called.get(losses[0].winner or "", "one")
        return Verdict(verdict="unknown", reason=f"{_count(losses)} {loser} is not better")
    if any(claim.aspect == "efficiency" for claim in claims):
        return Verdict(verdict="unknown", reason="only their cost is compared, not their scores")
    missing = [called[side] for side in (a, b) if not any(result.subject == side for result in results)]
    if missing:
        return Verdict(verdict="unknown", reason=f"no score of {' or '.join(missing)} is known here")
    return Verdict(verdict="not_comparable", reason=_obstacle(a, b, results, direction), compared=tuple(results))


def _obstacle(a: str, b: str, results: Sequence[ResultNode], direction: str) -> str:
    if direction == "unknown":
        return "both have scores, but which direction of the metric is better is not known"
    for one, other in product(_of(a, results), _of(b, results)):
        if reason := conflict(one.setting, other.setting):
            return f"both have scores, but {reason}"
    return "both have scores, but one is a bound or can't be read in the metric's unit"


def _of(system: str, results: Sequence[ResultNode]) -> list[ResultNode]:
    return [result for result in results if result.subject == system]


def _show(result: ResultNode, called: dict[str, str]) -> str:
    unit = f" {result.unit}" if result.unit else ""
    setting = f" ({result.setting})" if result.setting else ""
    return f"{result.value:g}{unit}{setting} of {called.get(result.subject or '', 'it')}"


def _count(claims: Sequence[ClaimNode]) -> str:
    papers = len({claim.paper for claim in claims})
    return "one paper says that" if papers == 1 else f"{papers} papers say that"
