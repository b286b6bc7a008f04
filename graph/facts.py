"""Everything that one paper says to the graph, ready to be written, joined or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.nodes import ClaimNode, PaperNode, Relationship, ResultNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One paper's word that a system beats another on a dataset: `verdict` is "claimed", "computed" or "both", and
    `margin` the difference of the printed scores in the metric's unit, where there are two."""

    winner: str
    loser: str
    dataset: str
    metric: str | None
    verdict: str
    margin: float | None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The edge that this word supports."""
        return (self.winner, self.loser, self.dataset, self.metric or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One extraction record, folded. `record` is its canonical JSON and `digest` the hash of that.

    `ballots` holds, by entity id, this paper's votes on the entity's label and names (see graph/votes.py).
    `relationships` are all but the derived BEATS; `dropped` counts by reason what the record said and the graph can't hold.
    `bases` are the ids that the paper's own names have, before any merge; `meanings` are the pairs (short, long) of those that
    the paper defines as an acronym and what it stands for.
    """

    paper: PaperNode
    record: str
    digest: str
    ballots: Mapping[str, tuple[str, ...]]
    results: tuple[ResultNode, ...]
    claims: tuple[ClaimNode, ...]
    relationships: tuple[Relationship, ...]
    beats: tuple[Beat, ...]
    bases: tuple[str, ...]
    meanings: tuple[tuple[str, str], ...]
    dropped: Mapping[str, int] = field(default_factory=dict)
