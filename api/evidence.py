"""What a stored BEATS rests on: the claims and results of its papers, loaded for a whole cohort of BEATS at once."""

from collections.abc import Mapping, Sequence

from api.context import Cohort, Item
from graph.answers.sentences import sentences_of


def evidence(item: Item) -> Sequence[Item]:
    """Return the claims, then the results that a BEATS rests on, each in order of paper and place."""
    return item.cohort.once("evidence", _load)[item.node.key]


def _load(cohort: Cohort) -> Mapping[tuple[str, ...], Sequence[Item]]:
    found = sentences_of(cohort.context.store, [item.node for item in cohort.items])
    # One cohort of all facts, so that what they point at is loaded once.
    facts = Cohort(cohort.context, {fact.id: fact for some in found.values() for fact in some}.values()).by_id
    return {key: [facts[fact.id] for fact in some] for key, some in found.items()}
