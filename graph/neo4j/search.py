"""Full text on Neo4j: what a person types is words, never operators."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from graph.neo4j.compile import NODE
from graph.neo4j.order import ordered
from graph.neo4j.rows import kinds_of_entities, unaccented
from schema.identity import fold
from schema.kinds import ENTITY_KINDS, NodeKind

_ENTITIES = (
    "CALL db.index.fulltext.queryNodes('entity_text', $query) YIELD node AS n, score"
    " WHERE any(label IN labels(n) WHERE label IN $labels)"
    f" WITH n, score + n.papers / 1000.0 AS score RETURN score, {NODE}"
    " ORDER BY CASE n.key WHEN $key THEN 0 ELSE 1 END, score DESC, n.id LIMIT $limit"
)
_PAPERS = (
    "CALL db.index.fulltext.queryNodes('paper_text', $query) YIELD node AS n, score"
    f" RETURN score, {NODE} ORDER BY score DESC, n.id LIMIT $limit"
)

# What the index keeps together: letters and digits, with a dot, apostrophe or underscore between them.
_PART = re.compile(r"[^\W_]+(?:[._'’][^\W_]+)*")


def search_statements(text: str, kinds: Sequence[NodeKind], limit: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (statement, parameters) for entities and for papers, as the kinds ask; nothing for a text without a word."""
    query = lucene_query(text)
    if query and (not kinds or set(kinds) & set(ENTITY_KINDS)):
        labels = kinds_of_entities(set(kinds) & set(ENTITY_KINDS))
        yield _ENTITIES, {"query": query, "labels": labels, "key": ordered(fold(text)), "limit": limit}
    if query and (not kinds or NodeKind.PAPER in kinds):
        yield _PAPERS, {"query": query, "limit": limit}


def lucene_query(text: str) -> str:
    """Return the Lucene query for all words of a text, the last of them as a beginning.

    >>> print(lucene_query('beats "GPT-4'))
    +"beats" +("GPT-4" OR (+"GPT" +4*))
    """
    words = [word for word in unaccented(text.replace("\x00", " ")).split() if any(map(str.isalnum, word))]
    if not words:
        return ""
    *whole, last = dict.fromkeys(words)
    return " ".join([*(f"+{quoted(word)}" for word in whole), f"+({quoted(last)} OR ({_beginning(last)}))"])


def quoted(word: str) -> str:
    """Return a word as a Lucene phrase, in which nothing is an operator."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _beginning(word: str) -> str:
    *whole, last = _PART.findall(word) or [word]
    prefix = "".join(char if char.isalnum() else f"\\{char}" for char in last.lower())
    return " ".join([*(f"+{quoted(part)}" for part in whole), f"+{prefix}*"])
