"""Documents that are known by an id, so that clients send the id, and a server may serve nothing else."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, GraphQLSchema, parse, validate

from api.errors import DOCUMENT_NOT_FOUND, DOCUMENT_NOT_SUPPORTED, Refused

_FORMAT = "apollo-persisted-query-manifest"


def from_manifest(manifest: Any) -> dict[str, str]:
    """Return {id: document} of a manifest: {id: document} itself, or the format of Apollo. Raises ValueError for another."""
    if isinstance(manifest, dict) and manifest.get("format") == _FORMAT:
        rows: Any = manifest.get("operations")
        fits = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
        manifest = {row.get("id"): row.get("body") for row in rows} if fits else None
    if not isinstance(manifest, dict) or not all(isinstance(text, str) for pair in manifest.items() for text in pair):
        raise ValueError("a manifest is a JSON object of documents by their ids, or what Apollo's tools write")
    return manifest


def check_documents(documents: Mapping[str, str], schema: GraphQLSchema) -> None:
    """Raise ValueError for the first document that can't be executed here."""
    for key, text in documents.items():
        try:
            problems = validate(schema, parse(text))
        except GraphQLError as error:
            problems = [error]
        if problems:
            raise ValueError(f"the document {key!r} can't be executed here: {problems[0].message}")


def document_of(given: Mapping[str, Any], extensions: Mapping[str, Any], documents: Mapping[str, str], *, only: bool) -> Any:
    """Return the text that a request asks for: its own, or that of the id which it gives. Raises Refused."""
    key = given.get("documentId")
    if key is None and isinstance(hashed := extensions.get("persistedQuery"), dict) and given.get("query") is None:
        key = hashed.get("sha256Hash")
    if key is None:
        if only:
            raise Refused("Only persisted documents are served here: send a `documentId`.", DOCUMENT_NOT_FOUND)
        return given.get("query")
    if not documents:
        raise Refused("No documents are kept here; send the text as `query`.", DOCUMENT_NOT_SUPPORTED)
    found = documents.get(key) if isinstance(key, str) else None
    found = found or (documents.get(key.removeprefix("sha256:")) if isinstance(key, str) else None)
    if found is None:
        raise Refused(f"No document has the id {key!r}.", DOCUMENT_NOT_FOUND)
    return found
