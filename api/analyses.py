"""The questions about many papers at once: chains, histories, disagreements, gaps, fronts, and the web of BEATS."""

from functools import partial
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from api.answers import LeaderboardGroup, LeaderboardRow, answer
from api.context import Answer, Info
from api.dates import Date
from api.enums import ContradictionKind, Kind, Question, RelationKind, Verdict
from api.errors import Refused
from api.facts import Fact, Result
from api.fields import about, shown_as
from api.nodes import Dataset, Metric, Node, Paper, System
from api.paging import DEFAULT_FIRST, After, Connection, First, Page, Place, decode, encode, size
from api.shown import Language, shown
from graph.answers.contradictions import contradictions
from graph.answers.gaps import gaps
from graph.answers.history import sota_history
from graph.answers.pareto import pareto
from graph.answers.paths import DEPTH, MAX_DEPTH, beat_paths
from graph.answers.structure import central, communities
from graph.answers.ways import ways

_MAX_OFFSET, _MAX_TEXT, _MAX_LISTED = 10_000, 500, 100


def _argument(description: str) -> Any:
    return strawberry.argument(description=description)


def _value(description: str, *, name: str | None = None) -> Any:
    return strawberry.field(default=None, description=description, name=name)


From = Annotated[str, strawberry.argument(name="from", description="A method or model: its name, an alias or its id.")]
To = Annotated[str, _argument("Another method or model.")]
On = Annotated[str | None, _argument("Only on this dataset: its name, an alias or its id.")]
OnDataset = Annotated[str, _argument("The dataset: its name, an alias or its id.")]
ByMetric = Annotated[str, _argument("The metric: its name, an alias or its id.")]
AsOf = Annotated[Date | None, _argument("Only what was known then.")]
Most = Annotated[int, _argument(f"How many, at most {_MAX_LISTED}.")]


@strawberry.type(description="One step of a chain: a system beats the next.")
class BeatStep:
    """graph.answers.paths.Step."""

    winner: System = about("The better system.")
    loser: System = about("The other system.")
    verdict: Verdict = about("Whether it is claimed in words, computed from printed scores, or both.")
    margin: float | None = about("The difference of the printed scores, in the metric's unit.")
    evidence: list[Fact] = about("The claims and results that say so, with their sentences.")


@strawberry.type(description="A chain on one benchmark in which each system beats the next; it proves nothing of its ends.")
class BeatPath:
    """graph.answers.paths.BeatPath."""

    dataset: Dataset = about("The dataset of every step.")
    metric: Metric | None = about("The metric of every step; null where no paper names one.")
    steps: list[BeatStep] = about("The steps in order.")
    label: str = about("What the chain is worth.")


@strawberry.type(description="One step of how the best score rose.")
class SotaPoint:
    """graph.answers.history.SotaPoint."""

    date: str = about("Since when nothing known was better, as precisely as the paper's date is known.")
    group: LeaderboardGroup = about("The group that it is the best of.")
    system: System | None = about("The system; null for a paper's own model without a name.")
    result: Result = about("The score, with its sentence.")
    paper: Paper = about("The paper that states it.")


@strawberry.type(description="A disagreement between papers, with the sentences of all sides.")
class Contradiction:
    """graph.answers.contradictions.Contradiction."""

    kind: ContradictionKind = about("Which sort of disagreement.")
    systems: list[System] = about("The systems that it is about, in order.")
    datasets: list[Dataset] = about("The datasets that it is about.")
    reason: str = about("What disagrees, in words.")
    evidence: list[Fact] = about("The claims and results, with their sentences.")


@strawberry.type(description="Two systems with scores in one group that nobody has compared.")
class Gap:
    """graph.answers.gaps.Gap."""

    group: LeaderboardGroup = about("The group.")
    a: LeaderboardRow = about("The better placed of the two.")
    b: LeaderboardRow = about("The other.")


@strawberry.type(description="A system with its best scores by two metrics.")
class ParetoPoint:
    """graph.answers.pareto.ParetoPoint."""

    system: System = about("The system.")
    a: Result = about("Its best score by the first metric.")
    b: Result = about("Its best score by the second metric.")
    front: bool = about("Whether no other system is at least as good by both and better by one.")


@strawberry.type(description="The systems of a dataset by two metrics at once.")
class Pareto:
    """graph.answers.pareto.Pareto."""

    dataset: Dataset = about("The dataset.")
    metric_a: Metric = about("The first metric.")
    metric_b: Metric = about("The second metric.")
    points: list[ParetoPoint] = about("The systems with scores by both, the front first.")
    note: str | None = about("Why there can not be a front.")


@strawberry.type(description="One step of a way: a relationship, from its head to its tail.")
class PathStep:
    """graph.answers.ways.WayStep."""

    type: RelationKind = about("What it says.")
    head: Node = about("What it starts from; the step may lead along its arrow or against it.")
    tail: Node = about("What it leads to.")
    paper: Paper | None = about("The paper that says so; null for BEATS, which several papers may support.")
    quote: str | None = about("A sentence that says so; null where a paper only names something.")


@strawberry.type(description="A way from one thing to another; it proves nothing of its ends.")
class Path:
    """graph.answers.ways.Way."""

    steps: list[PathStep] = about("Its steps, the first at the first end.")


@strawberry.type(description="How much a system is compared; central is not the same as good.")
class Central:
    """graph.answers.structure.Central."""

    system: System = about("The system.")
    degree: float = about("The share of all compared systems that it is compared with.")
    rank: float = about("Its PageRank along: is beaten by.")
    evidence: list[Fact] = about("The claims and results of one of the comparisons that count, with their sentences.")


@strawberry.type(description="Systems that are compared with each other more than with others.")
class Community:
    """graph.answers.structure.Community."""

    size: int = about("How many systems.")
    systems: list[System] = about("The most compared of them.")
    datasets: list[Dataset] = about("The datasets that they meet on, the most used first.")
    evidence: list[Fact] = about("For each system named, the claims and results of one comparison within the community.")


@strawberry.type(description="A question as text without values, and its values.")
class Statement:
    """api.shown.Shown."""

    text: str = about("The statement; its variables are written $name.")
    values: JSON = about("The values of its variables; in Cypher, ids stand for names.")


@strawberry.input(description="The values of a question; which ones it takes is said at its own field.")
class QuestionValues:
    """Names of api.shown.NAMES."""

    dataset: str | None = _value("A dataset.")
    metric: str | None = _value("A metric.")
    on: str | None = _value("Only on this dataset.")
    a: str | None = _value("A method or model.")
    b: str | None = _value("Another method or model.")
    from_: str | None = _value("The method or model that a chain starts from.", name="from")
    to: str | None = _value("The method or model that it leads to.")
    x: str | None = _value("The first metric of two.")
    y: str | None = _value("The second metric of two.")
    text: str | None = _value("Words to search for.")
    kinds: list[Kind] | None = _value("Only these kinds.")
    as_of: Date | None = _value("Only what was known then.", name="asOf")
    first: int | None = _value("How many.")
    depth: int | None = _value("The longest chain.")
    beats: bool | None = _value("Only chains in which each system beats the next.")


@strawberry.type
class Analyses:
    """Root fields; api.query.Query has them too."""

    @shown_as(list[BeatPath], "Chains on one benchmark in which each system beats the next, the shortest first.")
    def beat_paths(
        self,
        info: Info,
        from_: From,
        to: To,
        on: On = None,
        depth: Annotated[int, _argument(f"The longest chain, at most {MAX_DEPTH}.")] = DEPTH,
    ) -> list[Answer]:
        _check(from_, to, on)
        if not 1 <= depth <= MAX_DEPTH:
            raise Refused(f"`depth` is {depth}; it may be 1 to {MAX_DEPTH}.", argument="depth")
        return _answers(info, beat_paths(info.context.store, from_, to, on=on, depth=depth))

    @shown_as(list[Path], "The shortest ways between two things, whatever joins them.")
    def paths(
        self,
        info: Info,
        from_: Annotated[str, strawberry.argument(name="from", description="An entity: its name, an alias or its id.")],
        to: Annotated[str, _argument("Another entity.")],
        beats: Annotated[bool, _argument("Only chains in which each system beats the next, on whatever benchmarks.")] = False,
        first: Most = 3,
    ) -> list[Answer]:
        _check(from_, to)
        return _answers(info, ways(info.context.store, from_, to, beats=beats, first=_listed(first)))

    @shown_as(list[SotaPoint], "How the best score of each group of a dataset rose, the oldest step first.")
    def sota_history(self, info: Info, dataset: OnDataset, metric: ByMetric, as_of: AsOf = None) -> list[Answer]:
        _check(dataset, metric)
        return _answers(info, sota_history(info.context.store, dataset, metric, as_of=as_of))

    @shown_as(Connection[Contradiction], "A page of what papers disagree on.")
    def contradictions(self, info: Info, on: On = None, first: First = DEFAULT_FIRST, after: After = None) -> Page:
        _check(on)
        length, mark = size(first), f"contradictions:{on}"
        offset = decode(after, mark, (int,))[0] if after is not None else 0
        if not 0 <= offset <= _MAX_OFFSET:
            raise Refused(f"The list goes on for at most {_MAX_OFFSET}; name a dataset.", argument="after")
        ask = partial(contradictions, info.context.store, on=on)
        found = ask(first=length + 1, offset=offset)
        items = _answers(info, found[:length])
        places = [Place(cursor=encode(mark, (place,)), node=item) for place, item in enumerate(items, offset + 1)]
        more = len(found) > length
        return Page(
            edges=places, has_next_page=more, has_previous_page=after is not None, count=lambda: len(ask(first=_MAX_OFFSET))
        )

    @shown_as(list[Gap], "Systems among the best of a dataset that nobody has compared, though both have scores on it.")
    def gaps(
        self,
        info: Info,
        dataset: OnDataset,
        metric: Annotated[str | None, _argument("Only by this metric.")] = None,
        first: Most = 20,
    ) -> list[Answer]:
        _check(dataset, metric)
        return _answers(info, gaps(info.context.store, dataset, metric=metric).gaps[: _listed(first)])

    @shown_as(Pareto, "Which systems of a dataset nobody beats on both of two metrics at once.")
    def pareto(
        self,
        info: Info,
        dataset: OnDataset,
        a: Annotated[str, _argument("The first metric.")],
        b: Annotated[str, _argument("The second metric.")],
    ) -> Answer:
        _check(dataset, a, b)
        return answer(info.context, pareto(info.context.store, dataset, a, b))

    @shown_as(list[Central], "The most compared systems, of one dataset if named.")
    def central(self, info: Info, on: On = None, first: Most = 10) -> list[Answer]:
        _check(on)
        return _answers(info, central(info.context.store, on=on, first=_listed(first)))

    @shown_as(list[Community], "The largest communities of compared systems, of one dataset if named.")
    def communities(self, info: Info, on: On = None, first: Most = 10) -> list[Answer]:
        _check(on)
        return _answers(info, communities(info.context.store, on=on, first=_listed(first)))

    @shown_as(Statement, "A question in GraphQL or in Cypher, to be run elsewhere.")
    def statement(
        self,
        info: Info,
        question: Annotated[Question, _argument("The question.")],
        language: Annotated[Language, _argument("The language.")],
        values: Annotated[QuestionValues | None, _argument("Its values.")] = None,
    ) -> Any:
        given = {name.rstrip("_"): value for name, value in vars(values or QuestionValues()).items()}
        given["asOf"] = given.pop("as_of")
        _check(*(value for value in given.values() if isinstance(value, str)))
        return shown(info.context.store, question.value, given, language)


def _answers(info: Info, found: Any) -> list[Answer]:
    whole = answer(info.context, tuple(found))
    return [Answer(part, whole.cohort) for part in found]


def _listed(first: int) -> int:
    if not 1 <= first <= _MAX_LISTED:
        raise Refused(f"`first` is {first}; it may be 1 to {_MAX_LISTED}.", argument="first")
    return first


def _check(*texts: str | None) -> None:
    if any(text and len(text) > _MAX_TEXT for text in texts):
        raise Refused(f"A name may have at most {_MAX_TEXT} characters.")
