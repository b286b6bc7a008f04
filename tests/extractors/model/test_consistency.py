"""A spelling has one label in one text, and is a name at all its places or at none."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from extractors.model.consistency import consistent
from extractors.model.encoder import Guess
from schema.kinds import ENTITY_KINDS, NodeKind

TEXT = "GAT beats GCN. GAT and GCN, but not GCNs, use accuracy; accuracy matters for GAT and for GAT v2."


def at(form: str, label: NodeKind, confidence: float, *, nth: int = 0) -> Guess:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(form, start + 1)
    return Guess(start, start + len(form), label, confidence)


def test_the_surer_label_wins() -> None:
    guesses = [at("GAT", NodeKind.METHOD, 0.9), at("GAT", NodeKind.MODEL, 0.6, nth=1)]
    assert {guess.label for guess in consistent(TEXT, guesses)} == {NodeKind.METHOD}


def test_other_places_of_a_name_are_added_as_whole_words() -> None:
    spans = [TEXT[g.start : g.end + 1] for g in consistent(TEXT, [at("GCN", NodeKind.METHOD, 0.9)])]
    assert spans == ["GCN.", "GCN,"]


def test_a_common_word_is_kept_where_it_was_seen_and_not_added() -> None:
    seen = at("accuracy", NodeKind.METRIC, 0.99)
    assert consistent(TEXT, [seen]) == (seen,)


def test_a_spelling_that_was_rarely_seen_goes() -> None:
    assert consistent(TEXT, [at("GAT", NodeKind.METHOD, 0.6)], support=0.25) == ()
    assert len(consistent(TEXT, [at("GAT", NodeKind.METHOD, 0.6)], support=0.1)) == 4


def test_a_longer_name_keeps_its_part() -> None:
    found = consistent(TEXT, [at("GAT v2", NodeKind.MODEL, 0.9), at("GAT", NodeKind.METHOD, 0.9)])
    assert [TEXT[g.start : g.end] for g in found] == ["GAT", "GAT", "GAT", "GAT v2"]


def test_none_from_none() -> None:
    assert consistent("", ()) == ()


@given(st.data())
def test_what_comes_back_never_overlaps(data: st.DataObject) -> None:
    text = data.draw(st.text("ab A1-", max_size=40))
    guesses, end = [], 0
    while end < len(text) and data.draw(st.booleans()):
        start = data.draw(st.integers(end, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        guesses.append(Guess(start, end, data.draw(st.sampled_from(ENTITY_KINDS)), data.draw(st.floats(0, 1))))
    found = consistent(text, guesses)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert {text[g.start : g.end] for g in found} <= {text[g.start : g.end] for g in guesses}
