"""An entity is elected: each paper casts a ballot on its label and names, and any two orders of counting agree.

Ballots add and subtract, so a paper's word is taken back exactly, in time that doesn't depend on how many others spoke.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from schema.decisions import Decision, DecisionKind
from schema.identity import fold, name_key
from schema.kinds import NodeKind
from schema.metrics import find_metric
from schema.nodes import EntityNode

_SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?\s?[BMK])(?![\w])", re.IGNORECASE)
_VERSION = re.compile(r"(?:^|[-\s])v?(\d+(?:\.\d+)*[a-z]?)(?=$|[-\s])")


def ballot(label: NodeKind, name: str, forms: Iterable[str], *, named: bool = True) -> tuple[str, ...]:
    """Return one paper's ballot. `named` is False where the paper implies the entity without naming it."""
    votes = [f"label:{label.value}", f"name:{name}", *(f"form:{form}" for form in sorted({*forms} - {name}))]
    return ("paper", *votes) if named else tuple(votes)


def elect(entity: str, votes: Mapping[str, int], decided: Sequence[Decision] = ()) -> EntityNode | None:
    """Return the entity that the votes describe, or None if nobody speaks of it any more.

    The most frequent label and name win; ties go to the label and name that sort first, so no order of papers matters. Of what
    people decided on the entity, given as they did, the last name and the last direction count, and every alias.
    """
    labels, names, forms = _counts(votes)
    if not labels:
        return None
    kind, elected = NodeKind(_first(labels)), _first(names)
    name = [elected, *_values(decided, DecisionKind.RENAME)][-1]
    aliases = tuple(sorted({*names, *forms, *_values(decided, DecisionKind.ALIAS)} - {name}))
    metric = find_metric(elected) if kind is NodeKind.METRIC else None
    direction = metric.direction if metric else "unknown"
    return EntityNode(
        id=entity,
        kind=kind,
        name=name,
        key=fold(name),
        aliases=aliases,
        papers=votes.get("paper", 0),
        direction=[direction, *_values(decided, DecisionKind.DIRECTION)][-1] if kind is NodeKind.METRIC else None,
        unit=metric.unit if metric else None,
        min=metric.min if metric else None,
        max=metric.max if metric else None,
        parameters=metric.parameters if metric else None,
        size=_size(name) if kind is NodeKind.MODEL else None,
        version=_version(name) if kind is NodeKind.MODEL else None,
    )


def recount(votes: Mapping[str, int], add: Iterable[str], take: Iterable[str]) -> Counter[str]:
    """Return the votes with some ballots added and others taken back; nothing stays at zero."""
    total = Counter(votes)
    total.update(add)
    total.subtract(take)
    return +total


def lookup_keys(entity: EntityNode) -> tuple[str, ...]:
    """Return the keys by which the entity is found: of its name and of each alias, in order, without repeats."""
    return tuple(sorted({name_key(name) for name in (entity.name, *entity.aliases)} - {""}))


def _values(decided: Sequence[Decision], kind: DecisionKind) -> list[str]:
    """Return what was decided of this kind: each such decision sets one value."""
    return [str(value) for each in decided if each.kind is kind for value in each.values.values()]


def _counts(votes: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Return the votes for labels, for names and for forms."""
    counts: dict[str, dict[str, int]] = {"label": {}, "name": {}, "form": {}, "paper": {}}
    for vote, count in votes.items():
        on, _, choice = vote.partition(":")
        counts[on][choice] = count
    return counts["label"], counts["name"], counts["form"]


def _first(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))


def _size(name: str) -> str | None:
    match = _SIZE.search(name.replace("-", " "))
    return match.group(1).upper().replace(" ", "") if match else None


def _version(name: str) -> str | None:
    match = _VERSION.search(_SIZE.sub("", name.replace("-", " ")))
    return match.group(1) if match else None
