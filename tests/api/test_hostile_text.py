"""Text in every place that takes text: both stores answer the same, and no statement is another for it."""

from typing import Any

import httpx
import neo4j
import pytest
from graphql import build_schema, parse, validate

from api import sdl
from graph.sqlite import SqliteStore
from tests.api.conftest import answer
from tests.api.places import Place, places

SCHEMA = build_schema(sdl())
# Changes come last: they may give something one of the texts as its name.
PLACES = sorted(places(SCHEMA), key=lambda place: place.of == "mutation")

PLAIN = ["plain", "", "-", "two words", "Alder", "aldr", "MATH", "MTAH"]
WRITTEN = ["plain", "two words", "We propose Zeta, which beats GPT-4 on MATH with an accuracy of 91.2%."]
HOSTILE = [
    "' \" ` \\ // /* */ --",
    "}) DETACH DELETE n //",
    "'; DROP TABLE papers; --",
    "$p0 ?1 {} %s",
    "AND OR NOT (a:b~1)^2 [1 TO 2] *?",
    "\\u0027 x\x00y 😀\u202e",
    "%",
]


def quick(place: Place) -> bool:
    """Return whether a place is tried in every run: an argument of a question that may name something."""
    return place.looks_up and place.name.startswith(("Query", "Subscription")) and not place.name.endswith("after")


def test_every_place_is_tried() -> None:
    assert [place.name for place in PLACES if validate(SCHEMA, parse(place.query))] == []
    assert {place.of for place in PLACES} == {"query", "mutation", "subscription"}
    assert {
        "Query.papers.where.title.startsWith",
        "Query.paper.by.doi",
        "Query.claims.where.winner.in",
        "Query.beats.winner",
        "Method.results.where.unit.contains",
        "LeaderboardGroup.rows.after",
        "Mutation.ingest.papers.arxivId",
        "Subscription.claimAdded.dataset",
    } <= {place.name for place in PLACES}


@pytest.mark.parametrize(
    "place", [pytest.param(place, id=place.name, marks=[] if quick(place) else [pytest.mark.long]) for place in PLACES]
)
def test_no_text_changes_a_statement(
    both: tuple[httpx.Client, httpx.Client], monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    texts: list[str] = []

    def noted(run: Any) -> Any:
        def call(self: Any, statement: str, *args: Any, **options: Any) -> Any:
            texts.append(statement)
            return run(self, statement, *args, **options)

        return call

    monkeypatch.setattr(SqliteStore, "_run", noted(SqliteStore._run))
    monkeypatch.setattr(neo4j.ManagedTransaction, "run", noted(neo4j.ManagedTransaction.run))
    answers = []
    for client in both:
        # Which statements are run depends on what is found and suggested; what they say does not depend on the text.
        texts.clear()
        # A condition looks nothing up, so that one harmless text shows its statements; a change is made, and made again.
        for text in PLAIN if place.looks_up else WRITTEN if place.of == "mutation" else PLAIN[:1]:
            if text == "MATH" and place.of == "subscription":
                continue  # it would be found, and watched for ever
            answer(client, place.query, t=text)
        plain = set(texts)
        texts.clear()
        answers.append([answer(client, place.query, t=text) for text in (HOSTILE if place.looks_up else HOSTILE[:5])])
        assert set(texts) <= plain
    # Each store ranks what it finds in its own way.
    assert answers[0] == answers[1] or "search" in place.name
