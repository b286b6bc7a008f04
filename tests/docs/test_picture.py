"""The picture of a graph: well-formed whatever the names are, with labels that don't lie on each other, the same each time."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from docs.pictures import draw
from graph.analysis import to_networkx
from graph.assemble import assemble
from graph.sqlite import open_sqlite
from graph.store import Store
from schema.kinds import NodeKind, Role
from schema.records import Entity, ExtractionRecord, Paper, Span

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def store(sample: Path) -> Iterator[Store]:
    opened = open_sqlite(str(sample / "graph.db"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def picture(store: Store) -> str:
    return draw.picture(store)


def test_picture_shows_papers_entities_and_beats(picture: str) -> None:
    svg = ElementTree.fromstring(picture)
    texts = {text.text for text in svg.iter(f"{SVG}text")}
    assert {"Method", "Model", "Dataset", "Metric", "Task", "Paper", "GPT-3", "BERT"} <= texts
    assert len([path for path in svg.iter(f"{SVG}path") if path.get("marker-end")]) > 3
    for circle in svg.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx", -1)) < draw.WIDTH
        assert 0 < float(circle.get("cy", -1)) < draw.HEIGHT


def test_labels_do_not_overlap_stay_inside_and_are_the_same_each_time(store: Store, picture: str) -> None:
    graph = draw.largest_part(to_networkx(store))
    labels = draw.place_labels(graph, draw.places(graph))
    assert all(f'<text x="{label.box.left:.1f}"' in picture for label in labels)
    assert len(labels) > 20
    assert not [(a.text, b.text) for a, b in combinations(labels, 2) if a.box.meets(b.box)]
    assert all(label.box.left > 0 and label.box.right < draw.WIDTH for label in labels)


def test_names_cannot_break_out_of_the_picture(tmp_path: Path) -> None:
    name = "<script>&\"'\x00 B"
    paper = Paper(title=f"{name} </svg>", abstract=name)
    entity = Entity(
        name=name, label=NodeKind.METHOD, role=Role.USED, forms=(name,), mentions=(Span(0, len(name), name),), confidence=1.0, rule="t"
    )  # fmt: skip
    odd = open_sqlite(str(tmp_path / "odd.db"))
    odd.write([assemble(ExtractionRecord(paper=paper, extractor="t/1", entities=(entity,)))])
    texts = [text.text for text in ElementTree.fromstring(draw.picture(odd)).iter(f"{SVG}text")]
    odd.close()
    assert "<script>&\"' B" in texts
