"""The GraphQL types of relationships between papers and entities, and between entities."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from api.context import Item
from api.enums import RelationKind, Role
from api.fields import about, plain
from api.paging import DEFAULT_FIRST, After, First, Page, PageInfo, Place
from api.relations import all_related, one, related
from graph.store import Direction
from schema.kinds import ROLE_RELATION, NodeKind
from schema.nodes import Relationship

if TYPE_CHECKING:
    from api.nodes import Entity, Paper

PaperType = Annotated["Paper", strawberry.lazy("api.nodes")]
EntityType = Annotated["Entity", strawberry.lazy("api.nodes")]

RoleArgument = Annotated[Role | None, strawberry.argument(description="Only papers that do this with it.")]


@strawberry.type(description="A span of a paper's text.")
class Span:
    """Offsets as in schema.records.Span."""

    start: int = about("Where it starts, in code points of title, newline, abstract.")
    end: int = about("Where it ends: behind its last code point.")
    text: str = about("What stands there.")


def role_of(edge: Relationship) -> Role:
    """Return what the paper at the head of a relationship does with the entity at its tail."""
    return next(role for role, kind in ROLE_RELATION.items() if kind == edge.type)


def spans_of(edge: Relationship, paper: Any) -> list[Span]:
    """Return where a paper names the entity at the tail of its relationship."""
    text = f"{paper.title}\n{paper.abstract}"
    starts, ends = cast(Sequence[int], edge.props["starts"]), cast(Sequence[int], edge.props["ends"])
    return [Span(start=start, end=end, text=text[start:end]) for start, end in zip(starts, ends, strict=True)]


@strawberry.type(description="An entity as one paper names it.")
class Mention:
    """A `Place` whose node is the entity and whose `via` is the paper's relationship to it."""

    entity: EntityType = plain(lambda place: place.node, "What is named.")
    role: Role = plain(lambda place: role_of(place.via.node), "What the paper does with it.")
    # The head is the paper, which is always there.
    spans: list[Span] = plain(lambda place: spans_of(place.via.node, one(place.via, "head").node), "Where it is named.")  # type: ignore[union-attr]
    forms: list[str] = plain(lambda place: place.via.node.props["forms"], "The names by which the paper calls it.")
    confidence: float = plain(lambda place: place.via.node.props["confidence"], "How sure the extractor was, from 0 to 1.")
    extractor: str = plain(lambda place: place.via.node.props["extractor"], "Which extractor read it: name/version.")
    rule: str = plain(lambda place: place.via.node.props["rule"], "Which of its rules or models.")


def mentions_of(paper: Item) -> Sequence[Place]:
    """Return what a paper names, in the order in which it first does so."""
    places = all_related(paper, tuple(ROLE_RELATION.values()), Direction.OUT, end="tail")
    return sorted(places, key=lambda place: min(place.via.node.props["starts"], default=0))


@strawberry.type(description="A place in a list of the papers that name an entity.")
class EntityPaperEdge:
    """A `Place` whose node is the paper."""

    cursor: str = about("This place, to go on from.")
    node: PaperType = about("The paper.")
    role: Role = plain(lambda place: role_of(place.via.node), "What the paper does with the entity.")
    spans: list[Span] = plain(lambda place: spans_of(place.via.node, place.node.node), "Where the paper names the entity.")


@strawberry.type(description="One page of the papers that name an entity: those that introduce it, mention it, use it.")
class EntityPaperConnection:
    """A connection whose edges say how the paper names the entity."""

    edges: list[EntityPaperEdge] = about("The page with its cursors.")
    nodes: list[PaperType] = about("The page without cursors.")
    page_info: PageInfo = about("Where the page stands in its list.")
    total_count: int = about("How long the whole list is; counted only when asked for.")


def entity_papers(description: str) -> Any:
    """Return a field that pages through the papers that name an entity."""

    def resolve(root: Any, role: RoleArgument = None, first: First = DEFAULT_FIRST, after: After = None) -> Page:
        types = (ROLE_RELATION[role],) if role else tuple(ROLE_RELATION.values())
        return related(root, types, Direction.IN, first, after, end="head", far=(NodeKind.PAPER,))

    return strawberry.field(resolver=resolve, description=description)


@strawberry.type(
    description="A place in a list of linked entities, with the sentence that links them: one for each paper that says so."
)
class LinkEdge:
    """A `Place` whose `via` is the relationship."""

    cursor: str = about("This place, to go on from.")
    node: EntityType = about("The entity at the other end.")
    type: RelationKind = plain(lambda place: place.via.node.type, "How they are linked.")
    paper: PaperType = plain(lambda place: one(place.via, "paper"), "The paper that says so.")
    quote: str = plain(lambda place: place.via.node.props["quote"], "The sentence that says so.")
    start: int = plain(
        lambda place: place.via.node.props["start"], "Where the quote starts, in code points of title, newline, abstract."
    )
    end: int = plain(lambda place: place.via.node.props["end"], "Where the quote ends.")
    confidence: float = plain(lambda place: place.via.node.props["confidence"], "How sure the extractor was, from 0 to 1.")
    extractor: str = plain(lambda place: place.via.node.props["extractor"], "Which extractor read it: name/version.")
    rule: str = plain(lambda place: place.via.node.props["rule"], "Which of its rules or models.")


@strawberry.type(description="One page of linked entities.")
class LinkConnection:
    """A connection whose edges carry their evidence."""

    edges: list[LinkEdge] = about("The page with its cursors and evidence.")
    nodes: list[EntityType] = about("The page without cursors.")
    page_info: PageInfo = about("Where the page stands in its list.")
    total_count: int = about("How long the whole list is; counted only when asked for.")
