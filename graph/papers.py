"""A paper as a node, and whether what was read in it stands in its text."""

from collections.abc import Iterable

from graph.captions import of_title
from schema.identity import fold, paper_id
from schema.nodes import PaperNode
from schema.records import Claim, ExtractionRecord, Link, Paper, Result


def paper_node(paper: Paper) -> PaperNode:
    """Return the node of a paper."""
    title = " ".join(paper.title.split())
    return PaperNode(
        id=paper_id(paper),
        name=of_title(title),
        key=fold(paper.title),
        title=paper.title,
        abstract=paper.abstract,
        given_id=paper.given_id,
        year=paper.year,
        date=paper.date,
        url=paper.url,
        arxiv_id=paper.arxiv_id,
        doi=paper.doi,
        venue=paper.venue,
        authors=paper.authors,
        source=paper.source,
    )


def check_spans(record: ExtractionRecord) -> None:
    """Raise ValueError where evidence or a mention is not in the text at its place."""
    text = record.paper.text
    facts: Iterable[Result | Claim | Link] = (*record.results, *record.claims, *record.links)
    spans = [fact.evidence for fact in facts]
    spans += [mention for entity in record.entities for mention in entity.mentions]
    for span in spans:
        if not 0 <= span.start < span.end or text[span.start : span.end] != span.text:
            raise ValueError(f"evidence {span.text!r} is not at [{span.start}, {span.end}) of {record.paper.title!r}")
