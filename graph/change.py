"""From papers to the smallest change of a graph: what to take back, what to add, which entities and BEATS to recount.

Pure: a store reads what `touched` names, hands it to `plan`, and applies the `Change`. Both stores share it, so a graph
is the same fold of its records wherever and in whatever order it was made.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from graph.facts import Facts
from graph.votes import elect, recount
from schema.decisions import Decision
from schema.kinds import RelationKind
from schema.nodes import EntityNode, Relationship

BeatKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elected:
    """An entity with the votes that made it, which the store keeps beside it."""

    node: EntityNode
    votes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a store has to do, in this order: take back all that `taken_back` papers said, write `entities`, insert what
    `papers` say, write `beats`, and remove the BEATS and entities that nobody supports any more.

    `beats_present` are the keys of all BEATS recounted that are in the graph.

    Beside the graph it keeps `decisions` that are new, and by (short, long) how many papers define an acronym so (`meanings`,
    0 for none any more), and by id which id stands for it (`redirects`, None for itself again).
    """

    taken_back: tuple[str, ...]
    papers: tuple[Facts, ...]
    entities: tuple[Elected, ...]
    beats: tuple[Relationship, ...]
    beats_removed: tuple[BeatKey, ...]
    beats_present: tuple[BeatKey, ...]
    entities_removed: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    meanings: Mapping[tuple[str, str], int] = field(default_factory=dict)
    redirects: Mapping[str, str | None] = field(default_factory=dict)


def last_of_each(facts: Iterable[Facts]) -> tuple[Facts, ...]:
    """Return one Facts per paper, the last given, in order of paper id."""
    latest = {item.paper.id: item for item in facts}
    return tuple(latest[paper] for paper in sorted(latest))


def touched(facts: Iterable[Facts]) -> tuple[tuple[str, ...], tuple[BeatKey, ...]]:
    """Return the ids of the entities and the keys of the BEATS that these papers speak of, sorted."""
    entities: set[str] = set()
    beats: set[BeatKey] = set()
    for item in facts:
        entities.update(item.ballots)
        beats.update(beat.key for beat in item.beats)
    return tuple(sorted(entities)), tuple(sorted(beats))


def plan(
    new: Sequence[Facts],
    old: Sequence[Facts],
    votes: Mapping[str, Mapping[str, int]],
    beats: Mapping[BeatKey, Relationship],
    decided: Mapping[str, Sequence[Decision]] = MappingProxyType({}),
) -> Change:
    """Return the change that replaces what `old` said by what `new` says, given the present votes and BEATS touched by
    either; `old` without `new` deletes. `decided` has the decisions on each entity that is to be elected again."""
    elections = _elections(new, old, votes, decided)
    edges = _recounted(new, old, beats)
    return Change(
        taken_back=tuple(item.paper.id for item in old),
        papers=tuple(new),
        entities=tuple(elected for elected in elections.values() if elected),
        beats=tuple(edge for edge in edges.values() if edge),
        beats_removed=tuple(key for key, edge in edges.items() if not edge and key in beats),
        beats_present=tuple(beats),
        entities_removed=tuple(entity for entity, elected in elections.items() if not elected and entity in votes),
    )


def _elections(
    new: Sequence[Facts],
    old: Sequence[Facts],
    votes: Mapping[str, Mapping[str, int]],
    decided: Mapping[str, Sequence[Decision]],
) -> dict[str, Elected | None]:
    cast: dict[str, list[str]] = defaultdict(list)
    taken: dict[str, list[str]] = defaultdict(list)
    for pile, facts in ((cast, new), (taken, old)):
        for item in facts:
            for entity, ballot in item.ballots.items():
                pile[entity].extend(ballot)
    elections: dict[str, Elected | None] = {}
    for entity in sorted(cast.keys() | taken.keys() | decided.keys()):
        total = recount(votes.get(entity, {}), cast.get(entity, ()), taken.get(entity, ()))
        node = elect(entity, total, decided.get(entity, ()))
        elections[entity] = Elected(node=node, votes=dict(sorted(total.items()))) if node else None
    return elections


def _recounted(
    new: Sequence[Facts], old: Sequence[Facts], beats: Mapping[BeatKey, Relationship]
) -> dict[BeatKey, Relationship | None]:
    support: dict[BeatKey, dict[str, tuple[str, float | None]]] = {}
    keys = sorted({beat.key for item in (*new, *old) for beat in item.beats})
    for key in keys:
        edge = beats.get(key)
        support[key] = dict(_read_support(edge)) if edge else {}
    for item in old:
        for beat in item.beats:
            support[beat.key].pop(item.paper.id, None)
    for item in new:
        for beat in item.beats:
            support[beat.key][item.paper.id] = (beat.verdict, beat.margin)
    return {key: _edge(key, papers) if papers else None for key, papers in support.items()}


def beat_edges(facts: Iterable[Facts]) -> tuple[Relationship, ...]:
    """Return the BEATS that these papers alone support."""
    return tuple(edge for edge in _recounted(tuple(facts), (), {}).values() if edge)


def _edge(key: BeatKey, support: Mapping[str, tuple[str, float | None]]) -> Relationship:
    winner, loser, dataset, metric = key
    papers = sorted(support)
    verdicts = {support[paper][0] for paper in papers}
    margins = [margin for paper in papers if (margin := support[paper][1]) is not None]
    return Relationship(
        head=winner,
        type=RelationKind.BEATS,
        tail=loser,
        dataset=dataset,
        metric=metric or None,
        props={
            "verdict": verdicts.pop() if len(verdicts) == 1 else "both",
            # Several papers may print several margins; the smallest is the one that all of them grant.
            "margin": min(margins, default=None),
            "papers": tuple(papers),
            "support": tuple(json.dumps([paper, *support[paper]]) for paper in papers),
        },
    )


def _read_support(edge: Relationship) -> Iterable[tuple[str, tuple[str, float | None]]]:
    for line in edge.props["support"] or ():  # type: ignore[union-attr]
        paper, verdict, margin = json.loads(str(line))
        yield paper, (verdict, margin)
