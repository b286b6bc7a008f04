"""The GraphQL types of papers and entities; a resolver meets each as an `Item` around the node of the same kind."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.context import Item
from api.enums import MetricDirection
from api.fields import about, beats_field, claims_field, links, plain, results_field
from api.paging import Connection
from api.relations import all_related, facts_of_paper
from api.views import EntityPaperConnection, LinkConnection, Mention, entity_papers, mentions_of
from graph.store import Direction
from schema.kinds import NodeKind, RelationKind

if TYPE_CHECKING:
    from api.facts import Beats, Claim, Result

ResultType = Annotated["Result", strawberry.lazy("api.facts")]
ClaimType = Annotated["Claim", strawberry.lazy("api.facts")]
BeatsType = Annotated["Beats", strawberry.lazy("api.facts")]

_ENDS = ("winner", "loser")


@strawberry.interface(description="Anything in the graph that has an id.")
class Node:
    """Papers, entities, results and claims."""

    id: strawberry.ID = about("The id, the same in every store and on every machine, such as system:gpt4.")
    name: str = about("A short caption.")

    @classmethod
    def is_type_of(cls, source: Any, _info: Any) -> bool:
        """Return whether a row is shown as this type."""
        return type(source) is Item and str(source.node.kind) == cls.__name__

    @classmethod
    def resolve_type(cls, source: Any, _info: Any, _type: Any) -> str:
        """Return the name of the type as which a row is shown."""
        return str(source.node.kind)


@strawberry.interface(description="A method, model, dataset, metric or task: one node for one thing.")
class Entity(Node):
    """See schema.nodes.EntityNode."""

    aliases: list[str] = about("The other names it goes by.")
    paper_count: int = plain(lambda item: item.node.papers, "How many papers name it.")
    papers: EntityPaperConnection = entity_papers("The papers that name it.")


@strawberry.interface(description="A method or model: what gets scores, and beats or is beaten.")
class System(Entity):
    """Methods and models share one space of ids: a name may be the one in one abstract and the other in the next."""

    results: Connection[ResultType] = results_field("subject", description="The scores that papers state of it.")
    claims: Connection[ClaimType] = claims_field(*_ENDS, description="The comparisons in which it is a side.")
    beats: Connection[BeatsType] = beats_field(description="Whom it beats, each on its benchmark.")
    beaten_by: Connection[BeatsType] = beats_field(back=True, description="Who beats it, each on its benchmark.")
    based_on: LinkConnection = links(RelationKind.BASED_ON, description="What it is built from or on.")
    uses: LinkConnection = links(RelationKind.USES, description="What it uses.")
    used_by: LinkConnection = links(
        RelationKind.BASED_ON, RelationKind.USES, back=True, description="The systems that are based on it or use it."
    )
    trained_on: LinkConnection = links(RelationKind.TRAINED_ON, description="The datasets that it was trained on.")
    evaluated_on: LinkConnection = links(RelationKind.EVALUATED_ON, description="The datasets that it was evaluated on.")
    addresses: LinkConnection = links(RelationKind.ADDRESSES, description="The tasks that it addresses.")
    variant_of: LinkConnection = links(RelationKind.VARIANT_OF, description="What it is a size or version of.")
    variants: LinkConnection = links(RelationKind.VARIANT_OF, back=True, description="Its sizes and versions.")


@strawberry.type(description="A way of doing something, such as Chain of Thought.")
class Method(System):
    """An entity that most papers call a method."""


@strawberry.type(description="A trained or trainable model, such as BERT.")
class Model(System):
    """An entity that most papers call a model."""

    size: str | None = about("The size in its name, such as 7B.")
    version: str | None = about("The version in its name.")


@strawberry.type(description="A dataset or benchmark, such as MATH.")
class Dataset(Entity):
    """Splits and variants are kept on results and claims."""

    results: Connection[ResultType] = results_field("dataset", description="The scores on it.")
    claims: Connection[ClaimType] = claims_field("dataset", description="The comparisons on it.")
    used_by: LinkConnection = links(
        RelationKind.EVALUATED_ON,
        RelationKind.TRAINED_ON,
        RelationKind.USES,
        back=True,
        description="The systems that were evaluated or trained on it, or use it.",
    )
    derived_from: LinkConnection = links(RelationKind.DERIVED_FROM, description="The datasets that it was made from.")
    addresses: LinkConnection = links(RelationKind.ADDRESSES, description="The tasks that it is for.")


@strawberry.type(description="What is measured, such as accuracy.")
class Metric(Entity):
    """A metric with its parameters, such as pass@1."""

    direction: MetricDirection | None = about("Which of its values are the better ones.")
    unit: str | None = about("The unit of its canonical values.")
    min: float | None = about("The least value it can have.")
    max: float | None = about("The greatest value it can have.")
    parameters: str | None = about("Its parameters, such as k=10.")
    results: Connection[ResultType] = results_field("metric", description="The scores by it.")
    claims: Connection[ClaimType] = claims_field("metric", description="The comparisons by it.")


@strawberry.type(description="A task, such as machine translation.")
class Task(Entity):
    """What systems and datasets address."""

    addressed_by: LinkConnection = links(RelationKind.ADDRESSES, back=True, description="The systems and datasets for it.")


@strawberry.type(description="A paper: its title and abstract, and what was read in them.")
class Paper(Node):
    """See schema.nodes.PaperNode."""

    title: str = about("The title as read.")
    abstract: str = about("The abstract as read.")
    given_id: str | None = about("The id in its source.")
    year: int | None = about("The year of publication.")
    date: str | None = about("The date as precisely as known: 2024, 2024-05 or 2024-05-17.")
    url: str | None = about("Where to read it.")
    arxiv_id: str | None = about("The arXiv id.")
    doi: str | None = about("The DOI.")
    venue: str | None = about("Where it was published.")
    authors: list[str] = about("Its authors in order.")
    source: str = about("The collection it came from.")
    results: list[ResultType] = plain(
        lambda item: facts_of_paper(item, NodeKind.RESULT), "The scores that it states, in the order of its text."
    )
    claims: list[ClaimType] = plain(
        lambda item: facts_of_paper(item, NodeKind.CLAIM), "The comparisons that it states, in the order of its text."
    )
    introduces: list[Entity] = plain(
        lambda item: [place.node for place in all_related(item, (RelationKind.INTRODUCES,), Direction.OUT, end="tail")],
        "What it is the first to name.",
    )
    mentions: list[Mention] = plain(mentions_of, "What it names, with the spans, in the order of its text.")
