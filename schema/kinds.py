"""The kinds of node and relationship a graph may hold, and which ends a relationship may have."""

from enum import StrEnum


class NodeKind(StrEnum):
    """A kind of node; its value is the label in Neo4j and the type name in GraphQL."""

    PAPER = "Paper"
    METHOD = "Method"
    MODEL = "Model"
    DATASET = "Dataset"
    METRIC = "Metric"
    TASK = "Task"
    RESULT = "Result"
    CLAIM = "Claim"


class RelationKind(StrEnum):
    """A kind of relationship; its value is the relationship type in Neo4j."""

    INTRODUCES = "INTRODUCES"
    USES = "USES"
    MENTIONS = "MENTIONS"
    REPORTED_IN = "REPORTED_IN"
    STATED_IN = "STATED_IN"
    OF = "OF"
    ON = "ON"
    BY = "BY"
    WINNER = "WINNER"
    LOSER = "LOSER"
    BASED_ON = "BASED_ON"
    TRAINED_ON = "TRAINED_ON"
    EVALUATED_ON = "EVALUATED_ON"
    DERIVED_FROM = "DERIVED_FROM"
    ADDRESSES = "ADDRESSES"
    VARIANT_OF = "VARIANT_OF"
    BEATS = "BEATS"


class Role(StrEnum):
    """What a paper does with an entity; the relationship from the paper has the same meaning."""

    INTRODUCED = "introduced"
    USED = "used"
    MENTIONED = "mentioned"


ENTITY_KINDS = (NodeKind.METHOD, NodeKind.MODEL, NodeKind.DATASET, NodeKind.METRIC, NodeKind.TASK)

# A name is a method in one abstract and a model in the next, so the two share one identity space.
FAMILY = {
    NodeKind.METHOD: "system",
    NodeKind.MODEL: "system",
    NodeKind.DATASET: "dataset",
    NodeKind.METRIC: "metric",
    NodeKind.TASK: "task",
}

ROLE_RELATION = {
    Role.INTRODUCED: RelationKind.INTRODUCES,
    Role.USED: RelationKind.USES,
    Role.MENTIONED: RelationKind.MENTIONS,
}

SYSTEMS = frozenset({NodeKind.METHOD, NodeKind.MODEL})
LINK_KINDS = (
    RelationKind.BASED_ON,
    RelationKind.TRAINED_ON,
    RelationKind.EVALUATED_ON,
    RelationKind.DERIVED_FROM,
    RelationKind.ADDRESSES,
    RelationKind.USES,
)

_PAPER = frozenset({NodeKind.PAPER})
_ENTITY = frozenset(ENTITY_KINDS)
_RESULT = frozenset({NodeKind.RESULT})
_CLAIM = frozenset({NodeKind.CLAIM})
_FACT = _RESULT | _CLAIM
_DATASET = frozenset({NodeKind.DATASET})
_METRIC = frozenset({NodeKind.METRIC})
_TASK = frozenset({NodeKind.TASK})

Ends = tuple[frozenset[NodeKind], frozenset[NodeKind]]

ALLOWED: dict[RelationKind, Ends] = {
    RelationKind.INTRODUCES: (_PAPER, _ENTITY),
    RelationKind.USES: (_PAPER | SYSTEMS, _ENTITY),
    RelationKind.MENTIONS: (_PAPER, _ENTITY),
    RelationKind.REPORTED_IN: (_RESULT, _PAPER),
    RelationKind.STATED_IN: (_CLAIM, _PAPER),
    RelationKind.OF: (_RESULT, SYSTEMS),
    RelationKind.ON: (_FACT, _DATASET),
    RelationKind.BY: (_FACT, _METRIC),
    RelationKind.WINNER: (_CLAIM, SYSTEMS),
    RelationKind.LOSER: (_CLAIM, SYSTEMS),
    RelationKind.BASED_ON: (SYSTEMS, SYSTEMS),
    RelationKind.TRAINED_ON: (SYSTEMS, _DATASET),
    RelationKind.EVALUATED_ON: (SYSTEMS, _DATASET),
    RelationKind.DERIVED_FROM: (_DATASET, _DATASET),
    RelationKind.ADDRESSES: (SYSTEMS | _DATASET, _TASK),
    RelationKind.VARIANT_OF: (_ENTITY, _ENTITY),
    RelationKind.BEATS: (SYSTEMS, SYSTEMS),
}


def may_link(kind: RelationKind, head: NodeKind, tail: NodeKind) -> bool:
    """Return whether a relationship of this kind may run from a head of one kind to a tail of another."""
    heads, tails = ALLOWED[kind]
    return head in heads and tail in tails
