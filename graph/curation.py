"""What was decided that concerns one paper, as the fold of its record needs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schema.decisions import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """`decisions` are those on the paper that are in effect, as they were made; `redirects` are the ids that stand for merged
    ones; `directions` are those of metrics that a person set."""

    decisions: tuple[Decision, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    directions: Mapping[str, str] = field(default_factory=dict)


NONE = Curation()
