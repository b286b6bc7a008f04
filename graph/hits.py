"""What a search shows of a node, and in which order; shared by the stores."""

import re

from schema.identity import fold
from schema.nodes import EntityNode, Node, PaperNode

_SNIPPET = 160


def snippet(node: Node, text: str) -> str:
    """Return a stretch of the node's text around the first of the words found in it."""
    if not isinstance(node, PaperNode):
        return node.name
    words = sorted(map(re.escape, text.split()), key=len, reverse=True)
    found = re.search("|".join(words), node.abstract, re.IGNORECASE) if words else None
    if found is None:
        return node.title
    start = max(found.start() - _SNIPPET // 2, 0)
    start = node.abstract.find(" ", start, found.start()) + 1 if start else 0
    end = start + _SNIPPET
    return ("…" if start else "") + node.abstract[start:end] + ("…" if end < len(node.abstract) else "")


def tier(node: Node, text: str) -> int:
    """Return the place of a kind of hit: the entity that is called so, other entities, papers."""
    if isinstance(node, EntityNode):
        return 0 if node.key == fold(text) else 1
    return 2
