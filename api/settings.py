"""What an operator may choose about the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from api.keys import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """The limits and switches of one API; the defaults suit a public read API and a local user."""

    # Who may read and who may change: anyone, or the bearer of a key; `token` ends with the server and may write.
    read: Literal["open", "keys"] = "open"
    write: Literal["open", "keys"] = "open"
    keys: tuple[Key, ...] = ()
    token: str | None = None
    # Documents by their ids, and whether nothing else is served.
    documents: Mapping[str, str] = field(default_factory=dict)
    documents_only: bool = False
    # Cost in a time, for each key or address: "100000/minute"; None counts nothing.
    rate_limit: str | None = None
    traces: bool = False
    # The names by which the server may be asked for; with none, by any.
    allowed_hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    # What GraphQL over HTTP says of a request that can't be executed: 400 for all of them, as clients of today expect, or
    # as its draft of August 2026 has it, 422 for what isn't valid, and 294 for data beside errors.
    statuses: Literal["400", "draft"] = "400"
    graphiql: bool = True
    introspection: bool = True
    suggestions: bool = False
    max_body_bytes: int = 4_000_000
    max_query_length: int = 100_000
    max_tokens: int = 2_000
    max_depth: int = 12
    max_aliases: int = 30
    max_directives: int = 30
    max_directives_in_one_place: int = 4
    max_root_fields: int = 20
    max_cost: int = 50_000
    # Operations at once, and in line behind them.
    threads: int = 8
    max_waiting: int = 2_000
    poll_seconds: float = 0.25
    ready_seconds: float = 5.0
    query_seconds: float = 10.0
    mutation_seconds: float = 600.0
