"""From what a person typed to the entity or paper that they mean, or a helpful no."""

import difflib
from collections.abc import Sequence

from graph.request import AllOf, AnyOf, Condition, Op, Request, Sort
from graph.store import Store
from schema.identity import fold, paper_id
from schema.kinds import ENTITY_KINDS, SYSTEMS, NodeKind
from schema.nodes import EntityNode, PaperNode
from schema.records import Paper

_LOOKED_AT = 500

SYSTEM_KINDS = tuple(kind for kind in ENTITY_KINDS if kind in SYSTEMS)


class UnknownName(LookupError):
    """Nothing in the graph goes by this name; `suggestions` are names that do and look like it."""

    def __init__(self, name: str, what: str, suggestions: Sequence[str]) -> None:
        self.name, self.what, self.suggestions = name, what, tuple(suggestions)
        hint = f" Did you mean {' or '.join(map(repr, self.suggestions))}?" if self.suggestions else ""
        super().__init__(f"No {what} called {name!r} is in the graph.{hint}")


class AmbiguousName(LookupError):
    """Several papers go by this name; `ids` tell them apart."""

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        self.name, self.ids = name, tuple(ids)
        super().__init__(f"{len(ids)} papers go by {name!r}; name one by its id: {', '.join(ids)}.")


def entity(store: Store, name: str, kinds: Sequence[NodeKind] = ()) -> EntityNode:
    """Return the entity that a person means by a name, an alias or an id. Raises UnknownName."""
    found = store.named([name], kinds)[name] if name.strip() else ()
    if found:
        return found[0]
    node = store.get([name]).get(name)
    if isinstance(node, EntityNode) and (not kinds or node.kind in kinds):
        return node
    raise UnknownName(name, _noun(kinds), suggestions(store, name, kinds or ENTITY_KINDS))


def paper(store: Store, name: str) -> PaperNode:
    """Return the paper that a person means by its id, its id in the source, or its whole title. Raises UnknownName,
    or AmbiguousName where several papers go by it."""
    ids = [name, paper_id(Paper(title="", abstract="", given_id=name))] if name.strip() else []
    for node in (store.get(ids).get(key) for key in ids):
        if isinstance(node, PaperNode):
            return node
    same = AnyOf((Condition("given_id", Op.EQ, name), Condition("key", Op.EQ, fold(name))))
    found = [node for node in store.find(Request(kinds=(NodeKind.PAPER,), where=same, first=9)) if isinstance(node, PaperNode)]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(name, [node.id for node in found])
    raise UnknownName(name, "paper", suggestions(store, name, (NodeKind.PAPER,)))


def suggestions(store: Store, name: str, kinds: Sequence[NodeKind], first: int = 3) -> tuple[str, ...]:
    """Return names in the graph that look like this one, the likest first."""
    folded = fold(name)
    starts = {prefix: None for prefix in (folded[:3], folded[:1]) if prefix}
    near: dict[str, str] = {}
    for prefix in starts:
        # A range of keys in their order, a kind at a time, is read from an index.
        where = AllOf((Condition("key", Op.GTE, prefix), Condition("key", Op.LT, f"{prefix}\U0010ffff")))
        for kind in kinds:
            for node in store.find(Request(kinds=(kind,), where=where, sort=(Sort("key"),), first=_LOOKED_AT)):
                if isinstance(node, EntityNode | PaperNode):
                    near[node.key] = node.name
    likest = difflib.get_close_matches(folded, near, n=first, cutoff=0.6)
    hits = store.search(name, kinds=kinds, first=first) if not likest else ()
    return tuple(near[key] for key in likest) or tuple(hit.node.name for hit in hits)


def _noun(kinds: Sequence[NodeKind]) -> str:
    if set(kinds) == SYSTEMS:
        return "method or model"
    return kinds[0].value.lower() if len(kinds) == 1 else "entity"
