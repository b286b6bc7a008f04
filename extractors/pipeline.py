"""The extractor: which components read an abstract, in which order, and how a paper goes through them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors import abbreviations, anaphora, claims, entities, links, results, sentences
from extractors.cleaning import clean
from extractors.encoder_mentions import EncoderFinder
from extractors.encoder_reader import EncoderReader
from extractors.mentions import NameFinder, keep_longest
from extractors.model.encoder import ARTEFACT, load_encoder
from extractors.model.parts import Parts
from extractors.reading import Mention
from extractors.record import record_of
from schema.kinds import NodeKind
from schema.records import ExtractionRecord, Paper


@dataclass(frozen=True, slots=True)
class Step:
    """A component: its name, what makes it, and what it needs and gives."""

    name: str
    annotate: Callable[[Doc], Doc]
    requires: tuple[str, ...]
    assigns: tuple[str, ...]


def _as_it_is(doc: Doc) -> Doc:
    return doc


# THE list: components in the order in which they read.
BEFORE_MENTIONS = (
    Step("sentences", sentences.annotate, (), ("token.is_sent_start", "doc._.sentences")),
    Step("abbreviations", abbreviations.annotate, (), ("doc._.abbreviations",)),
)
ENCODER = Step("encoder", _as_it_is, (), ("doc._.encoded", "doc._.parts"))
MENTIONS = Step("mentions", _as_it_is, ("doc._.abbreviations", "doc._.encoded"), ("doc._.mentions",))
AFTER_MENTIONS = (
    Step(
        "entities",
        entities.annotate,
        ("doc._.sentences", "doc._.abbreviations", "doc._.mentions", "doc._.parts"),
        ("doc._.entities",),
    ),
    Step("anaphora", anaphora.annotate, ("doc._.sentences", "doc._.entities", "doc._.parts"), ("doc._.reading",)),
    Step("results", results.annotate, ("doc._.reading",), ("doc._.results",)),
    Step("claims", claims.annotate, ("doc._.reading",), ("doc._.claims",)),
    Step("links", links.annotate, ("doc._.reading",), ("doc._.links",)),
)
STEPS = (*BEFORE_MENTIONS, ENCODER, MENTIONS, *AFTER_MENTIONS)
OPENED = ("paper", "cleaned", "title_end")
ASSIGNED = tuple(name.removeprefix("doc._.") for step in STEPS for name in step.assigns if name.startswith("doc._."))


def build_nlp(*, mentions: str = "auto", threads: int = 1) -> Language:
    """Return the pipeline. `mentions` says who finds names: "patterns", "encoder" (the trained model, run on `threads`
    threads), or "auto", the encoder where its files are present.

    Raises ValueError for another word, ArtefactError where the encoder's files are asked for and absent or changed.
    """
    for name in (*OPENED, *ASSIGNED):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    nlp = spacy.blank("en")
    # No component needs memory beyond the text itself, so spaCy's guard for parsers does not apply.
    nlp.max_length = 10**9
    chosen = _chosen(nlp, mentions, threads)
    for step in STEPS:
        Language.component(
            step.name,
            func=chosen.get(step.name, step.annotate),
            requires=list(step.requires),
            assigns=list(step.assigns),
        )
        nlp.add_pipe(step.name)
    return nlp


def extract(nlp: Language, paper: Paper) -> ExtractionRecord:
    """Return what the pipeline reads in one paper."""
    return record_of(read_document(nlp, paper))


def read_document(nlp: Language, paper: Paper) -> Doc:
    """Return the paper's document after every component."""
    return nlp(_open(nlp, paper))


def extract_all(nlp: Language, papers: Iterable[Paper]) -> Iterator[ExtractionRecord]:
    """Yield what the pipeline reads in each paper, in order, holding only a few at a time."""
    return map(record_of, nlp.pipe((_open(nlp, paper) for paper in papers), batch_size=32))


def extract_with(nlp: Language, paper: Paper, mentions: Iterable[tuple[int, int, NodeKind]]) -> ExtractionRecord:
    """Return what the pipeline reads in one paper whose names are known: (start, end, label) in the text as read."""
    return record_of(open_with(nlp, paper, mentions))


def open_with(nlp: Language, paper: Paper, mentions: Iterable[tuple[int, int, NodeKind]], *, parts: Parts | None = None) -> Doc:
    """Return the paper's document after every component, the given names standing in for the one that finds mentions.

    `parts`, of the cleaned text, stand in for what an encoder would say, where the pipeline has none.
    """
    doc = _open(nlp, paper)
    doc._.parts = parts
    spans = [(*doc._.cleaned.from_source(start, end), label) for start, end, label in mentions]
    given = tuple(keep_longest(Mention(start, end, label, 1.0, "given") for start, end, label in spans if start < end))
    for name, component in nlp.pipeline:
        if name == MENTIONS.name:
            doc._.mentions = given
        else:
            doc = component(doc)
    return doc


def _open(nlp: Language, paper: Paper) -> Doc:
    cleaned = clean(paper.text)
    doc = _tokenize(nlp, cleaned.text)
    doc._.paper, doc._.cleaned = paper, cleaned
    doc._.title_end = cleaned.from_source(0, len(paper.title))[1]
    return doc


def _tokenize(nlp: Language, text: str) -> Doc:
    """Return the text's tokens; where a run without a space is longer than any word, cut anyhow, for spaCy's tokenizer takes
    quadratic time on it."""
    if not _RUN.search(text):
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []
    for piece in _PIECE.findall(text):
        if piece == " " and words and not spaces[-1]:
            spaces[-1] = True
        else:
            words.append(piece)
            spaces.append(False)
    return Doc(nlp.vocab, words=words, spaces=spaces)


_RUN = re.compile(r"\S{400}")
_PIECE = re.compile(r"\S{1,100}|\s")


def _chosen(nlp: Language, mentions: str, threads: int) -> dict[str, Callable[[Doc], Doc]]:
    """Return the components that depend on who finds names."""
    match mentions:
        case "patterns":
            return {MENTIONS.name: NameFinder(nlp)}
        case "auto" if not (ARTEFACT / "mentions.onnx").exists():
            return {MENTIONS.name: NameFinder(nlp)}
        case "auto" | "encoder":
            encoder = load_encoder(threads=threads)
            return {ENCODER.name: EncoderReader(encoder), MENTIONS.name: EncoderFinder(encoder.guesses)}
        case _:
            raise ValueError(f"mentions={mentions!r} is neither 'auto', 'patterns' nor 'encoder'")
