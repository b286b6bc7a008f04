"""Corrections over GraphQL: decided, listed, undone, and refused in words."""

from typing import Any

import pytest

from graph.assemble import assemble
from graph.store import Store
from tests.api.conftest import asking, serving
from tests.factories import record

PAYLOAD = """{ decision { id who kind reason state paper quote entities undoes values { slot value } }
  errors { __typename ... on MutationError { message } ... on UnknownTarget { name suggestions } } }"""
FACTS = '{ claims { nodes { id review } } results(where: {review: {eq: "unreviewed"}}) { totalCount } }'


@pytest.fixture
def ask(sqlite_store: Store) -> Any:
    sqlite_store.write([assemble(record(given_id="a"))])
    with serving(sqlite_store) as client:
        yield asking(client)


def test_a_claim_is_rejected_listed_and_the_rejection_undone(ask: Any) -> None:
    (claim,) = ask(FACTS)["data"]["claims"]["nodes"]
    done = ask(f'mutation($id: ID!) {{ rejectFact(id: $id, reason: "no") {PAYLOAD} }}', id=claim["id"])["data"]["rejectFact"]
    assert done["errors"] == []
    decision = done["decision"]
    assert (decision["kind"], decision["reason"], decision["state"]) == ("REJECT", "no", "in effect")
    assert decision["who"]
    assert (decision["paper"], decision["quote"].startswith("DeepThing reaches")) == ("local:a", True)
    assert ask(FACTS)["data"]["claims"]["nodes"] == [{"id": claim["id"], "review": "rejected"}]
    undone = ask(f"mutation {{ undoDecision {PAYLOAD} }}")["data"]["undoDecision"]["decision"]
    assert undone["undoes"] == decision["id"]
    assert ask(FACTS)["data"]["claims"]["nodes"] == [{"id": claim["id"], "review": "unreviewed"}]
    pages = "query($after: String) { decisions(first: 1, after: $after) { totalCount nodes { id state } pageInfo { endCursor hasNextPage } } }"
    first = ask(pages)["data"]["decisions"]
    assert (first["totalCount"], first["nodes"]) == (2, [{"id": undone["id"], "state": "in effect"}])
    second = ask(pages, after=first["pageInfo"]["endCursor"])["data"]["decisions"]
    assert (second["nodes"], second["pageInfo"]["hasNextPage"]) == ([{"id": decision["id"], "state": "undone"}], False)


def test_a_result_is_edited(ask: Any) -> None:
    (result,) = ask("{ results(where: {value: {eq: 23}}) { nodes { id } } }")["data"]["results"]["nodes"]
    edit = f"mutation($id: ID!, $to: FactEdit!) {{ editFact(id: $id, values: $to) {PAYLOAD} }}"
    done = ask(edit, id=result["id"], to={"value": 29.5, "metric": None})["data"]["editFact"]
    assert done["decision"]["values"] == [{"slot": "metric", "value": None}, {"slot": "value", "value": "29.5"}]
    asked = "query($id: ID!) { node(id: $id) { ... on Result { value review metricBasis } } }"
    assert ask(asked, id=result["id"])["data"]["node"] == {"value": 29.5, "review": "edited", "metricBasis": "INFERRED"}
    wrong = ask(edit, id=result["id"], to={"winner": "X"})["data"]["editFact"]
    assert wrong == {"decision": None, "errors": [{"__typename": "InvalidDecision", "message": "edit can't set winner."}]}


def test_entities_are_merged_renamed_and_split(ask: Any) -> None:
    for mutation in (
        'mergeEntities(a: "GPT-4", b: "DeepThing", reason: "twins")',
        'renameEntity(entity: "GPT-4", name: "Twin")',
        'addAlias(entity: "Twin", alias: "Zwilling")',
        'setDirection(metric: "accuracy", direction: "lower")',
        'splitMention(paperId: "local:a", entity: "MATH", name: "MATH-500")',
    ):
        name = mutation.partition("(")[0]
        assert ask(f"mutation {{ {mutation} {PAYLOAD} }}")["data"][name]["errors"] == [], mutation
    twin = ask('{ entity(name: "Zwilling") { id name aliases } node(id: "system:gpt4") { id } }')["data"]
    assert twin["entity"] == {"id": "system:deepthing", "name": "Twin", "aliases": ["DeepThing", "GPT-4", "Zwilling"]}
    assert twin["node"] == {"id": "system:deepthing"}
    (merge,) = ask('{ merges(name: "Twin") { names who reason decision } }')["data"]["merges"]
    assert (merge["names"], merge["reason"]) == (["system:gpt4", "system:deepthing"], "twins")
    split = ask(f'mutation {{ splitEntities(a: "system:gpt4", b: "system:deepthing") {PAYLOAD} }}')["data"]["splitEntities"]
    assert split["decision"]["entities"] == ["system:gpt4", "system:deepthing"]
    assert ask("{ merges { names } }")["data"]["merges"] == []


@pytest.mark.parametrize(
    ("mutation", "error"),
    [
        ('acceptFact(id: "claim:x")', {"__typename": "UnknownTarget", "name": "claim:x", "suggestions": []}),
        (
            'renameEntity(entity: "GPT-5", name: "x")',
            {"__typename": "UnknownTarget", "name": "GPT-5", "suggestions": ["GPT-4"]},
        ),
        ('mergeEntities(a: "GPT-4", b: "MATH")', {"__typename": "InvalidDecision"}),
        (
            "undoDecision",
            {"__typename": "InvalidDecision", "message": "no decision is in effect, so there is nothing to undo."},
        ),
    ],
)
def test_what_can_not_be_decided_is_an_error_in_the_payload(ask: Any, mutation: str, error: dict[str, Any]) -> None:
    done = ask(f"mutation {{ {mutation} {PAYLOAD} }}")["data"][mutation.partition("(")[0]]
    assert done["decision"] is None
    assert error.items() <= done["errors"][0].items()
    assert ask("{ decisions { totalCount } }")["data"]["decisions"]["totalCount"] == 0


def test_a_rejected_claim_is_no_evidence_of_a_beats(sqlite_store: Store) -> None:
    sqlite_store.write([assemble(record(given_id=key)) for key in ("a", "b")])
    asked = "{ beats { nodes { verdict evidence { __typename id paper { id } } } } }"
    with serving(sqlite_store) as client:
        ask = asking(client)
        (before,) = ask(asked)["data"]["beats"]["nodes"]
        claim = next(fact for fact in before["evidence"] if (fact["__typename"], fact["paper"]["id"]) == ("Claim", "local:a"))
        ask(f"mutation($id: ID!) {{ rejectFact(id: $id) {PAYLOAD} }}", id=claim["id"])
        (after,) = ask(asked)["data"]["beats"]["nodes"]
    # The other paper still claims it, and this one's scores still say so.
    assert (before["verdict"], after["verdict"]) == ("BOTH", "BOTH")
    assert after["evidence"] == [fact for fact in before["evidence"] if fact["id"] != claim["id"]]
