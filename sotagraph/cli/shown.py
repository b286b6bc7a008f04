"""An answer as text or as JSON, or with --as its own question in GraphQL or Cypher."""

import json as to_text
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from api.shown import Language, shown
from graph.store import Store
from sotagraph.cli.common import out, print_json, store_of

T = TypeVar("T")

AsOption = Annotated[
    Language | None,
    typer.Option("--as", case_sensitive=False, help="Print the question instead, to be run in GraphiQL or in Neo4j Browser."),
]


def print_answer(
    context: typer.Context,
    store: str | None,
    question: str,
    values: Mapping[str, Any],
    *,
    as_: Language | None,
    json: bool,
    find: Callable[[Store], T],
    to_json: Callable[[T], Any],
    to_people: Callable[[Console, T], None],
) -> None:
    """Print what is found in the store that a command names; with a language, the question with its values instead."""
    with store_of(context, store) as graph:
        if as_:
            _print_question(graph, question, values, as_, json=json)
            return
        found = find(graph)
    print_json(to_json(found)) if json else to_people(out, found)


def _print_question(store: Store, question: str, values: Mapping[str, Any], language: Language, *, json: bool) -> None:
    """Print a question; as JSON it is what a GraphQL server, or a Neo4j driver, takes."""
    found = shown(store, question, values, language)
    if json:
        names = ("query", "variables") if language is Language.GRAPHQL else ("statement", "parameters")
        print_json(dict(zip(names, (found.text, dict(found.values)), strict=True)))
    elif language is Language.CYPHER:
        out.print(f":params {to_text.dumps(found.values, ensure_ascii=False)};", markup=False)
        out.print(found.text, markup=False)
    else:
        out.print(found.text, markup=False)
        out.print(f"# variables: {to_text.dumps(found.values, ensure_ascii=False)}", markup=False)
