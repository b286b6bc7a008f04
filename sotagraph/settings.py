"""Settings: the only reader of the environment (SOTAGRAPH_*); every one is described in docs/settings.md."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_store() -> str:
    return f"sqlite:///{Path(platformdirs.user_data_dir('sotagraph', appauthor=False)) / 'graph.db'}"


class Settings(BaseSettings):
    """What can be set from outside. A command's option wins over the environment, which wins over the default."""

    model_config = SettingsConfigDict(env_prefix="SOTAGRAPH_", frozen=True, extra="forbid")

    store: str = Field(
        default_factory=_default_store,
        description="Where the graph is: sqlite:///PATH or neo4j://[USER:PASSWORD@]HOST:7687 (also neo4j+s, bolt, bolt+s).",
    )
    neo4j_user: str = Field(default="neo4j", description="Neo4j user, where the store's address names none.")
    neo4j_password: str = Field(default="", description="Neo4j password, where the store's address names none.")
    neo4j_database: str | None = Field(default=None, description="Neo4j database; the server's default if unset.")
    mentions: Literal["auto", "patterns", "encoder"] = Field(
        default="auto",
        description="Who finds names: hand-written patterns, the trained encoder, or the encoder if it is there.",
    )
    threads: int = Field(default=1, ge=1, description="Threads of the encoder in one process.")
    workers: int = Field(default=1, ge=1, description="Processes that read papers side by side.")
    batch: int = Field(default=200, ge=1, description="Papers written in one transaction.")
    who: str = Field(default="local", min_length=1, description="Who decides, where a correction names nobody.")
    read: Literal["open", "keys"] = Field(default="open", description="Who may ask: anyone, or who has an API key.")
    write: Literal["auto", "open", "token", "keys"] = Field(
        default="auto",
        description="Who may change the graph over HTTP: anyone, the token that `serve` prints or a key, or only a key. "
        "auto is open on this machine's own address (127.0.0.1), and on any other keys if there are any, else token.",
    )
    keys: Path | None = Field(default=None, description="File of API keys, which `sotagraph key` writes.")
    documents: Path | None = Field(
        default=None,
        description="File of documents that may be asked for by their id: JSON, {id: document} or Apollo's manifest.",
    )
    documents_only: bool = Field(default=False, description="Whether nothing but these documents is served.")
    rate_limit: str | None = Field(
        default=None, description="Cost that each key or address may ask for in a time: 100000/minute. No limit if unset."
    )
    log: Literal["quiet", "text", "json"] = Field(
        default="quiet", description="What serve writes to stderr: warnings, or a line for each operation as text or JSON."
    )
    traces: bool = Field(default=False, description="Whether serve makes OpenTelemetry spans; needs the extra otel.")
    graphiql: bool = Field(default=True, description="Whether a browser finds an editor at /graphql.")
    introspection: bool = Field(default=True, description="Whether the schema may be asked for in GraphQL.")
    suggestions: bool = Field(default=False, description="Whether errors suggest names of the schema: Did you mean …?")
    statuses: Literal["400", "draft"] = Field(
        default="400",
        description="Status of a GraphQL request that can't be executed: 400, or as the draft of August 2026 has it: 422 for "
        "what isn't valid, 294 for data beside errors.",
    )
    max_cost: int = Field(default=50_000, ge=1, description="How many nodes one operation may show.")
    query_seconds: float = Field(default=10.0, gt=0, description="Seconds after which a question is ended.")
    allowed_hosts: tuple[str, ...] = Field(
        default=(),
        description='Names by which the API may be asked for, as a JSON list: ["api.example"]. If unset, the names of this '
        "machine's own address and the one that serve was given, where it listens there; any name elsewhere.",
    )
    cors_origins: tuple[str, ...] = Field(
        default=(), description='Origins whose pages may use the API, as a JSON list: ["https://a.example"].'
    )
