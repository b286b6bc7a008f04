"""Statements are told as they are run, without a value in them."""

from collections.abc import Iterator
from contextlib import contextmanager

from graph.request import Condition, Op, Request
from graph.store import Store
from schema.kinds import NodeKind
from tests.api.graphs import small_graph


def test_each_statement_is_told_while_it_runs(store: Store) -> None:
    store.write(small_graph())
    told: list[str] = []

    @contextmanager
    def around(text: str) -> Iterator[None]:
        told.append(text)
        yield
        told.append("done")

    store.observe(around)
    secret = "it's 'secret'"
    store.find(Request(kinds=(NodeKind.PAPER,), where=Condition("title", Op.EQ, secret)))
    assert [*told[1::2]] == ["done"]
    for ask in (lambda: store.get([secret]), lambda: store.named([secret]), lambda: store.search(secret), store.stats):
        before = len(told)
        ask()
        assert len(told) >= before + 2
    assert not any("secret" in text for text in told)
