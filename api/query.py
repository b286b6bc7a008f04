"""The questions: resolvers that hand the store or graph.answers a request and show what comes back."""

from functools import partial
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.analyses import Analyses
from api.answers import Comparison, Leaderboard, SearchConnection, Stats, Subgraph, answer
from api.context import Answer, Cohort, Info, Item
from api.dates import Date
from api.enums import Kind
from api.errors import NotFound, Refused
from api.facts import Beats
from api.fields import shown_as
from api.jobs import Job
from api.lists import Lists
from api.nodes import Entity, Node, Paper
from api.paging import DEFAULT_FIRST, MAX_FIRST, After, Connection, First, Page, Place, decode, encode, page_of, size
from api.relations import nodes as load_nodes
from graph.answers import lookup
from graph.answers.compare import compare
from graph.answers.leaderboard import board
from graph.answers.neighbourhood import neighbourhood
from graph.request import AnyOf, Condition, Op, Request
from schema.identity import paper_id
from schema.kinds import NodeKind
from schema.records import Paper as PaperRecord


def _argument(description: str) -> Any:
    return strawberry.argument(description=description)


Text = Annotated[str, _argument("Words that must all occur; no character in them is an operator.")]
Id = Annotated[strawberry.ID, _argument("An id, such as system:gpt4 or arxiv:2402.14804.")]
Ids = Annotated[list[strawberry.ID], _argument(f"Ids, at most {MAX_FIRST}.")]
Name = Annotated[str, _argument("A name, an alias or an id.")]
System = Annotated[str, _argument("A method or model: its name, an alias or its id.")]
AnySystem = Annotated[str | None, _argument("A method or model: its name, an alias or its id; any if not given.")]
On = Annotated[str | None, _argument("Only on this dataset: its name, an alias or its id.")]
AsOf = Annotated[Date | None, _argument("Only what was known then.")]

_MAX_DEPTH, _MAX_NODES, _MAX_OFFSET, _MAX_TEXT = 3, 200, 10_000, 500


@strawberry.input(one_of=True, description="A key of one paper.")
class PaperKey:
    """What papers are known by in the world."""

    id: strawberry.ID | None = strawberry.field(default=UNSET, description="The id in this graph.")
    arxiv_id: str | None = strawberry.field(default=UNSET, description="The arXiv id, with or without a version.")
    doi: str | None = strawberry.field(default=UNSET, description="The DOI.")


@strawberry.type(description="What can be asked.")
class Query(Lists, Analyses):
    """The root of every query."""

    @shown_as(Node | None, "The node with an id; null if there is none.")
    def node(self, info: Info, id: Id) -> Item | None:
        return load_nodes(info.context, [id]).get(id)

    @shown_as(list[Node | None], "The nodes with these ids, in their order; null where there is none.")
    def nodes(self, info: Info, ids: Ids) -> list[Item | None]:
        if len(ids) > MAX_FIRST:
            raise Refused(f"`ids` has {len(ids)} ids; it may have at most {MAX_FIRST}.", argument="ids")
        found = load_nodes(info.context, ids)
        return [found.get(key) for key in ids]

    @shown_as(Paper | None, "The paper with a key that is known elsewhere; null if there is none.")
    def paper(self, info: Info, by: Annotated[PaperKey, _argument("Exactly one key.")]) -> Item | None:
        known = {"id": by.id, "arxiv_id": by.arxiv_id, "doi": by.doi}
        ((field, key),) = ((field, key) for field, key in known.items() if isinstance(key, str))
        _check_length(key)
        # The graph's id is made of the first key that a paper has, however it was written.
        made = key if field == "id" else paper_id(PaperRecord(title="", abstract="", **{field: key}))  # type: ignore[arg-type]  # as text
        same = AnyOf((Condition("id", Op.EQ, made), Condition(field, Op.EQ, key)))
        found = info.context.store.find(Request(kinds=(NodeKind.PAPER,), where=same, first=1))
        return next(iter(Cohort(info.context, found).items), None)

    @shown_as(SearchConnection, "A page of the papers and entities that fit a text, the best first.")
    def search(
        self,
        info: Info,
        text: Text,
        kinds: Annotated[list[Kind] | None, _argument("Only these kinds.")] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        _check_length(text)
        length, wanted = size(first), tuple(NodeKind(kind) for kind in kinds or ())
        mark = f"search:{sorted(wanted)}:{text}"
        offset = decode(after, mark, (int,))[0] if after is not None else 0
        if not 0 <= offset <= _MAX_OFFSET:
            raise Refused(f"A search goes on for at most {_MAX_OFFSET} hits; narrow it down.", argument="after")
        hits = info.context.store.search(text, kinds=wanted, first=length + 1, offset=offset)
        items = Cohort(info.context, (hit.node for hit in hits)).items
        places = [
            Place(cursor=encode(mark, (place,)), node=item, via=hit)
            for place, (hit, item) in enumerate(zip(hits, items, strict=True), offset + 1)
        ]
        return page_of(places, length, after, lambda: len(hits))

    @shown_as(Entity | None, "The entity that a name or alias means; an error with suggestions if there is none.")
    def entity(
        self, info: Info, name: Name, kind: Annotated[Kind | None, _argument("Only of this kind.")] = None
    ) -> Item | None:
        if kind == Kind.PAPER:
            raise Refused("A paper is no entity: use `papers` or `search`.", argument="kind")
        _check_length(name)
        found = lookup.entity(info.context.store, name, (NodeKind(kind),) if kind else ())
        return Cohort(info.context, (found,)).items[0]

    @shown_as(Leaderboard, "Who scores what on a dataset.")
    def leaderboard(
        self,
        info: Info,
        dataset: Annotated[str, _argument("The dataset: its name, an alias or its id.")],
        metric: Annotated[str | None, _argument("Only by this metric: its name, an alias or its id.")] = None,
        as_of: AsOf = None,
    ) -> Answer:
        _check_length(dataset, metric)
        return answer(info.context, board(info.context.store, dataset, metric=metric, as_of=as_of))

    @shown_as(Comparison, "Two systems head to head: a verdict per benchmark, with the evidence.")
    def compare(
        self,
        info: Info,
        a: System,
        b: System,
        on: On = None,
        as_of: AsOf = None,
        after: Annotated[
            strawberry.ID | None, _argument("Go on behind this dataset: the `after` of the answer before.")
        ] = None,
    ) -> Answer:
        _check_length(a, b, on, after)
        return answer(info.context, compare(info.context.store, a, b, on=on, as_of=as_of, after=after))

    @shown_as(Connection[Beats], "A page of who beats whom, each on its dataset, as single papers say.")
    def beats(
        self,
        info: Info,
        winner: AnySystem = None,
        loser: AnySystem = None,
        on: On = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        _check_length(winner, loser, on)
        store, length = info.context.store, size(first)
        winner = lookup.entity(store, winner, lookup.SYSTEM_KINDS).id if winner is not None else None
        loser = lookup.entity(store, loser, lookup.SYSTEM_KINDS).id if loser is not None else None
        on = lookup.entity(store, on, (NodeKind.DATASET,)).id if on is not None else None
        ask = partial(store.beats, winner=winner, loser=loser, dataset=on)
        mark = f"beats:{winner}:{loser}:{on}"
        seen = decode(after, mark, (str,) * 6) if after is not None else None
        edges = ask(first=length + 1, after=seen)
        places = [Place(cursor=encode(mark, item.node.key), node=item) for item in Cohort(info.context, edges).items]
        return page_of(places, length, after, lambda: len(ask()))

    @shown_as(Subgraph, "What surrounds a node.")
    def neighbourhood(
        self,
        info: Info,
        id: Id,
        depth: Annotated[int, _argument(f"How many relationships away, at most {_MAX_DEPTH}.")] = 1,
        limit: Annotated[int, _argument(f"How many nodes, at most {_MAX_NODES}; the nearest are kept.")] = 100,
    ) -> Answer:
        for name, value, most in (("depth", depth, _MAX_DEPTH), ("limit", limit, _MAX_NODES)):
            if not 1 <= value <= most:
                raise Refused(f"`{name}` is {value}; it may be 1 to {most}.", argument=name)
        found = neighbourhood(info.context.store, id, depth=depth, limit=limit)
        if not found.nodes:
            raise NotFound(f"No node has the id {id!r}.", id)
        return answer(info.context, found)

    @shown_as(Job | None, "The ingestion with an id; null if there is none.")
    def job(self, info: Info, id: Annotated[strawberry.ID, _argument("The id that `ingest` gave.")]) -> Any:
        return info.context.store.jobs([id]).get(id)

    @shown_as(Stats, "How many of each the graph holds.")
    def stats(self, info: Info) -> Any:
        return info.context.store.stats()


def _check_length(*texts: str | None) -> None:
    """Refuse what is too long to be a name or a few words: likening it to names would take its time."""
    if any(text and len(text) > _MAX_TEXT for text in texts):
        raise Refused(f"A name or search text may have at most {_MAX_TEXT} characters.")
