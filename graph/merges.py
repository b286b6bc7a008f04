"""Which names are one thing beyond their spelling: merges by people and by acronyms, and the id that stands for each group.

An acronym counts where all papers that define it give it one meaning; a person's word, to merge or to keep apart, goes first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schema.decisions import Decision, DecisionKind, PairTarget

ACRONYM = "rule:acronym"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two ids that are one thing: by whom ("rule:acronym" or a person), why, and by which decision."""

    entities: tuple[str, str]
    who: str
    reason: str
    decision: str | None = None


def by_acronym(meanings: Mapping[str, Mapping[str, int]]) -> tuple[Merge, ...]:
    """Return a merge for each short id that has one meaning, in order; `meanings` counts papers by short and long id, and by
    the short id twice where a paper uses it otherwise."""
    merges = []
    for short, longs in sorted(meanings.items()):
        if len(longs) == 1 and short not in longs:
            ((long, papers),) = longs.items()
            counted = "one paper defines" if papers == 1 else f"{papers} papers define"
            merges.append(Merge(entities=(short, long), who=ACRONYM, reason=f"{counted} the one as short for the other"))
    return tuple(merges)


def by_people(decisions: Iterable[Decision]) -> tuple[tuple[Merge, ...], frozenset[frozenset[str]]]:
    """Return the merges that people made, and the pairs that they keep apart; of one pair the last decision counts."""
    last: dict[frozenset[str], Decision] = {}
    for each in decisions:
        if isinstance(each.target, PairTarget):
            last[frozenset(each.target.entities)] = each
    merges = tuple(
        Merge(entities=each.target.entities, who=each.who, reason=each.reason, decision=each.id)
        for each in last.values()
        if each.kind is DecisionKind.MERGE and isinstance(each.target, PairTarget)
    )
    return merges, frozenset(pair for pair, each in last.items() if each.kind is DecisionKind.SPLIT)


def redirects(merges: Iterable[Merge], apart: frozenset[frozenset[str]]) -> dict[str, str]:
    """Return, for each merged id but those that stand for their group, the id that does: the least.

    Merges count in the order given; one that would join a pair that is kept apart, directly or over others, is left out.
    """
    groups: dict[str, set[str]] = {}
    for merge in merges:
        a, b = (groups.setdefault(entity, {entity}) for entity in merge.entities)
        if a is b or any(pair <= a | b for pair in apart):
            continue
        a |= b
        groups.update(dict.fromkeys(b, a))
    return {entity: min(group) for entity, group in groups.items() if entity != min(group)}
