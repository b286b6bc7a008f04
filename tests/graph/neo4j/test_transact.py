"""Writers take turns: what one has to know of the graph, it reads when the one before has ended."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager

from graph.assemble import assemble
from graph.neo4j import open_neo4j
from graph.store import Written
from schema.decisions import Decision, DecisionKind, EntityTarget, PairTarget
from tests.factories import record
from tests.neo4j_server.server import Neo4jServer

PAPER = assemble(record(given_id="a"))
RENAME = Decision(
    who="ada", at="2024", kind=DecisionKind.RENAME, target=EntityTarget(entity="system:gpt4"), values={"name": "Nom"}
)
MERGE = Decision(who="ada", at="2024", kind=DecisionKind.MERGE, target=PairTarget(entities=("system:deepthing", "system:aaa")))


def test_a_write_meets_the_first_decisions_of_the_writer_before(empty_neo4j: Neo4jServer) -> None:
    server = empty_neo4j
    with (
        closing(open_neo4j(server.uri, user=server.user, password=server.password)) as one,
        closing(open_neo4j(server.uri, user=server.user, password=server.password)) as other,
        ThreadPoolExecutor(1) as pool,
    ):
        writes: list[Future[Written]] = []

        @contextmanager
        def meanwhile(statement: str) -> Iterator[None]:
            if "CREATE (n:Decision)" in statement and not writes:
                writes.append(pool.submit(other.write, [PAPER]))
                time.sleep(1)
            yield

        one.observe(meanwhile)
        one.decide([RENAME, MERGE])
        assert writes[0].result().written == 1
        assert {entity.name for entity in one.named(["GPT-4"])["GPT-4"]} == {"Nom"}
        assert set(one.get(["system:aaa"])) == {"system:aaa"}, "what is merged into it stands there"
        assert one.get(["system:deepthing"])["system:deepthing"].id == "system:aaa"
