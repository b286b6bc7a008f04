"""Which kinds of node a relationship may join."""

from itertools import product

import pytest

from schema.kinds import (
    ALLOWED,
    ENTITY_KINDS,
    FAMILY,
    LINK_KINDS,
    ROLE_RELATION,
    NodeKind,
    RelationKind,
    Role,
    may_link,
)

LETTER = {
    "P": NodeKind.PAPER,
    "H": NodeKind.METHOD,
    "O": NodeKind.MODEL,
    "D": NodeKind.DATASET,
    "X": NodeKind.METRIC,
    "T": NodeKind.TASK,
    "R": NodeKind.RESULT,
    "C": NodeKind.CLAIM,
}

# Written out a second time and by hand: a changed end has to be meant twice.
ENDS = {
    "INTRODUCES": ("P", "HODXT"),
    "USES": ("PHO", "HODXT"),
    "MENTIONS": ("P", "HODXT"),
    "REPORTED_IN": ("R", "P"),
    "STATED_IN": ("C", "P"),
    "OF": ("R", "HO"),
    "ON": ("RC", "D"),
    "BY": ("RC", "X"),
    "WINNER": ("C", "HO"),
    "LOSER": ("C", "HO"),
    "BASED_ON": ("HO", "HO"),
    "TRAINED_ON": ("HO", "D"),
    "EVALUATED_ON": ("HO", "D"),
    "DERIVED_FROM": ("D", "D"),
    "ADDRESSES": ("HOD", "T"),
    "VARIANT_OF": ("HODXT", "HODXT"),
    "BEATS": ("HO", "HO"),
}


@pytest.mark.parametrize("kind", RelationKind)
def test_every_pair_of_ends(kind: RelationKind) -> None:
    heads, tails = ({LETTER[letter] for letter in letters} for letters in ENDS[kind.value])
    allowed = {(head, tail) for head, tail in product(NodeKind, NodeKind) if may_link(kind, head, tail)}
    assert allowed == set(product(heads, tails))


def test_every_relationship_has_its_ends() -> None:
    assert set(ALLOWED) == set(RelationKind) == set(map(RelationKind, ENDS))


def test_every_entity_kind_has_a_family_and_systems_share_one() -> None:
    assert set(FAMILY) == set(ENTITY_KINDS)
    assert FAMILY[NodeKind.METHOD] == FAMILY[NodeKind.MODEL]
    assert len(set(FAMILY.values())) == len(ENTITY_KINDS) - 1


@pytest.mark.parametrize("kind", ENTITY_KINDS)
@pytest.mark.parametrize("role", Role)
def test_a_paper_may_stand_to_any_entity_in_any_role(role: Role, kind: NodeKind) -> None:
    assert may_link(ROLE_RELATION[role], NodeKind.PAPER, kind)


@pytest.mark.parametrize("kind", LINK_KINDS)
def test_links_join_entities(kind: RelationKind) -> None:
    assert any(may_link(kind, head, tail) for head, tail in product(ENTITY_KINDS, ENTITY_KINDS))
