"""Prove a graph: it must equal a rebuild from its extraction records and decisions, and every quote must stand where it says.

The rebuild goes through the same pure fold into an empty store, so it holds all at once: derived BEATS, elected entities,
every fact's paper and evidence, and that nothing dangles or is missing.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from graph.assemble import assemble
from graph.store import Store
from schema.kinds import NodeKind, RelationKind, may_link
from schema.nodes import PaperNode
from schema.record_json import record_from_json

_BATCH = 200
_KINDS = {kind.value for kind in NodeKind}


def check(store: Store, scratch: Store, *, most: int = 100) -> tuple[str, ...]:
    """Return up to `most` sentences, each a way in which the graph breaks its rules; none if it is whole.

    `scratch` is an empty store that the graph is rebuilt in.
    """
    return tuple(islice(_violations(store, scratch), most))


def _violations(store: Store, scratch: Store) -> Iterator[str]:
    yield from _rebuild(store, scratch)
    yield from _differences(store.dump(), scratch.dump())
    yield from _rules(store)


def _rebuild(store: Store, scratch: Store) -> Iterator[str]:
    scratch.decide(tuple(store.decisions()))
    records = store.records()
    while chunk := list(islice(records, _BATCH)):
        facts = []
        for record in chunk:
            try:
                facts.append(assemble(record_from_json(record)))
            except (ValueError, KeyError, TypeError) as error:
                yield f"the extraction record of {record.get('id')!r} can't be folded: {error}"
        scratch.write(facts)


def _differences(found: Iterator[dict[str, Any]], rebuilt: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield what one canonical dump has and the other hasn't, walking both side by side."""
    left, right = next(found, None), next(rebuilt, None)
    while left is not None or right is not None:
        if left is not None and (right is None or _place(left) < _place(right)):
            yield f"{_called(left)} is in the graph, and no extraction record supports it"
            left = next(found, None)
        elif right is not None and (left is None or _place(right) < _place(left)):
            yield f"{_called(right)} is missing, though an extraction record supports it"
            right = next(rebuilt, None)
        else:
            if left != right and left is not None and right is not None:
                names = sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))
                yield f"{_called(left)} differs from its rebuild in {', '.join(names)}"
            left, right = next(found, None), next(rebuilt, None)


def _rules(store: Store) -> Iterator[str]:
    lines = store.dump()
    while chunk := list(islice(lines, _BATCH)):
        ends = {line[end] for line in chunk for end in ("head", "tail", "paper") if line.get(end)}
        nodes = store.get(sorted(ends))
        for line in chunk:
            if "relationship" in line:
                head, tail = nodes.get(line["head"]), nodes.get(line["tail"])
                if head is None or tail is None:
                    yield f"{_called(line)} dangles: {line['tail'] if head else line['head']!r} is not in the graph"
                elif not may_link(RelationKind(line["relationship"]), head.kind, tail.kind):
                    yield f"{_called(line)} may not run from a {head.kind.value} to a {tail.kind.value}"
            elif line["node"] not in _KINDS:
                yield f"{_called(line)} is of no known kind"
            paper = nodes.get(line.get("paper") or "")
            if line.get("quote") is not None and not _quotes(paper, line):
                yield f"{_called(line)} does not quote its paper at [{line['start']}, {line['end']})"


def _quotes(paper: object, line: dict[str, Any]) -> bool:
    if not isinstance(paper, PaperNode):
        return False
    text = f"{paper.title}\n{paper.abstract}"
    return bool(line["quote"]) and text[line["start"] : line["end"]] == line["quote"]


def _place(line: dict[str, Any]) -> tuple[Any, ...]:
    if "node" in line:
        return (0, line["id"])
    scope = (line[name] or "" for name in ("paper", "dataset", "metric"))
    return (1, line["relationship"], line["head"], line["tail"], *scope)


def _called(line: dict[str, Any]) -> str:
    if "node" in line:
        return f"{line['node']} {line['id']!r}"
    return f"{line['relationship']} from {line['head']!r} to {line['tail']!r}"
