"""What a paper does with an entity: introduces it, uses it or only mentions it."""

import re
from collections.abc import Sequence

from schema.kinds import SYSTEMS, NodeKind, Role
from schema.records import Span


def role_of(text: str, title_end: int, label: NodeKind, mentions: Sequence[Span]) -> tuple[Role, float]:
    """Return the role of an entity with these mentions, and how sure that is."""
    if label in (NodeKind.METRIC, NodeKind.TASK):
        return Role.USED, 0.9
    for mention in mentions:
        if mention.start == 0 and text[mention.end : mention.end + 2] == ": " and mention.end < title_end:
            return Role.INTRODUCED, 0.95
        before = text[max(0, mention.start - 90) : mention.start]
        if _ANNOUNCES.search(before) or (label in SYSTEMS and _OWN.search(before)):
            return Role.INTRODUCED, 0.85
    return Role.USED, 0.8


_ANNOUNCES = re.compile(
    r"(?:\b(?:[Ww]e|paper|work|study|article)\b[^.,;]{0,15} (?:propos|introduc|present|develop|releas|describ|creat|construct|design|unveil)\w*"
    r"(?: (?!for\b|on\b|with\b|to\b|that\b|in\b|using\b|based\b|of\b)[\w-]+,?){0,7} ['\"(]?"
    r"|\b(?:called|named|dubbed|termed|coined|namely|dubbed as|i\.e\.,?) (?:the )?['\"(]?)\Z"
)
_OWN = re.compile(r"\b(?:[Oo]ur|[Tt]he proposed)(?: (?:new|novel|proposed))? \Z")
