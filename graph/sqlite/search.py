"""Full text on SQLite: what a person types is words, never operators."""

from collections.abc import Iterator, Sequence

from schema.identity import fold
from schema.kinds import ENTITY_KINDS, NodeKind

_PAPERS = (
    "SELECT papers.*, -bm25(paper_text, 5.0, 1.0) AS score"
    " FROM paper_text JOIN papers ON papers.n = paper_text.rowid WHERE paper_text MATCH ? ORDER BY score DESC, id LIMIT ?"
)
_ENTITIES = (
    "SELECT entities.*, -bm25(entity_text, 10.0, 5.0) + entities.papers / 1000.0 AS score"
    " FROM entity_text JOIN entities ON entities.n = entity_text.rowid"
    " WHERE entity_text MATCH ? AND entities.kind IN (SELECT value FROM json_each(?))"
    " ORDER BY entities.key = ? DESC, score DESC, id LIMIT ?"
)


def search_statements(text: str, kinds: Sequence[NodeKind], limit: int) -> Iterator[tuple[str, str, list[str | int]]]:
    """Yield (table, statement, parameters) for each table that the kinds ask for; nothing for a text without a word."""
    query = match_query(text)
    entity_kinds = [kind for kind in ENTITY_KINDS if not kinds or kind in kinds]
    if query and entity_kinds:
        listed = "[" + ",".join(f'"{kind.value}"' for kind in entity_kinds) + "]"
        yield "entities", _ENTITIES, [query, listed, fold(text), limit]
    if query and (not kinds or NodeKind.PAPER in kinds):
        yield "papers", _PAPERS, [query, limit]


def match_query(text: str) -> str:
    """Return the FTS5 query for all words of a text, the last of them as a beginning.

    >>> match_query('beats "GPT-4')
    '"beats" "GPT-4"*'
    """
    words = [word.replace('"', "") for word in text.replace("\x00", " ").split()]
    quoted = [f'"{word}"' for word in words if any(map(str.isalnum, word))]
    return " ".join(quoted) + "*" if quoted else ""
