"""What the web of BEATS looks like as a whole: which systems are compared with each other, and which are compared most.

All BEATS are held in memory. Central is not the same as good: whoever is the usual baseline is central.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.answers.lookup import entity
from graph.answers.sentences import sentences_of
from graph.store import Store
from schema.kinds import NodeKind
from schema.nodes import ClaimNode, EntityNode, Relationship, ResultNode

_PAGE = 2_000
_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Central:
    """A system with the share of all compared systems that it is compared with, its PageRank along "is beaten by", and the
    facts of one of the comparisons that count."""

    system: EntityNode
    degree: float
    rank: float
    evidence: tuple[ClaimNode | ResultNode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Systems that are compared with each other more than with others: how many, the most compared of them, the datasets
    that they meet on, most used first, and for each system named the facts of one comparison with another of them."""

    size: int
    systems: tuple[EntityNode, ...]
    datasets: tuple[EntityNode, ...]
    evidence: tuple[ClaimNode | ResultNode, ...]


def central(store: Store, *, on: str | None = None, first: int = 10) -> tuple[Central, ...]:
    """Return the most compared systems, of one dataset if named. Raises UnknownName."""
    edges = list(_edges(store, on))
    graph = _graph(edges)
    degrees = nx.degree_centrality(graph.to_undirected())
    ranks = _page_rank(graph)
    best = sorted(degrees, key=lambda key: (-degrees[key], -ranks[key], key))[:first]
    nodes = store.get(best)
    shown = _one_of_each(edges, best)
    quoted = sentences_of(store, list(shown.values()))
    return tuple(
        Central(system=node, degree=degrees[key], rank=ranks[key], evidence=quoted[shown[key].key])
        for key in best
        if isinstance(node := nodes.get(key), EntityNode)
    )


def communities(store: Store, *, on: str | None = None, first: int = 10) -> tuple[Community, ...]:
    """Return the largest communities of compared systems (Louvain, with a fixed seed), of one dataset if named."""
    edges = list(_edges(store, on))
    graph = _graph(edges).to_undirected()
    found = nx.community.louvain_communities(graph, seed=0) if len(graph) else []
    largest = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))[:first]
    used: dict[tuple[str, str], int] = defaultdict(int)
    place = {key: str(number) for number, part in enumerate(largest) for key in part}
    within = [edge for edge in edges if edge.head in place and place[edge.head] == place.get(edge.tail)]
    for edge in within:
        used[(place[edge.head], edge.dataset or "")] += 1
    shown = [sorted(part, key=lambda key: (-graph.degree(key), key))[:_NAMED] for part in largest]
    told = [tuple(dict.fromkeys(_one_of_each(within, part).values())) for part in shown]
    quoted = sentences_of(store, [edge for part in told for edge in part])
    places = [
        [on for (number, on), _ in sorted(used.items(), key=lambda item: (-item[1], item[0])) if number == str(at)][:_NAMED]
        for at in range(len(largest))
    ]
    nodes = store.get(sorted({key for keys in (*shown, *places) for key in keys}))

    def named(keys: list[str]) -> tuple[EntityNode, ...]:
        return tuple(node for key in keys if isinstance(node := nodes.get(key), EntityNode))

    return tuple(
        Community(
            size=len(part),
            systems=named(systems),
            datasets=named(datasets),
            evidence=tuple(dict.fromkeys(fact for edge in each for fact in quoted[edge.key])),
        )
        for part, systems, datasets, each in zip(largest, shown, places, told, strict=True)
    )


def _edges(store: Store, on: str | None) -> Iterator[Relationship]:
    dataset = entity(store, on, (NodeKind.DATASET,)).id if on else None
    after = None
    while page := store.beats(dataset=dataset, first=_PAGE, after=after):
        yield from page
        after = page[-1].key


def _one_of_each(edges: Sequence[Relationship], systems: Sequence[str]) -> dict[str, Relationship]:
    """Return, for each of these systems, the first edge that has it."""
    found: dict[str, Relationship] = {}
    for edge in edges:
        found.setdefault(edge.head, edge)
        found.setdefault(edge.tail, edge)
    return {system: found[system] for system in systems if system in found}


def _graph(edges: Sequence[Relationship]) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted({(edge.tail, edge.head) for edge in edges}))
    return graph


def _page_rank(graph: "nx.DiGraph[str]", *, damping: float = 0.85, rounds: int = 50) -> dict[str, float]:
    """Return the PageRank of each node, by power iteration: networkx's own needs scipy."""
    count = len(graph)
    ranks = dict.fromkeys(graph, 1 / count) if count else {}
    for _ in range(rounds):
        loose = sum(rank for node, rank in ranks.items() if not graph.out_degree(node))
        base = (1 - damping + damping * loose) / count if count else 0
        spread: dict[str, float] = dict.fromkeys(graph, base)
        for node, rank in ranks.items():
            for better in graph[node]:
                spread[better] += damping * rank / graph.out_degree(node)
        ranks = spread
    return ranks
