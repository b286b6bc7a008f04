"""From papers and decisions to the smallest change of a graph: which records to fold again, under which decisions.

Pure but for what it reads. What a change concerns is found from the change itself: the papers written, the papers that a
decision is keyed to, and the papers that name an entity whose merges changed. All else stays untouched, so time depends on
that and not on the graph.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol

from graph.assemble import assemble
from graph.change import BeatKey, Change, plan, touched
from graph.curation import Curation
from graph.decision_log import Log
from graph.facts import Facts
from graph.regroup import Meanings, regroup
from schema.decisions import Decision, DecisionKind, EntityTarget, FactTarget, MentionTarget, PairTarget
from schema.kinds import FAMILY, NodeKind
from schema.nodes import Relationship
from schema.record_json import record_from_json

_METRIC = f"{FAMILY[NodeKind.METRIC]}:"


class Reader(Protocol):
    """What a refold reads of a store, inside the writer's transaction; what is unknown is absent."""

    def texts(self, papers: Sequence[str]) -> Mapping[str, str]:
        """Return the JSON text of papers' records."""
        ...

    def decisions(self, keys: Sequence[str]) -> Iterable[Decision]:
        """Return the logged decisions whose id is, or whose keys have, one of these."""
        ...

    def meanings(self, shorts: Sequence[str]) -> Meanings:
        """Return, for ids of short forms, how many papers define each as which long one."""
        ...

    def shorts(self, longs: Sequence[str]) -> Iterable[str]:
        """Return the ids of short forms that a paper defines as one of these."""
        ...

    def redirects(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the ids that stand for merged ids."""
        ...

    def merged(self, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Return, for ids that stand for others, those others."""
        ...

    def papers_of(self, entities: Sequence[str]) -> Iterable[str]:
        """Return the papers that speak of these entities."""
        ...

    def votes(self, entities: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
        """Return the votes that made these entities."""
        ...

    def beats(self, keys: Sequence[BeatKey]) -> Mapping[BeatKey, Relationship]:
        """Return the BEATS with these keys."""
        ...


def refold(
    reader: Reader,
    papers: Mapping[str, Facts | None],
    decided: Sequence[Decision] = (),
    found: Mapping[tuple[str, str], int] = MappingProxyType({}),
) -> Change:
    """Return the change that writes papers (folded without decisions; None deletes one) and adds decisions to the log.

    `found` counts meanings of acronyms in papers that are in the graph already, but were not counted so.
    """
    log = Log(reader.decisions, decided)
    roots = log.roots()
    fold = _Refold(reader, log, papers, found)
    fold.read({*papers, *(root.target.paper for root in roots if isinstance(root.target, FactTarget | MentionTarget))})
    pairs = {entity for root in roots if isinstance(root.target, PairTarget) for entity in root.target.entities}
    meanings = fold.meanings()
    changed = regroup(reader, log, meanings, pairs) if meanings or pairs else {}

    entities = {root.target.entity: root.kind for root in roots if isinstance(root.target, EntityTarget)}
    now = reader.redirects(sorted({*changed, *entities})) if changed or entities else {}
    # Papers are folded again where the id that stands for a name, or the direction of a metric, is another one.
    again = {now.get(entity, entity) for entity in changed}
    again |= {now.get(entity, entity) for entity, kind in entities.items() if kind is DecisionKind.DIRECTION}
    fold.read(reader.papers_of(sorted(again)) if again else ())
    elected = {now.get(entity, entity) for entity in (*changed, *entities)} | {*filter(None, changed.values())}
    return fold.change(changed, elected)


class _Refold:
    """The papers that a change concerns, as they were and as they will be; lives for one refold."""

    def __init__(
        self, reader: Reader, log: Log, papers: Mapping[str, Facts | None], found: Mapping[tuple[str, str], int]
    ) -> None:
        self._reader, self._log, self._given, self._found = reader, log, papers, found
        self._read: set[str] = set()
        # Folded under the decisions on each paper, but without merges.
        self._old: dict[str, Facts] = {}
        self._new: dict[str, Facts] = {}

    def read(self, papers: Iterable[str]) -> None:
        """Read and fold papers that were not read yet."""
        wanted = sorted({*papers} - self._read)
        self._read.update(wanted)
        self._log.load(wanted)
        texts = self._reader.texts(wanted) if wanted else {}
        for paper in wanted:
            before, after = self._log.before([paper]), self._log.after([paper])
            if text := texts.get(paper):
                self._old[paper] = _folded(text, Curation(decisions=before))
            if given := self._given.get(paper):
                self._new[paper] = _folded(given.record, Curation(decisions=after)) if after else given
            elif text and paper not in self._given:
                self._new[paper] = _folded(text, Curation(decisions=after)) if after != before else self._old[paper]

    def meanings(self) -> Mapping[tuple[str, str], int]:
        """Return, by (short, long), how many papers more define an acronym so than before."""
        counts = Counter(self._found)
        counts.update(pair for facts in self._new.values() for pair in facts.meanings)
        counts.subtract(pair for facts in self._old.values() for pair in facts.meanings)
        return {pair: count for pair, count in sorted(counts.items()) if count}

    def change(self, changed: Mapping[str, str | None], elected: set[str]) -> Change:
        """Return the change, given the redirects that change and the entities that are elected again in any case."""
        bases = {base for facts in (*self._old.values(), *self._new.values()) for base in facts.bases}
        now = dict(self._reader.redirects(sorted(bases)))
        then = {base: target for base in bases if (target := changed.get(base, now.get(base)))}
        named = _Named(self._reader, self._log, changed, {to.get(base, base) for to in (now, then) for base in bases} | elected)
        old = {paper: self._settled(facts, now, named.before, self._log.before) for paper, facts in self._old.items()}
        new = {paper: self._settled(facts, then, named.after, self._log.after) for paper, facts in self._new.items()}
        left = [paper for paper, facts in old.items() if new.get(paper) != facts]
        met = [paper for paper, facts in new.items() if old.get(paper) != facts]
        taken, given = [old[paper] for paper in sorted(left)], [new[paper] for paper in sorted(met)]
        entities, keys = touched([*taken, *given])
        again = sorted({*entities, *elected})
        change = plan(
            given,
            taken,
            self._reader.votes(again),
            self._reader.beats(keys),
            {entity: named.after.get(entity, ()) for entity in again},
        )
        meanings = self.meanings()
        counts = self._reader.meanings(sorted({short for short, _ in meanings})) if meanings else {}
        totals = {pair: counts.get(pair[0], {}).get(pair[1], 0) + count for pair, count in meanings.items()}
        return replace(change, decisions=self._log.new, meanings=totals, redirects=changed)

    @staticmethod
    def _settled(
        facts: Facts,
        redirects: Mapping[str, str],
        named: Mapping[str, Sequence[Decision]],
        decided: Callable[[Iterable[str]], tuple[Decision, ...]],
    ) -> Facts:
        """Return a paper's facts with merges and the directions that people set."""
        moved = {base: redirects[base] for base in facts.bases if base in redirects}
        metrics = {moved.get(base, base) for base in facts.bases if base.startswith(_METRIC)}
        directions = {metric: direction for metric in metrics if (direction := _direction(named.get(metric, ())))}
        if not moved and not directions:
            return facts
        curation = Curation(decisions=decided([facts.paper.id]), redirects=moved, directions=directions)
        return _folded(facts.record, curation)


class _Named:
    """What people decided on entities under any of the ids of their groups, before and after a change."""

    def __init__(self, reader: Reader, log: Log, changed: Mapping[str, str | None], entities: set[str]) -> None:
        merged = reader.merged(sorted(entities)) if entities else {}
        before = {entity: {entity, *merged.get(entity, ())} for entity in entities}
        moved = {*changed}
        after = {
            entity: {entity, *(group - moved), *(each for each, target in changed.items() if target == entity)}
            for entity, group in before.items()
        }
        log.load({key for groups in (before, after) for group in groups.values() for key in group})
        self.before = {entity: found for entity, group in before.items() if (found := log.before(sorted(group)))}
        self.after = {entity: found for entity, group in after.items() if (found := log.after(sorted(group)))}


def _folded(text: str, curation: Curation) -> Facts:
    return assemble(record_from_json(json.loads(text)), curation)


def _direction(decided: Sequence[Decision]) -> str | None:
    return next((str(each.values["direction"]) for each in reversed(decided) if each.kind is DecisionKind.DIRECTION), None)


def miscounted(texts: Iterable[str], counted: Meanings) -> Mapping[tuple[str, str], int]:
    """Return, by (short, long), how many more of these records define an acronym so than were counted; fewer are negative."""
    counts = Counter(pair for text in texts for pair in _folded(text, Curation()).meanings)
    counts.subtract({(short, long): papers for short, longs in counted.items() for long, papers in longs.items()})
    return counts
