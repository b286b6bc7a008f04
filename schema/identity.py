"""When two names are one thing: the only place where a name or a paper becomes an id.

An id is readable ("system:gpt4o", "arxiv:2402.14804"), made from one document alone, and keeps what tells things apart:
digits, sizes, versions, `+ * # /`, language pairs and `@k`; spelling.py has the rules. What a fold can't know (that CIFAR10
has a nickname) is a merge, a row of its own. The table test is tests/schema/identity.tsv.
"""

import hashlib
import re
import unicodedata

from schema.kinds import FAMILY, NodeKind
from schema.metrics import find_metric
from schema.records import Paper
from schema.spelling import name_key

__all__ = ["digest", "entity_id", "fold", "name_key", "paper_id", "split_variant"]

# Bare, as a link, or as the DOI that arXiv gives out.
_ARXIV = re.compile(
    r"(?:arxiv:\s*|https?://(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/|(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)?"
    r"(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_HASHED = re.compile(r"title:[0-9a-f]{16}")

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_DATASET_NOUN = re.compile(r"\s+(?:data\s?sets?|benchmarks?|corpus|corpora|suite)$", re.IGNORECASE)
_SPLIT = re.compile(
    r"[\s\-_]+\(?((?:test|dev)(?:[\s-](?:clean|other|dev|std|challenge))?|minival|valid(?:ation)?|val|train)"
    r"(?:[\s-]*(?:set|split))?\)?$",
    re.IGNORECASE,
)
_SPLIT_NAME = {"valid": "validation", "val": "validation", "dev": "validation"}


def entity_id(kind: NodeKind, name: str) -> str:
    """Return the graph id of an entity that a document calls `name`.

    >>> entity_id(NodeKind.MODEL, "GPT-4"), entity_id(NodeKind.METHOD, "gpt4")
    ('system:gpt4', 'system:gpt4')

    Raises ValueError for a name with nothing to go by ("-").
    """
    if kind is NodeKind.METRIC and (metric := find_metric(name)):
        name = metric.name
    if kind is NodeKind.DATASET:
        name, _ = split_variant(name)
    key = name_key(name)
    if not key:
        raise ValueError(f"{name!r} has no letter, digit or distinguishing sign, so it can't name a {kind.value}")
    return f"{FAMILY[kind]}:{key}"


def split_variant(name: str) -> tuple[str, str | None]:
    """Return a dataset's own name and the split that the text names with it.

    >>> split_variant("miniF2F-test"), split_variant("GSM8K dataset")
    (('miniF2F', 'test'), ('GSM8K', None))
    """
    base = _DATASET_NOUN.sub("", name.strip())
    match = _SPLIT.search(base)
    if not match or not name_key(base[: match.start()]):
        return base or name, None
    split = "-".join(fold(match.group(1)).split())
    return _DATASET_NOUN.sub("", base[: match.start()]), _SPLIT_NAME.get(split, split)


def paper_id(paper: Paper) -> str:
    """Return the graph id of a paper: its arXiv id without version, else its DOI, else its id under its source,
    else a hash of its folded title."""
    if arxiv := _arxiv(paper.arxiv_id) or _arxiv(paper.given_id) or _arxiv(paper.doi):
        return f"arxiv:{arxiv}"
    if doi := _doi(paper.doi) or _doi(paper.given_id):
        return f"doi:{doi}"
    if paper.given_id is None:
        return f"title:{digest(fold(paper.title))}"
    if _HASHED.fullmatch(paper.given_id) or paper.given_id.startswith(f"{paper.source}:"):
        return paper.given_id
    return f"{paper.source}:{paper.given_id}"


def fold(text: str) -> str:
    """Return the form by which strings are ordered and compared without case, width or runs of space and dash;
    made here, so that every store orders alike."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    return re.sub(r"[\s\-_]+", " ", text).strip()


def digest(*parts: str | int | float | None) -> str:
    """Return 16 hex digits that stand for the parts in their order."""
    joined = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _arxiv(text: str | None) -> str | None:
    match = _ARXIV.fullmatch(text.strip()) if text else None
    return match.group(1).lower() if match else None


def _doi(text: str | None) -> str | None:
    match = _DOI.fullmatch(text.strip()) if text else None
    return match.group(1).lower() if match else None
