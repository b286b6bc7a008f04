"""The schema as written down, and that all of it is described."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    build_schema,
)

from api import sdl

WRITTEN = Path(__file__).parents[2] / "schema" / "schema.graphql"
SCHEMA = build_schema(sdl())


def test_written_schema_is_the_served_one() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == sdl(), (
        "write it anew: python -c 'from api import sdl; print(sdl(), end=\"\")'"
    )


def test_everything_is_described() -> None:
    missing = []
    for name, kind in SCHEMA.type_map.items():
        if name.startswith("__") or name in ("Int", "Float", "String", "Boolean", "ID"):
            continue
        if not kind.description:
            missing.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field, definition in kind.fields.items():
                if not definition.description:
                    missing.append(f"{name}.{field}")
                arguments = getattr(definition, "args", {})
                missing.extend(f"{name}.{field}({key})" for key, value in arguments.items() if not value.description)
    assert missing == []


CONTRACT = {
    "Query": "node nodes papers methods models datasets metrics tasks results claims search entity leaderboard compare beats "
    "neighbourhood stats",
    "Mutation": "ingest deletePaper",
    "Subscription": "ingestProgress claimAdded",
    "Node": "id",
    "Entity": "id name aliases paperCount papers",
    "Method": "results claims beats beatenBy basedOn usedBy addresses evaluatedOn",
    "Model": "results claims beats beatenBy basedOn usedBy addresses evaluatedOn",
    "Dataset": "results claims usedBy",
    "Paper": "title abstract mentions results claims introduces",
    "Result": "paper quote start end confidence extractor rule review",
    "Claim": "paper quote start end confidence extractor rule review",
    "PaperConnection": "edges nodes pageInfo totalCount",
}


@pytest.mark.parametrize(("kind", "fields"), CONTRACT.items())
def test_contract_fields_are_there(kind: str, fields: str) -> None:
    assert set(fields.split()) <= set(SCHEMA.type_map[kind].fields)  # type: ignore[attr-defined]
