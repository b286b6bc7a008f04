"""What surrounds a node: a small picture of the graph around one thing."""

from dataclasses import dataclass

from graph.store import Store
from schema.nodes import Node, Relationship


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgraph:
    """Some nodes and every relationship found between them, in the order of their ids and keys."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]


def neighbourhood(store: Store, node_id: str, *, depth: int = 1, limit: int = 100) -> Subgraph:
    """Return the nodes within `depth` relationships of a node, at most `limit`, the nearest first; none for an unknown id."""
    if node_id not in store.get([node_id]):
        return Subgraph(nodes=(), relationships=())
    reached = {node_id: None}
    relationships: dict[tuple[str, ...], Relationship] = {}
    ring = [node_id]
    for _ in range(depth):
        found = store.edges(ring, first=limit)
        ring = []
        for node in sorted(found):
            for edge in found[node]:
                other = edge.tail if edge.head == node else edge.head
                if other not in reached and len(reached) < limit:
                    reached[other] = None
                    ring.append(other)
                relationships[edge.key] = edge
    within = [edge for edge in relationships.values() if edge.head in reached and edge.tail in reached]
    nodes = store.get(sorted(reached))
    return Subgraph(nodes=tuple(nodes.values()), relationships=tuple(sorted(within, key=lambda edge: edge.key)))
