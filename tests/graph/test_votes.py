"""Electing an entity from ballots."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.votes import ballot, elect, lookup_keys, recount
from schema.kinds import NodeKind

BALLOTS = st.lists(
    st.builds(
        ballot,
        st.sampled_from([NodeKind.METHOD, NodeKind.MODEL]),
        st.sampled_from(["GPT-4", "GPT4", "gpt-4"]),
        st.lists(st.sampled_from(["GPT-4", "GPT 4"]), max_size=2),
        named=st.booleans(),
    ),
    max_size=6,
)


@given(BALLOTS, st.randoms(use_true_random=False))
def test_no_order_matters(ballots: list[tuple[str, ...]], random: Random) -> None:
    counted: Counter[str] = Counter()
    for one in ballots:
        counted = recount(counted, one, ())
    random.shuffle(ballots)
    at_once = recount({}, [vote for one in ballots for vote in one], ())
    assert elect("system:gpt4", counted) == elect("system:gpt4", at_once)


@given(BALLOTS, BALLOTS)
def test_what_is_taken_back_leaves_no_trace(kept: list[tuple[str, ...]], gone: list[tuple[str, ...]]) -> None:
    flat = [vote for one in kept for vote in one]
    more = [vote for one in gone for vote in one]
    assert recount(recount((flat and Counter(flat)) or {}, more, ()), (), more) == Counter(flat)


def test_the_most_frequent_label_and_name_win() -> None:
    votes = Counter(
        [
            *ballot(NodeKind.MODEL, "GPT-4", ["GPT 4"]),
            *ballot(NodeKind.MODEL, "GPT-4", []),
            *ballot(NodeKind.METHOD, "gpt4", []),
        ]
    )
    node = elect("system:gpt4", votes)
    assert node is not None
    assert (node.kind, node.name, node.aliases, node.papers, node.version) == (
        NodeKind.MODEL,
        "GPT-4",
        ("GPT 4", "gpt4"),
        3,
        "4",
    )
    assert lookup_keys(node) == ("gpt4",)
    assert elect("system:gpt4", {}) is None


@pytest.mark.parametrize(
    ("name", "size", "version"),
    [
        ("Llama-3.1 405B", "405B", "3.1"),
        ("GPT-4", None, "4"),
        ("Codex", None, None),
        ("DotaMath-deepseek-7B", "7B", None),
        ("BERT", None, None),
    ],
)
def test_size_and_version_of_models(name: str, size: str | None, version: str | None) -> None:
    node = elect("system:x", Counter(ballot(NodeKind.MODEL, name, [])))
    assert node is not None
    assert (node.size, node.version) == (size, version)


def test_metrics_carry_what_the_registry_knows() -> None:
    node = elect("metric:pass@10", Counter(ballot(NodeKind.METRIC, "pass@10", [])))
    assert node is not None
    assert (node.direction, node.unit, node.parameters) == ("higher", "%", "k=10")
    unknown = elect("metric:charm", Counter(ballot(NodeKind.METRIC, "charm", [])))
    assert unknown is not None
    assert unknown.direction == "unknown"
