"""Mentions grouped into entities: which belong together, and the name, label and role of each."""

import pytest

from extractors.entities import introduced_versions
from schema.kinds import NodeKind, Role
from schema.records import Entity, ExtractionRecord
from tests.extractors.conftest import Read

TITLE = "[RainNet|METHOD]: Forecasts with Gates"
INTRODUCED = "We propose [RainNet|METHOD], a net for [rain forecasting|TASK]. [RainNet|METHOD] is better than [GPT-4|MODEL]. "

GROUPS = [
    ("[Gated Recurrent Units|METHOD] ([GRUs|METHOD]) work. A [gated recurrent unit|METHOD] is small.", 1),
    ("[Memory Networks|METHOD] and [Adaptive Memory Networks|METHOD].", 2),
    ("[GPT-3|MODEL] and [GPT-4|MODEL].", 2),
    ("[YOLOv9|MODEL] and [YOLOv9-s|MODEL].", 2),
    ("[miniF2F|DATASET] and its test part, [miniF2F test|DATASET].", 1),
    ("[reinforcement learning|METHOD], that is [RL|METHOD].", 1),
    ("[FOG|METHOD] ([Fast Online Gating|METHOD])", 1),
]


def names(record: ExtractionRecord) -> dict[str, NodeKind]:
    return {entity.name: entity.label for entity in record.entities}


@pytest.mark.parametrize(("abstract", "count"), GROUPS)
def test_mentions_of_one_thing_are_one_entity(read: Read, abstract: str, count: int) -> None:
    assert len(read("A Study", abstract).entities) == count


NAMES = [
    ("[Pointer Networks|METHOD] copy.", "Pointer Network"),
    ("[long short-term memory|METHOD] ([LSTM|METHOD])", "long short-term memory"),
    ("[FOG|METHOD] ([Fast Online Gating|METHOD])", "FOG"),
    ("the [Formal Olympiad Set|DATASET] ([FOS|DATASET])", "FOS"),
    ("on [miniF2F test|DATASET]", "miniF2F"),
    ("higher [accuracies|METRIC]", "accuracy"),
]


@pytest.mark.parametrize(("abstract", "name"), NAMES)
def test_an_entity_has_the_name_that_the_field_writes(read: Read, abstract: str, name: str) -> None:
    assert list(names(read("A Study", abstract))) == [name]


def test_labels_are_voted(read: Read) -> None:
    record = read("A Study", "[Rain|METHOD] here, [Rain|MODEL] there, and [Rain|MODEL] again.")
    assert names(record) == {"Rain": NodeKind.MODEL}


def test_the_paper_introduces_what_its_title_names_and_it_proposes(read: Read) -> None:
    record = read(TITLE, INTRODUCED)
    roles = {entity.name: entity.role for entity in record.entities}
    assert roles["RainNet"] is Role.INTRODUCED
    assert roles["GPT-4"] is Role.USED


def test_an_abbreviation_is_resolved_inside_its_own_paper(read: Read) -> None:
    record = read(
        "[Chain of Rain|METHOD]: Clouds in Code",
        "We propose [Chain of Rain|METHOD] ([CoT|METHOD]). It beats [Chain of Thought|METHOD]. [CoT|METHOD] scales well.",
    )
    forms = {entity.name: set(entity.forms) for entity in record.entities}
    assert forms == {"Chain of Rain": {"Chain of Rain", "CoT"}, "Chain of Thought": {"Chain of Thought"}}


def test_who_introduces_a_system_introduces_its_versions() -> None:
    def entity(name: str, label: NodeKind, role: Role) -> Entity:
        return Entity(name=name, label=label, role=role, forms=(name,), mentions=(), confidence=0.9, rule="test")

    read = introduced_versions(
        [
            entity("Rainer", NodeKind.MODEL, Role.INTRODUCED),
            entity("Rainer 7B", NodeKind.MODEL, Role.USED),
            entity("Snower", NodeKind.MODEL, Role.USED),
            entity("Snower 7B", NodeKind.MODEL, Role.USED),
            entity("Rainer 2", NodeKind.DATASET, Role.USED),
        ]
    )
    assert [e.name for e in read if e.role is Role.INTRODUCED] == ["Rainer", "Rainer 7B"]
