"""The enums of the API; where schema/ has the enum already, that one."""

from enum import StrEnum

import strawberry

from api.shown import Language
from schema.kinds import RelationKind, Role
from schema.records import Aspect, Bound, DeltaKind, Polarity

__all__ = [
    "Aspect",
    "Bound",
    "ContradictionKind",
    "DeltaKind",
    "Kind",
    "MetricBasis",
    "MetricDirection",
    "Polarity",
    "Question",
    "RelationKind",
    "ResultRole",
    "Role",
    "SideClass",
    "SortDirection",
    "Verdict",
]


@strawberry.enum(description="A kind of thing that has a name to be looked up by.")
class Kind(StrEnum):
    """The values are those of schema.kinds.NodeKind."""

    PAPER = "Paper"
    METHOD = "Method"
    MODEL = "Model"
    DATASET = "Dataset"
    METRIC = "Metric"
    TASK = "Task"


@strawberry.enum(description="Which way a list is ordered; what is missing comes last both ways.")
class SortDirection(StrEnum):
    """The spelling of @neo4j/graphql."""

    ASC = "ASC"
    DESC = "DESC"


@strawberry.enum(description="Which values of a metric are the better ones.")
class MetricDirection(StrEnum):
    """UNKNOWN is never ranked."""

    HIGHER = "higher"
    LOWER = "lower"
    UNKNOWN = "unknown"


@strawberry.enum(description="Who a side of a claim is when the abstract does not name it.")
class SideClass(StrEnum):
    """MODEL is the authors' own."""

    MODEL = "model"
    SOTA = "sota"
    PREVIOUS = "previous"
    BASELINE = "baseline"
    HUMAN = "human"


@strawberry.enum(description="What all evidence says of a pair of systems on a benchmark.")
class Verdict(StrEnum):
    """See CONTEXT.md."""

    CLAIMED = "claimed"
    COMPUTED = "computed"
    BOTH = "both"
    CONTRADICTED = "contradicted"
    NOT_COMPARABLE = "not_comparable"
    UNKNOWN = "unknown"


@strawberry.enum(description="A question that can be shown in another language.")
class Question(StrEnum):
    """The files of api/questions."""

    LEADERBOARD = "leaderboard"
    COMPARE = "compare"
    PATHS = "paths"
    BEAT_PATHS = "beat_paths"
    HISTORY = "history"
    CONTRADICTIONS = "contradictions"
    GAPS = "gaps"
    PARETO = "pareto"
    CENTRAL = "central"
    COMMUNITIES = "communities"
    SEARCH = "search"
    STATS = "stats"


@strawberry.enum(description="A sort of disagreement between papers.")
class ContradictionKind(StrEnum):
    """The kinds of graph.answers.contradictions."""

    OPPOSITE = "opposite"
    CYCLE = "cycle"
    TWO_SCORES = "two_scores"
    FLIP = "flip"


@strawberry.enum(description="Whether a result's metric was named in the text or is the benchmark's usual one.")
class MetricBasis(StrEnum):
    """INFERRED fills a gap."""

    STATED = "stated"
    INFERRED = "inferred"


@strawberry.enum(description="Whether a paper reports its own system's score or another's.")
class ResultRole(StrEnum):
    """INTRODUCED: the paper introduces the system."""

    INTRODUCED = "introduced"
    BASELINE = "baseline"


# schema/ stays free of libraries, so its enums get their GraphQL descriptions here.
_DESCRIBED = (
    (Role, "Role", "What a paper does with an entity."),
    (RelationKind, "RelationType", "A kind of relationship in the graph."),
    (Polarity, "Polarity", "What a claim says of its winner against its loser."),
    (Aspect, "Aspect", "What is compared: the score on a benchmark, or a cost such as time or parameters."),
    (Bound, "Bound", "How a printed number limits the true one."),
    (Language, "Language", "In which language a question is shown."),
    (DeltaKind, "DeltaKind", "How a difference was counted."),
)
for _enum, _name, _description in _DESCRIBED:
    strawberry.enum(_enum, name=_name, description=_description)
