"""The decisions that one change has to know of, before and after those that are new."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from schema.decisions import Decision, DecisionTarget, in_effect

Lookup = Callable[[Sequence[str]], Iterable[Decision]]


class Log:
    """Looks decisions up by what they are keyed to; lives for one change."""

    def __init__(self, lookup: Lookup, decided: Sequence[Decision] = ()) -> None:
        self._lookup = lookup
        known = {each.id for each in lookup([each.id for each in decided])} if decided else set()
        self.new = tuple({each.id: each for each in decided if each.id not in known}.values())
        self._before: dict[str, Decision] = {}
        self._after: dict[str, Decision] = {}
        self._looked: set[str] = set()
        self._indexed: tuple[Mapping[str, Sequence[Decision]], Mapping[str, Sequence[Decision]]] | None = None

    def roots(self) -> tuple[Decision, ...]:
        """Return the decisions whose effect the new ones may change: themselves, or what they undo in the end."""
        self.load(key for each in self.new for key in (each.id, *each.keys))
        roots: dict[str, Decision] = {}
        for each in self.new:
            target: Decision | None = each
            while target and isinstance(target.target, DecisionTarget):
                self.load([target.target.decision])
                target = self._after.get(target.target.decision)
            if target:
                roots[target.id] = target
        self.load(key for root in roots.values() for key in root.keys)
        return tuple(roots.values())

    def load(self, keys: Iterable[str]) -> None:
        """Look up the decisions with these keys, and what undoes them."""
        wanted = {*keys} - self._looked
        while wanted:
            self._looked |= wanted
            found = {each.id: each for each in self._lookup(sorted(wanted))}
            self._before.update(found)
            self._after.update(found)
            self._after.update((each.id, each) for each in self.new if wanted & {each.id, *each.keys})
            self._indexed = None
            wanted = {*self._after} - self._looked

    def before(self, keys: Iterable[str]) -> tuple[Decision, ...]:
        """Return the decisions with one of these keys that were in effect, as they were made."""
        return _keyed(self._index()[0], keys)

    def after(self, keys: Iterable[str]) -> tuple[Decision, ...]:
        """Return those that are in effect from now on."""
        return _keyed(self._index()[1], keys)

    def _index(self) -> tuple[Mapping[str, Sequence[Decision]], Mapping[str, Sequence[Decision]]]:
        if self._indexed is None:
            self._indexed = (_by_key(self._before.values()), _by_key(self._after.values()))
        return self._indexed


def _by_key(decisions: Iterable[Decision]) -> Mapping[str, Sequence[Decision]]:
    index: dict[str, list[Decision]] = defaultdict(list)
    for each in in_effect(decisions):
        for key in each.keys:
            index[key].append(each)
    return index


def _keyed(index: Mapping[str, Sequence[Decision]], keys: Iterable[str]) -> tuple[Decision, ...]:
    found = {each.id: each for key in keys for each in index.get(key, ())}
    return tuple(sorted(found.values(), key=lambda each: each.place))
