"""What reading papers again would change in a store: facts that would come, go and change, without writing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from extractors.readers import Skipped
from graph.store import Store
from schema.identity import paper_id
from schema.record_json import record_from_json, record_to_json
from schema.records import ExtractionRecord, Paper, confident
from sotagraph.extraction import Outcome

_BATCH = 200
# What makes two readings one fact, by kind; all else of it may change.
_KEYS = {
    "entities": ("label", "name"),
    "results": ("subject", "dataset", "metric", "value", "unit"),
    "claims": ("winner", "loser", "dataset", "polarity"),
    "links": ("head", "type", "tail"),
}
_KIND = {"entities": "entity", "results": "score", "claims": "claim", "links": "link"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One paper: `new` if the store doesn't have it; facts as short texts, with what changes in an altered one."""

    paper: str
    title: str
    new: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    altered: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether anything would."""
        return bool(self.new or self.added or self.removed or self.altered)

    def lines(self) -> Iterator[str]:
        """Yield what a person reads of it; nothing if nothing would change."""
        if self.changed:
            yield f"{self.title} ({self.paper}){', new' if self.new else ''}"
            for sign, facts in (("+", self.added), ("-", self.removed), ("~", self.altered)):
                yield from (f"  {sign} {fact}" for fact in facts)


def papers_of(store: Store) -> Iterator[Paper]:
    """Yield the papers in a store as they were read."""
    return (record_from_json(data).paper for data in store.records())


def differences(store: Store, outcomes: Iterable[Outcome], *, on_skip: Callable[[Skipped], None]) -> Iterator[Difference]:
    """Yield what each record would change, in the order of the records."""
    records = _records(outcomes, on_skip)
    while chunk := tuple(islice(records, _BATCH)):
        ids = [paper_id(record.paper) for record in chunk]
        stored = {paper_id(old.paper): old for old in map(record_from_json, store.records(ids))}
        yield from (_difference(stored.get(paper), record, paper) for paper, record in zip(ids, chunk, strict=True))


def totals(found: Iterable[Difference]) -> dict[str, int]:
    """Return how many papers would change, and how many facts would come, go and change."""
    counts = {"changed": 0, "added": 0, "removed": 0, "altered": 0}
    for each in found:
        counts["changed"] += each.changed
        for name in ("added", "removed", "altered"):
            counts[name] += len(getattr(each, name))
    return counts


def _records(outcomes: Iterable[Outcome], on_skip: Callable[[Skipped], None]) -> Iterator[ExtractionRecord]:
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            on_skip(outcome)
        else:
            yield outcome


def _difference(old: ExtractionRecord | None, new: ExtractionRecord, paper: str) -> Difference:
    before = record_to_json(old) if old else {}
    after = record_to_json(confident(new, old.min_confidence) if old else new)
    added, removed, altered = [], [], []
    for kind in _KEYS:
        was, will = _facts(before.get(kind, ()), kind), _facts(after[kind], kind)
        added += [_told(kind, fact) for key, fact in will.items() if key not in was]
        removed += [_told(kind, fact) for key, fact in was.items() if key not in will]
        for key, fact in will.items():
            if key in was and (slots := _altered(was[key], fact)):
                altered.append(f"{_told(kind, fact)}: {slots}")
    title = " ".join(new.paper.title.split())
    return Difference(
        paper=paper, title=title, new=old is None, added=tuple(added), removed=tuple(removed), altered=tuple(altered)
    )


def _facts(facts: Iterable[Mapping[str, Any]], kind: str) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for fact in facts:
        key = tuple(fact[name] for name in _KEYS[kind])
        # Two facts alike in all of these are told apart by their order.
        found[(*key, sum(each[:-1] == key for each in found))] = fact
    return found


def _altered(was: Mapping[str, Any], will: Mapping[str, Any]) -> str:
    names = [name for name in will if was.get(name) != will[name]]
    return ", ".join(f"{name} {_short(was.get(name))} → {_short(will[name])}" for name in names)


def _short(value: Any) -> str:
    match value:
        case {"text": str(text), "start": int(start)}:
            return f"“{text}” at {start}"
        case list():
            return f"{len(value)} of them" if value and isinstance(value[0], dict) else ", ".join(map(str, value))
        case None:
            return "none"
    return str(value)


def _told(kind: str, fact: Mapping[str, Any]) -> str:
    return f"{_KIND[kind]}: " + ", ".join(f"{name} {fact[name]}" for name in _KEYS[kind] if fact[name] is not None)
