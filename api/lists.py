"""The lists of everything: a page of each kind of node, by conditions and in an order of choice."""

from dataclasses import replace
from typing import Annotated, Any

import strawberry

from api.context import Cohort, Info
from api.facts import Claim, Result
from api.fields import WHERE, shown_as
from api.filters import (
    ClaimWhere,
    DatasetWhere,
    MethodWhere,
    MetricWhere,
    ModelWhere,
    PaperWhere,
    ResultWhere,
    TaskWhere,
)
from api.nodes import Dataset, Method, Metric, Model, Paper, Task
from api.paging import DEFAULT_FIRST, After, Connection, First, Page, Place, decode, encode, page_of, size
from api.sorting import ClaimSort, EntitySort, PaperSort, ResultSort, order, types
from api.where import conditions
from graph.request import Request
from schema.kinds import NodeKind

_SORT: Any = strawberry.argument(
    description="What to order by, the most important first; the id is the last tie-break by itself."
)


@strawberry.type
class Lists:
    """The root fields that page through one kind of node."""

    @shown_as(Connection[Paper], "A page of papers.")
    def papers(
        self,
        info: Info,
        where: Annotated[PaperWhere | None, WHERE] = None,
        sort: Annotated[list[PaperSort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.PAPER, where, sort, first, after)

    @shown_as(Connection[Method], "A page of methods.")
    def methods(
        self,
        info: Info,
        where: Annotated[MethodWhere | None, WHERE] = None,
        sort: Annotated[list[EntitySort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.METHOD, where, sort, first, after)

    @shown_as(Connection[Model], "A page of models.")
    def models(
        self,
        info: Info,
        where: Annotated[ModelWhere | None, WHERE] = None,
        sort: Annotated[list[EntitySort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.MODEL, where, sort, first, after)

    @shown_as(Connection[Dataset], "A page of datasets.")
    def datasets(
        self,
        info: Info,
        where: Annotated[DatasetWhere | None, WHERE] = None,
        sort: Annotated[list[EntitySort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.DATASET, where, sort, first, after)

    @shown_as(Connection[Metric], "A page of metrics.")
    def metrics(
        self,
        info: Info,
        where: Annotated[MetricWhere | None, WHERE] = None,
        sort: Annotated[list[EntitySort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.METRIC, where, sort, first, after)

    @shown_as(Connection[Task], "A page of tasks.")
    def tasks(
        self,
        info: Info,
        where: Annotated[TaskWhere | None, WHERE] = None,
        sort: Annotated[list[EntitySort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.TASK, where, sort, first, after)

    @shown_as(Connection[Result], "A page of results.")
    def results(
        self,
        info: Info,
        where: Annotated[ResultWhere | None, WHERE] = None,
        sort: Annotated[list[ResultSort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.RESULT, where, sort, first, after)

    @shown_as(Connection[Claim], "A page of claims.")
    def claims(
        self,
        info: Info,
        where: Annotated[ClaimWhere | None, WHERE] = None,
        sort: Annotated[list[ClaimSort] | None, _SORT] = None,
        first: First = DEFAULT_FIRST,
        after: After = None,
    ) -> Page:
        return _list(info, NodeKind.CLAIM, where, sort, first, after)


def _list(info: Info, kind: NodeKind, where: Any, sort: Any, first: int | None, after: str | None) -> Page:
    length, by = size(first), order(sort)
    mark = f"{kind}:" + ",".join(f"{'-' if item.descending else ''}{item.field}" for item in by)
    seen = decode(after, mark, types(kind, by)) if after is not None else None
    wanted = Request(kinds=(kind,), where=conditions(where), sort=by)
    items = Cohort(info.context, info.context.store.find(replace(wanted, first=length + 1, after=seen))).items
    places = [Place(cursor=encode(mark, [getattr(item.node, s.field) for s in by]), node=item) for item in items]
    return page_of(places, length, after, lambda: info.context.store.count(wanted))
