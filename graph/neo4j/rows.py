"""Nodes and relationships as Neo4j keeps them, and back."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_type_hints

from graph.neo4j.order import ordered, plain
from graph.rows import columns, from_row, read_props
from graph.votes import lookup_keys
from schema.kinds import ENTITY_KINDS, FAMILY, NodeKind, RelationKind
from schema.nodes import ClaimNode, EntityNode, Node, PaperNode, Relationship, ResultNode

ENTITY = "Entity"

# Properties that hold ids or keys: they are kept in the form that sorts alike everywhere.
IDS = frozenset({"id", "key", "paper", "subject", "dataset", "metric", "benchmark", "winner", "loser"})
TEXTS = ("title", "abstract", "name", "aliases")


def label(kind: NodeKind) -> str:
    """Return the label whose ids are unique."""
    return ENTITY if kind in FAMILY else kind.value


LABELS = tuple(dict.fromkeys(map(label, sorted(NodeKind))))


def _fields_with(kind: type) -> frozenset[str]:
    hints = [item for node in (PaperNode, EntityNode, ResultNode, ClaimNode) for item in get_type_hints(node).items()]
    return frozenset(name for name, hint in hints if kind in (hint, *get_args(hint)))


STRINGS, FLOATS, OPTIONAL = _fields_with(str), _fields_with(float), _fields_with(type(None))


def node_row(node: Node) -> dict[str, Any]:
    """Return a node's properties; what is None is absent."""
    row: dict[str, Any] = {}
    for name in columns(node.kind):
        value = getattr(node, name)
        if value is None:
            continue
        if name in IDS:
            row[name] = ordered(value)
        elif name in FLOATS:
            row[name] = float(value)
        else:
            row[name] = value
            if isinstance(value, str) and (key := ordered(value)) != value:
                row[f"{name}_order"] = key
    if isinstance(node, PaperNode | EntityNode) and (words := _unaccented_words(row)):
        row["unaccented"] = words
    return row


def entity_row(entity: EntityNode, votes: str) -> dict[str, Any]:
    """Return an entity's properties with its votes, and the keys that find it but aren't in its id."""
    row = {**node_row(entity), "votes": votes}
    keys = [key for key in lookup_keys(entity) if entity.id != f"{FAMILY[entity.kind]}:{key}"]
    return {**row, "keys": keys} if keys else row


def read_node(row: Mapping[str, Any]) -> Node:
    """Return the node in a row with its `labels` and its properties, `node`."""
    kind = next(NodeKind(name) for name in row["labels"] if name != ENTITY)
    values = {name: plain(value) if name in IDS else value for name, value in row["node"].items()}
    return from_row(kind, values)


def relationship_row(relationship: Relationship) -> dict[str, Any]:
    """Return a relationship's ends and its properties; what is None is absent."""
    props: dict[str, Any] = {name: value for name, value in relationship.props.items() if value is not None}
    for name in ("paper", "dataset", "metric"):
        if (key := getattr(relationship, name)) is not None:
            props[name] = ordered(key)
    head, tail = ordered(relationship.head), ordered(relationship.tail)
    if relationship.type is RelationKind.BEATS:
        # An index of relationships holds their properties only, and pages of BEATS are read in order of their ends.
        props |= {"winner": head, "loser": tail}
    return {"head": head, "tail": tail, "props": props}


def read_relationship(row: Mapping[str, Any]) -> Relationship:
    """Return the relationship in a row with `head`, `type`, `tail` and `props`."""
    props = {name: value for name, value in row["props"].items() if name not in ("winner", "loser")}
    ids = {name: None if (key := props.pop(name, None)) is None else plain(key) for name in ("paper", "dataset", "metric")}
    kind = RelationKind(row["type"])
    return Relationship(head=plain(row["head"]), type=kind, tail=plain(row["tail"]), **ids, props=read_props(props))


def unaccented(text: str) -> str:
    """Return the text without accents and the like.

    >>> unaccented("Poincaré")
    'Poincare'
    """
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def kinds_of_entities(kinds: Iterable[NodeKind]) -> list[str]:
    """Return the labels of those of the kinds that are entities; of all entities if no kind is given."""
    wanted = set(kinds) or set(ENTITY_KINDS)
    return [kind.value for kind in ENTITY_KINDS if kind in wanted]


def _unaccented_words(row: Mapping[str, Any]) -> str:
    texts = [text for name in TEXTS for text in _listed(row.get(name)) if not text.isascii()]
    words = [word for text in texts for word in text.split() if not word.isascii()]
    return " ".join(dict.fromkeys(bare for word in words if (bare := unaccented(word)) != word))


def _listed(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()
