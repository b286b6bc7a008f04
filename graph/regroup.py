"""Which ids another id stands for, after a change of what papers define or of what people merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from graph.decision_log import Log
from graph.merges import by_acronym, by_people, redirects
from schema.decisions import PairTarget

Meanings = Mapping[str, Mapping[str, int]]


class Groups(Protocol):
    """What is read of the groups as they are; see `graph.refold.Reader`."""

    def meanings(self, shorts: Sequence[str]) -> Meanings:
        """Return, for ids of short forms, how many papers define each as which long one."""
        ...

    def shorts(self, longs: Sequence[str]) -> Iterable[str]:
        """Return the ids of short forms that a paper defines as one of these."""
        ...

    def redirects(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return the ids that stand for merged ids."""
        ...


def regroup(reader: Groups, log: Log, more: Mapping[tuple[str, str], int], pairs: Iterable[str]) -> dict[str, str | None]:
    """Return, by id, which id stands for it from now on where that changes; None for itself again.

    `more` has by (short, long) how many papers more define an acronym so, `pairs` the ids that people decided on. Whole groups
    are looked at, as they were and as they will be, and nothing else.
    """
    defined = _Defined(reader, more)
    seeds = {*pairs, *defined.changed({short for short, _ in more})}
    ids: set[str] = set()
    while seeds:
        ids |= seeds
        log.load(seeds)
        decided = {each.id: each for each in (*log.before(seeds), *log.after(seeds))}
        near = {end for each in decided.values() if isinstance(each.target, PairTarget) for end in each.target.entities}
        seeds = (near | defined.near(seeds)) - ids
    people, apart = by_people(log.after(sorted(ids)))
    then = redirects((*people, *by_acronym(defined.after(ids))), apart)
    now = reader.redirects(sorted(ids)) if ids else {}
    return {each: then.get(each) for each in sorted(ids) if now.get(each) != then.get(each)}


class _Defined:
    """What short forms mean before and after; lives for one change."""

    def __init__(self, reader: Groups, more: Mapping[tuple[str, str], int]) -> None:
        self._reader = reader
        self._more: dict[str, dict[str, int]] = defaultdict(dict)
        for (short, long), count in more.items():
            self._more[short][long] = count
        self._before: dict[str, Mapping[str, int]] = {}

    def changed(self, shorts: set[str]) -> set[str]:
        """Return the ends of the merges by acronym that come or go with these short forms."""
        self._load(shorts)
        return {
            end
            for short in shorts
            if self._one(short, after=False) != self._one(short, after=True)
            for end in self._ends(short)
        }

    def near(self, ids: set[str]) -> set[str]:
        """Return what an acronym joins to these ids, before or after."""
        shorts = {*ids, *self._reader.shorts(sorted(ids)), *(short for short in self._more if ids & self._more[short].keys())}
        self._load(shorts)
        return {end for short in shorts if ids & (ends := self._ends(short)) for end in ends}

    def after(self, shorts: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return what short forms mean after the change."""
        return {short: means for short in shorts if (means := self._means(short))}

    def _load(self, shorts: set[str]) -> None:
        wanted = sorted(shorts - self._before.keys())
        if wanted:
            self._before.update({short: {} for short in wanted} | dict(self._reader.meanings(wanted)))

    def _means(self, short: str) -> dict[str, int]:
        means = dict(self._before.get(short, {}))
        for long, count in self._more.get(short, {}).items():
            means[long] = means.get(long, 0) + count
        return {long: count for long, count in sorted(means.items()) if count > 0}

    def _one(self, short: str, *, after: bool) -> str | None:
        means = self._means(short) if after else self._before.get(short, {})
        return next(iter(means)) if len(means) == 1 and short not in means else None

    def _ends(self, short: str) -> set[str]:
        longs = {self._one(short, after=False), self._one(short, after=True)} - {None}
        return {short, *filter(None, longs)} if longs else set()
