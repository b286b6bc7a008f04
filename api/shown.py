"""An answer's own question, in GraphQL and in Cypher, to be run elsewhere: a text without values, and its values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

from graph.answers.lookup import SYSTEM_KINDS, entity
from graph.store import Store
from schema.kinds import NodeKind


class Language(StrEnum):
    """In which language a question is shown."""

    GRAPHQL = "graphql"
    CYPHER = "cypher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A statement with the values of its variables ($name in either language)."""

    text: str
    values: Mapping[str, Any]


# What each question may be given; Cypher needs a value for each, if only null.
NAMES: Mapping[str, tuple[str, ...]] = {
    "leaderboard": ("dataset", "metric", "asOf", "first"),
    "compare": ("a", "b", "on", "asOf"),
    "paths": ("from", "to", "beats", "first"),
    "beat_paths": ("from", "to", "on", "depth"),
    "history": ("dataset", "metric", "asOf"),
    "contradictions": ("on", "first"),
    "gaps": ("dataset", "metric", "first"),
    "pareto": ("dataset", "x", "y"),
    "central": ("on", "first"),
    "communities": ("on", "first"),
    "search": ("text", "kinds", "first"),
    "stats": (),
}
_DEFAULTS: Mapping[str, Any] = {"first": 20, "depth": 3, "beats": False}


def shown(store: Store, question: str, values: Mapping[str, Any], language: Language) -> Shown:
    """Return the statement in api/questions that asks a question, with these values by the names of its GraphQL variables.

    Cypher gets ids in the place of names. Raises UnknownName for a name that isn't in the graph.
    """
    text = files("api").joinpath("questions", f"{question}.{language.value}").read_text("utf-8").rstrip()
    given = {name: default if (value := values.get(name)) is None else value for name, default in _asked(question)}
    if language is Language.GRAPHQL:
        return Shown(text=text, values={name: value for name, value in given.items() if value is not None})
    return Shown(text=text, values={name: _id_of(store, name, value) for name, value in given.items()})


def _asked(question: str) -> Iterator[tuple[str, Any]]:
    yield from ((name, _DEFAULTS.get(name)) for name in NAMES[question])


def _id_of(store: Store, name: str, value: Any) -> Any:
    kinds = _KINDS.get(name)
    return entity(store, value, kinds).id if kinds and value is not None else value


_KINDS: dict[str, tuple[NodeKind, ...]] = {
    **dict.fromkeys(("dataset", "on"), (NodeKind.DATASET,)),
    **dict.fromkeys(("metric", "x", "y"), (NodeKind.METRIC,)),
    **dict.fromkeys(("a", "b", "from", "to"), SYSTEM_KINDS),
}
