"""The option --as: an answer's own question in GraphQL or Cypher, instead of the answer."""

import json as to_text
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from api.shown import Language, shown
from graph.store import Store
from sotagraph.cli.common import out, print_json

AsOption = Annotated[
    Language | None,
    typer.Option("--as", case_sensitive=False, help="Print the question instead, to be run in GraphiQL or in Neo4j Browser."),
]


def print_shown(store: Store, question: str, values: Mapping[str, Any], language: Language, *, json: bool) -> None:
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
