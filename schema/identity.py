"""When two names are one thing: the only place where a name or a paper becomes an id.

An id is readable ("system:gpt4o", "arxiv:2402.14804"), made from one document alone, and keeps what tells things apart:
digits, sizes, versions, `+ * # /`, language pairs and `@k`. What a fold can't know (that CIFAR10 has a nickname) is a merge,
a row of its own. The table test is tests/schema/identity.tsv.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from schema.kinds import FAMILY, NodeKind
from schema.metrics import find_metric
from schema.records import Paper

_ARXIV = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_HASHED = re.compile(r"title:[0-9a-f]{16}")

# Words, numbers with their suffix (7b, 3.5, 4o), and each sign that distinguishes names.
_TOKEN = re.compile(r"\d+(?:\.\d+)*[^\W\d_]*|[^\W\d_]+|[+*#/@^&%$=<>!?]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")

# Heads whose plural names the same thing ("Pointer Networks"); a bare final s is kept ("Keras", "DeepSeeds").
_PLURAL_HEADS = frozenset(
    "agents algorithms architectures attacks autoencoders automata classifiers convolutions decoders embeddings encoders "
    "ensembles estimators fields forests functions games gans gates gradients graphs kernels layers machines mechanisms "
    "methods metrics mixtures models modules nets networks operators perceptrons policies processes prompts proofs "
    "questions rates regressions samplers scores systems tasks thoughts transformers trees units vectors".split()
)
_ACRONYM_PLURAL = re.compile(r"([A-Z][A-Za-z-]*[A-Z])s$")
_DATASET_NOUN = re.compile(r"\s+(?:data\s?sets?|benchmarks?|corpus|corpora|challenge|suite|test[- ]set)$", re.IGNORECASE)
_SPLIT = re.compile(r"[\s\-_]+\(?(test|valid(?:ation)?|val|dev|train)(?:[\s-]*(?:set|split))?\)?$", re.IGNORECASE)
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


def name_key(name: str) -> str:
    """Return the form in which two spellings of one name are equal; "" if the name has nothing to go by.

    >>> name_key("Llama-2 7B"), name_key("Llama-27B"), name_key("Neural Turing Machines")
    ('llama2-7b', 'llama27b', 'neuralturingmachine')
    """
    name = _ACRONYM_PLURAL.sub(r"\1", unicodedata.normalize("NFKC", name).translate(_DASHES).strip())
    tokens = _TOKEN.findall(name.casefold())
    if tokens and tokens[-1] in _PLURAL_HEADS:
        tokens[-1] = _singular(tokens[-1])
    return _join(token.replace("isation", "ization") for token in tokens)


def split_variant(name: str) -> tuple[str, str | None]:
    """Return a dataset's own name and the split that the text names with it.

    >>> split_variant("miniF2F-test"), split_variant("GSM8K dataset")
    (('miniF2F', 'test'), ('GSM8K', None))
    """
    base = _DATASET_NOUN.sub("", name.strip())
    match = _SPLIT.search(base)
    if not match or not name_key(base[: match.start()]):
        return base or name, None
    split = match.group(1).casefold()
    return base[: match.start()], _SPLIT_NAME.get(split, split)


def paper_id(paper: Paper) -> str:
    """Return the graph id of a paper: its arXiv id without version, else its DOI, else its id under its source,
    else a hash of its folded title."""
    if arxiv := _arxiv(paper.arxiv_id) or _arxiv(paper.given_id):
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


def _join(tokens: Iterable[str]) -> str:
    # Spaces don't distinguish ("mini F2F", "Alpha Code"), but between two numbers they do ("Llama 2 7B", "Llama 27B").
    key = ""
    for token in tokens:
        key += f"-{token}" if key[-1:].isdigit() and token[0].isdigit() else token
    return key


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return "process" if word == "processes" else word.removesuffix("s")


def _arxiv(text: str | None) -> str | None:
    match = _ARXIV.fullmatch(text.strip()) if text else None
    return match.group(1).lower() if match else None


def _doi(text: str | None) -> str | None:
    match = _DOI.fullmatch(text.strip()) if text else None
    return match.group(1).lower() if match else None
