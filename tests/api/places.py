"""Every place of the schema that takes text, read off the schema, each with a query that puts `$t` there."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_required_argument,
    is_required_input_field,
)

# What required arguments are given on the way to a place, by their names, so that there is something to ask there.
KNOWN = {
    "dataset": "MATH",
    "metric": "accuracy",
    "a": "Alder",
    "b": "GPT-4",
    "name": "Alder",
    "text": "alder",
    "from": "Alder",
    "to": "GPT-4",
}
IDS = {
    "Paper": "arxiv:2402.00001",
    "Method": "system:alder",
    "Model": "system:gpt4",
    "Dataset": "dataset:math",
    "Metric": "metric:accuracy",
    "Task": "task:mathematicalreasoning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where text goes: `of` is the operation's kind, `query` takes it as `$t`; `looks_up` says that it may name something."""

    name: str
    of: str
    query: str
    looks_up: bool


def places(schema: GraphQLSchema) -> Iterator[Place]:
    """Yield every argument that takes text, and every field and operator of every input, at the root and below it."""
    seen = set()
    # The shortest way to each comes first.
    for key, place in sorted(_candidates(schema), key=lambda found: found[1].name.count(".")):
        if key not in seen:
            seen.add(key)
            yield place


def _candidates(schema: GraphQLSchema) -> Iterator[tuple[tuple[Any, ...], Place]]:
    for of, root in (
        ("query", schema.query_type),
        ("mutation", schema.mutation_type),
        ("subscription", schema.subscription_type),
    ):
        assert root
        below = _ways(schema) if of == "query" else {}
        for kind, way in {root.name: "{}", **below}.items():
            for field, definition in schema.type_map[kind].fields.items():  # type: ignore[attr-defined]
                for argument, given in definition.args.items():
                    for path, value, type_, mark in _values(given.type, ()):
                        asked = f"{field}({_filled(definition, argument, value)}) {_shown(definition)}"
                        # One input means the same in every list of the root, and once more in every list below it.
                        key = (of, kind == root.name, *mark) if mark else (of, kind, field, argument)
                        yield (
                            key,
                            Place(
                                name=f"{kind}.{field}.{argument}{path}",
                                of=of,
                                query=f"{of}($t: {type_}!) {way.replace('{}', '{ ' + asked + ' }')}",
                                looks_up=not mark,
                            ),
                        )


def _values(kind: Any, within: tuple[str, ...]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield each way of putting `$t` into a value: its path, the value, the type of `$t`, and the last two inputs on the way."""
    named, whole = get_named_type(kind), "[{}]" if isinstance(get_nullable_type(kind), GraphQLList) else "{}"
    if isinstance(named, GraphQLScalarType) and named.name in ("String", "ID"):
        yield "", whole.format("$t"), named.name, ()
    if isinstance(named, GraphQLInputObjectType) and named.name not in within:
        for name, field in named.fields.items():
            for path, value, type_, mark in _values(field.type, (*within, named.name)):
                others = [
                    f"{key}: {_example(key, each.type)}"
                    for key, each in named.fields.items()
                    if key != name and is_required_input_field(each)
                ]
                yield (
                    f".{name}{path}",
                    whole.format("{ " + ", ".join([f"{name}: {value}", *others]) + " }"),
                    type_,
                    mark if len(mark) > 2 else (named.name, name, *mark),
                )


def _ways(schema: GraphQLSchema) -> Mapping[str, str]:
    """Return, for each type that a query can come to, the shortest way there, with {} for what is asked there."""
    assert schema.query_type
    ways = {name: f'{{ node(id: "{id_}") {{ ... on {name} {{}} }} }}' for name, id_ in IDS.items()}
    waiting = deque([(schema.query_type.name, "{}"), *ways.items()])
    while waiting:
        kind, way = waiting.popleft()
        for field, definition in getattr(schema.type_map[kind], "fields", {}).items():
            to = get_named_type(definition.type).name
            if to not in ways and hasattr(schema.type_map[to], "fields"):
                ways[to] = way.replace("{}", f"{{ {field}{_arguments(definition)} {{}} }}")
                waiting.append((to, ways[to]))
    return ways


def _arguments(field: GraphQLField) -> str:
    given = _filled(field)
    return f"({given})" if given else ""


def _filled(field: GraphQLField, argument: str | None = None, value: str = "") -> str:
    required = {name: _example(name, each.type) for name, each in field.args.items() if is_required_argument(each)}
    return ", ".join(f"{name}: {text}" for name, text in {**required, **({argument: value} if argument else {})}.items())


def _example(name: str, kind: Any) -> str:
    kind = get_nullable_type(kind)
    if isinstance(kind, GraphQLList):
        return f"[{_example(name, kind.of_type)}]"
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        fields = {key: each for key, each in kind.fields.items() if is_required_input_field(each)}
        if kind.is_one_of:
            fields = dict([next(iter(kind.fields.items()))])
        return "{ " + ", ".join(f"{key}: {_example(key, each.type)}" for key, each in fields.items()) + " }"
    return {"Int": "1", "Float": "1", "Boolean": "true", "Date": '"2024"'}.get(
        kind.name, f'"{KNOWN.get(name, "system:alder")}"'
    )


def _shown(field: GraphQLField) -> str:
    kind: Any = get_named_type(field.type)
    if not is_composite_type(kind):
        return ""
    fields = getattr(kind, "fields", {})
    if "nodes" not in fields or "pageInfo" not in fields:
        return "{ __typename }"
    node = getattr(get_named_type(fields["nodes"].type), "fields", {})
    return f"{{ nodes {{ {'id' if 'id' in node else '__typename'} }} {'totalCount' if 'totalCount' in fields else ''} }}"
