"""What was known at a date."""

from schema.nodes import PaperNode


def known_by(paper: PaperNode, as_of: str | None) -> bool:
    """Return whether a paper was out at a date (ISO 8601, any precision); one of unknown date was not."""
    if as_of is None:
        return True
    date = paper.date or (str(paper.year) if paper.year else None)
    # Of "2024" and "2024-06-01" only the years can be compared.
    return date is not None and date[: len(as_of)] <= as_of[: len(date)]
