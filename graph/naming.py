"""The ids that the names in one record have, before any merge."""

from collections.abc import Iterable

from schema.acronyms import is_acronym, stands_for
from schema.identity import digest, entity_id, split_variant
from schema.kinds import FAMILY, NodeKind
from schema.metrics import MetricEntry, find_metric, usual_metric
from schema.records import Claim, Entity, Result

Ids = dict[tuple[str, str], str]


def ids_in(entities: Iterable[Entity]) -> Ids:
    """Return the ids that these entities have by their own names, by family and name."""
    ids: Ids = {}
    for entity in entities:
        ids.setdefault((FAMILY[entity.label], entity.name), entity_id(entity.label, entity.name))
    return ids


def fact_id(paper: str, fact: Result | Claim, ids: Ids) -> str:
    """Return the id of a paper's fact, made of what was read, with ids that no merge touches."""
    place = (paper, fact.evidence.start, fact.evidence.end, *_slots(fact, ids))
    if isinstance(fact, Result):
        return f"result:{digest(*place, fact.raw, fact.setting)}"
    return f"claim:{digest(*place, fact.polarity, fact.aspect)}"


def _slots(fact: Result | Claim, ids: Ids) -> tuple[str | None, ...]:
    sides = (fact.subject,) if isinstance(fact, Result) else (fact.winner, fact.loser)
    # Only a claim's class tells it apart from others; a result has one side.
    named = [ids.get(("system", side or "")) or (side if isinstance(fact, Claim) else None) for side in sides]
    dataset = ids.get(("dataset", fact.dataset or ""))
    variant = split_variant(fact.dataset)[1] if dataset and fact.dataset else None
    metric = metric_of(fact.metric, fact.dataset if isinstance(fact, Result) else None, ids)[0]
    return (*named, dataset, variant, metric)


def metric_of(name: str | None, dataset: str | None, ids: Ids) -> tuple[str | None, MetricEntry | None, str | None]:
    """Return a metric's id before any merge, its entry in the registry, and whether it is stated or inferred."""
    if base := ids.get(("metric", name or "")):
        return base, find_metric(name or ""), "stated"
    usual = usual_metric(split_variant(dataset)[0]) if dataset else None
    entry = find_metric(usual) if usual else None
    return (entity_id(NodeKind.METRIC, entry.name), entry, "inferred") if entry else (None, None, None)


def meanings_in(entities: Iterable[Entity]) -> set[tuple[str, str]]:
    """Return (short, long) for what the paper calls by an acronym and in full. Where no full name of it has the letters ("CoT"
    for Chain of Code) the acronym means itself: it is used otherwise than its letters say."""
    found = set()
    for entity in entities:
        names = dict.fromkeys((entity.name, *entity.forms))
        for short in names:
            longs = [long for long in names if stands_for(short, long)]
            own = entity_id(entity.label, short) if longs or is_acronym(short) else None
            if own and longs:
                long = min(longs, key=lambda name: (name != entity.name, len(name), name))
                pair = (own, entity_id(entity.label, long))
                found |= {pair} if pair[0] != pair[1] else set()
            elif own and " " in entity.name and entity_id(entity.label, entity.name) != own:
                found.add((own, own))
    return found
