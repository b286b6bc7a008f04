"""The picture of a page's graph: `SOTAGRAPH_TEST_DATA=folder python -m docs.pictures.draw` writes docs/pictures/page.svg.

Papers are small grey dots, entities are coloured by kind and as large as the number of papers that name them, and BEATS
stand out. Only the largest connected part is drawn. The same graph gives the same picture.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot, sqrt
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import networkx as nx

from extractors.readers import read_papers
from graph.analysis import to_networkx
from graph.store import Store
from sotagraph.extraction import Reader, extracted
from sotagraph.ingest import ingest
from sotagraph.settings import Settings
from sotagraph.wiring import open_store

Points = dict[str, tuple[float, float]]

PICTURE = Path(__file__).parent / "page.svg"
WIDTH, HEIGHT, MARGIN, LEGEND = 1400, 1000, 50, 46
LABELS = 44
SEED = 11
COLOURS = {"Method": "#4477aa", "Model": "#66ccee", "Dataset": "#228833", "Metric": "#ccbb44", "Task": "#aa3377"}
BEATS, PAPER, LINE, INK = "#d9480f", "#a8adb5", "#d3d7dd", "#20242a"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something drawn takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether the two share more than an edge."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """A text in its place."""

    text: str
    box: Box
    size: float
    colour: str


Wish = tuple[str, float, str, Sequence[Box]]  # text, size, colour, and the places it may take


def main(folder: Path) -> None:
    """Write the picture of the page in a folder."""
    with tempfile.TemporaryDirectory() as scratch, open_store(f"{scratch}/page.db", Settings()) as store:
        with (folder / "seed-page.txt").open("rb") as page:
            ingest(extracted(read_papers(page, name="seed-page.txt"), Reader()), store)
        PICTURE.write_text(picture(store), encoding="utf-8")


def picture(store: Store) -> str:
    """Return the SVG of what a store holds."""
    graph = largest_part(to_networkx(store))
    at = places(graph)
    labels = place_labels(graph, at)
    parts = [*_lines(graph, at), *_arrows(graph, at), *_dots(graph, at), *map(_label, labels), *_legend()]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Helvetica,Arial,sans-serif">',
            "<title>Papers, methods, models, datasets, metrics and tasks of one page, and who beats whom</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="5" markerHeight="5" orient="auto">'
            f'<path d="M0,0 L10,5 L0,10 z" fill="{BEATS}"/></marker></defs>',
            *parts,
            "</svg>\n",
        ]
    )


def radius(node: Mapping[str, Any]) -> float:
    """Return how large a node is drawn: its area grows with its papers."""
    return 3.0 if node["node"] == "Paper" else 3.0 + 3.2 * sqrt(node["papers"])


def place_labels(graph: "nx.MultiDiGraph[str]", at: Points) -> list[Label]:
    """Return the labels of arrows, of what they join, and of the entities that most papers name, each where it hits no other
    label and as few dots as may be; one that finds no place is left out."""
    dots = [_around(at[node], radius(graph.nodes[node])) for node in graph]
    placed: list[Label] = []
    for text, size, colour, places in (*_captions(graph, at), *_names(graph, at)):
        free = [
            (sum(box.meets(dot) for dot in dots), order, box)
            for order, box in enumerate(places)
            if _inside(box) and not any(box.meets(label.box) for label in placed)
        ]
        if free:
            placed.append(Label(text, min(free, key=lambda place: place[:2])[2], size, colour))
    return placed


def _captions(graph: "nx.MultiDiGraph[str]", at: Points) -> Iterator[Wish]:
    for (head, tail), where in sorted(_beats(graph).items()):
        text, size = "on " + ", ".join(sorted(where)), 12.0
        (x1, y1), (x2, y2), (bend_x, bend_y) = at[head], at[tail], _bend(at[head], at[tail])
        middle = (x1 / 4 + bend_x / 2 + x2 / 4, y1 / 4 + bend_y / 2 + y2 / 4)
        yield text, size, BEATS, tuple(_places(middle, 0.0, text, size))


def _names(graph: "nx.MultiDiGraph[str]", at: Points) -> Iterator[Wish]:
    degree = dict(nx.Graph(graph).degree())
    entities = [node for node in graph if graph.nodes[node]["node"] in COLOURS]
    compared = {end for pair in _beats(graph) for end in pair}
    for node in sorted(entities, key=lambda node: (node not in compared, -graph.nodes[node]["papers"], -degree[node], node))[
        :LABELS
    ]:
        text, size = _called(graph, node), 12.0 + min(graph.nodes[node]["papers"], 12) * 0.55
        yield text, size, INK, tuple(_places(at[node], radius(graph.nodes[node]), text, size))


def _beats(graph: "nx.MultiDiGraph[str]") -> dict[tuple[str, str], set[str]]:
    """Return {(winner, loser): names of the datasets}."""
    pairs: dict[tuple[str, str], set[str]] = {}
    for head, tail, data in graph.edges(data=True):
        if data["relationship"] == "BEATS":
            pairs.setdefault((head, tail), set()).add(_called(graph, data["dataset"]))
    return pairs


def largest_part(graph: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """Return the papers and entities of the largest connected part, without results and claims."""
    # Results and claims are left out: BEATS and links show what they say.
    shown = graph.subgraph(node for node in graph if graph.nodes[node]["node"] in {*COLOURS, "Paper"})
    parts = nx.connected_components(shown.to_undirected(as_view=True))
    kept = max(parts, key=lambda part: (len(part), min(part)), default=set())
    ordered: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ordered.add_nodes_from((node, graph.nodes[node]) for node in sorted(kept))
    ordered.add_edges_from((head, tail, data) for head, tail, data in shown.edges(data=True) if head in kept)
    return ordered


def places(graph: "nx.MultiDiGraph[str]") -> Points:
    """Return where each node is drawn."""
    return _apart(graph, _spread(graph))


def _spread(graph: "nx.MultiDiGraph[str]") -> Points:
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((head, tail) for head, tail in graph.edges() if head != tail)
    raw = nx.spring_layout(plain, seed=SEED, iterations=400, k=3.4 / sqrt(max(len(plain), 1)))
    # Ranks instead of places would lose the shape, places alone leave the middle crowded: some of each.
    xs, ys = _evened({n: float(p[0]) for n, p in raw.items()}), _evened({n: float(p[1]) for n, p in raw.items()})
    width, height = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN - LEGEND
    return {node: (MARGIN + xs[node] * width, MARGIN + ys[node] * height) for node in plain}


def _evened(values: Mapping[str, float]) -> dict[str, float]:
    low, high = min(values.values(), default=0.0), max(values.values(), default=1.0)
    ranks = {node: rank for rank, node in enumerate(sorted(values, key=lambda node: (values[node], node)))}
    last = max(len(values) - 1, 1)
    return {node: (0.3 * (value - low) / ((high - low) or 1.0) + 0.7 * ranks[node] / last) for node, value in values.items()}


def _apart(graph: "nx.MultiDiGraph[str]", at: Points, *, gap: float = 5.0) -> Points:
    """Return the points with dots pushed off each other and kept inside the picture."""
    moved = dict(at)
    for _ in range(60):
        before = dict(moved)
        for a, b in combinations(moved, 2):
            need = radius(graph.nodes[a]) + radius(graph.nodes[b]) + gap
            (ax, ay), (bx, by) = moved[a], moved[b]
            distance = hypot(bx - ax, by - ay) or 0.01
            if distance < need:
                push = (need - distance) / 2 / distance
                dx, dy = (bx - ax) * push, (by - ay) * push
                moved[a], moved[b] = (ax - dx, ay - dy), (bx + dx, by + dy)
        if moved == before:
            break
    return {
        node: (min(max(x, MARGIN), WIDTH - MARGIN), min(max(y, MARGIN), HEIGHT - MARGIN - LEGEND))
        for node, (x, y) in moved.items()
    }


def _around(point: tuple[float, float], size: float) -> Box:
    return Box(point[0] - size, point[1] - size, point[0] + size, point[1] + size)


def _places(point: tuple[float, float], size: float, text: str, font: float) -> Iterator[Box]:
    """Yield the boxes a label may take, the best first: right, left, above, below, then the corners."""
    (x, y), high, gap = point, font * 1.15, size + 3
    wide = font * sum(0.74 if character.isupper() else 0.58 for character in text)
    corners = [
        (x + gap, y - high / 2), (x - gap - wide, y - high / 2), (x - wide / 2, y - gap - high), (x - wide / 2, y + gap),
        (x + gap, y - gap - high), (x + gap, y + gap), (x - gap - wide, y - gap - high), (x - gap - wide, y + gap),
    ]  # fmt: skip
    for left, top in corners:
        yield Box(left, top, left + wide, top + high)


def _inside(box: Box) -> bool:
    return box.left >= 4 and box.right <= WIDTH - 4 and box.top >= 4 and box.bottom <= HEIGHT - LEGEND


def _lines(graph: "nx.MultiDiGraph[str]", at: Points) -> Iterator[str]:
    for head, tail in sorted({(min(edge), max(edge)) for edge in graph.edges()}):
        (x1, y1), (x2, y2) = at[head], at[tail]
        yield f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{LINE}"/>'


def _arrows(graph: "nx.MultiDiGraph[str]", at: Points) -> Iterator[str]:
    for head, tail in sorted(_beats(graph)):
        (x1, y1), (x2, y2), (bend_x, bend_y) = at[head], at[tail], _bend(at[head], at[tail])
        # The tip stops at the loser's rim, coming from the bend.
        length = hypot(x2 - bend_x, y2 - bend_y) or 1.0
        short = (radius(graph.nodes[tail]) + 1) / length
        x2, y2 = x2 - (x2 - bend_x) * short, y2 - (y2 - bend_y) * short
        curve = f"M{x1:.1f},{y1:.1f} Q{bend_x:.1f},{bend_y:.1f} {x2:.1f},{y2:.1f}"
        yield f'<path d="{curve}" fill="none" stroke="{BEATS}" stroke-width="2.5" marker-end="url(#tip)"/>'


def _bend(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    (x1, y1), (x2, y2) = start, end
    return (x1 + x2) / 2 - (y2 - y1) * 0.2, (y1 + y2) / 2 + (x2 - x1) * 0.2


def _dots(graph: "nx.MultiDiGraph[str]", at: Points) -> Iterator[str]:
    for node in sorted(graph, key=lambda node: (-radius(graph.nodes[node]), node)):
        data, (x, y) = graph.nodes[node], at[node]
        colour = COLOURS.get(data["node"], PAPER)
        tip = escape(_printable(data.get("title") or f"{data['node']}: {data['name']}"))
        place = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius(data):.1f}"'
        yield f'<circle {place} fill="{colour}" stroke="#ffffff"><title>{tip}</title></circle>'


def _label(label: Label) -> str:
    return _text(label.box.left, label.box.bottom - label.size * 0.28, label.text, label.size, label.colour, halo=True)


def _legend() -> Iterable[str]:
    y, x = HEIGHT - LEGEND / 2, MARGIN
    for name, colour in (*COLOURS.items(), ("Paper", PAPER)):
        yield f'<circle cx="{x}" cy="{y}" r="7" fill="{colour}"/>'
        yield _text(x + 13, y + 5, name, 15)
        x += 110
    yield f'<path d="M{x},{y} h34" stroke="{BEATS}" stroke-width="2.5" marker-end="url(#tip)"/>'
    yield _text(x + 44, y + 5, "beats, by one paper's word or scores", 15)
    yield _text(x + 345, y + 5, "larger: named by more papers", 15)


def _text(x: float, y: float, text: str, size: float, colour: str = INK, *, halo: bool = False) -> str:
    white = ' stroke="#ffffff" stroke-width="3.5" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" fill="{colour}"{white}>{escape(text)}</text>'


def _called(graph: "nx.MultiDiGraph[str]", node: str) -> str:
    name = _printable(graph.nodes[node]["name"])
    return name if len(name) <= 32 else name[:31] + "…"


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


if __name__ == "__main__":
    data = os.environ.get("SOTAGRAPH_TEST_DATA")
    if not data:
        sys.exit("Set SOTAGRAPH_TEST_DATA to the folder that holds seed-page.txt.")
    main(Path(data))
