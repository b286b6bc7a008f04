"""Any store as a networkx graph and back, and the questions that networkx answers: what is central, and what speaks of it.

The whole graph is held in memory: some 2 kB a node and relationship. For one thing's surroundings, see answers/neighbourhood.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, cast

import networkx as nx

from graph.assemble import assemble
from graph.store import Store, Written
from schema.kinds import NodeKind
from schema.record_json import record_from_json

_BATCH = 500
_SENTENCE = ("paper", "quote", "start", "end")


def to_networkx(store: Store) -> "nx.MultiDiGraph[str]":
    """Return the graph of a store: nodes by id with their fields (`node` is the kind), edges keyed by type, paper, dataset and
    metric with their properties, and each paper's extraction record as JSON text in `record`."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for line in store.dump():
        if "node" in line:
            graph.add_node(line["id"], **line)
        else:
            graph.add_edge(line["head"], line["tail"], key=_edge_key(line), **line)
    for record in store.records():
        paper = assemble(record_from_json(record)).paper.id
        graph.nodes[paper]["record"] = json.dumps(record, ensure_ascii=False)
    return graph


def lines(graph: "nx.MultiDiGraph[str]") -> Iterator[dict[str, Any]]:
    """Yield the graph as the lines of a store's dump, in canonical order."""
    for _, data in _nodes(graph):
        yield {name: value for name, value in data.items() if name != "record"}
    edges = (data for _, _, data in graph.edges(data=True))
    yield from sorted(edges, key=_place)


def from_networkx(graph: "nx.MultiDiGraph[str]", store: Store) -> Written:
    """Write the papers of a graph that `to_networkx` made into a store, and return what changed.

    The records are the truth, so what else was changed in the networkx graph does not reach the store.
    """
    records = (json.loads(data["record"]) for _, data in _nodes(graph) if "record" in data)
    written = unchanged = 0
    while chunk := [assemble(record_from_json(record)) for record in islice(records, _BATCH)]:
        done = store.write(chunk)
        written, unchanged = written + done.written, unchanged + done.unchanged
    return Written(written=written, unchanged=unchanged)


def central(graph: "nx.MultiDiGraph[str]", kinds: Iterable[NodeKind], *, first: int = 10) -> tuple[tuple[str, float], ...]:
    """Return the ids of the most connected nodes of some kinds with their degree centrality: the share of all other nodes
    that they touch, in [0, 1]."""
    wanted = {kind.value for kind in kinds}
    scores: Mapping[str, float] = nx.degree_centrality(nx.Graph(graph))
    some = [(node, scores[node]) for node, data in _nodes(graph) if data["node"] in wanted]
    return tuple(sorted(some, key=lambda item: (-item[1], item[0]))[:first])


def sentence(graph: "nx.MultiDiGraph[str]", node: str) -> dict[str, Any] | None:
    """Return a sentence that speaks of a node, as `paper`, `quote`, `start` and `end`: its own, or the first of what touches
    it; None where only a title does."""
    edges = [data for ways in (graph.out_edges, graph.in_edges) for _, _, data in ways(node, data=True)]
    around = sorted({*graph.successors(node), *graph.predecessors(node)})
    places = [graph.nodes[node], *sorted(edges, key=_place), *(graph.nodes[other] for other in around)]
    return next(({name: place[name] for name in _SENTENCE} for place in places if place.get("quote")), None)


def _place(edge: Mapping[str, Any]) -> tuple[str, ...]:
    return (edge["relationship"], edge["head"], edge["tail"], *_scope(edge))


def _nodes(graph: "nx.MultiDiGraph[str]") -> list[tuple[str, dict[str, Any]]]:
    pairs = cast("Iterable[tuple[str, dict[str, Any]]]", graph.nodes(data=True))
    return sorted(pairs, key=lambda pair: pair[0])


def _edge_key(line: Mapping[str, Any]) -> str:
    return json.dumps([line["relationship"], *_scope(line)])


def _scope(line: Mapping[str, Any]) -> tuple[str, str, str]:
    return (line["paper"] or "", line["dataset"] or "", line["metric"] or "")
