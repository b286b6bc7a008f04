"""What people decide, on every store: it lasts, it can be taken back, and no order of papers and decisions matters."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.assemble import assemble
from graph.check import check
from graph.curate import last, logged
from graph.merges import by_acronym
from graph.sqlite import open_sqlite
from graph.store import Store
from schema.decisions import (
    Decision,
    DecisionKind,
    DecisionTarget,
    EntityTarget,
    FactTarget,
    MentionTarget,
    PairTarget,
    Target,
    decision_from_json,
    decision_to_json,
    in_effect,
)
from schema.kinds import NodeKind, Role
from schema.nodes import ClaimNode, EntityNode, ResultNode
from schema.records import Entity, ExtractionRecord, Paper
from tests.contract.test_write import AGAIN, clear, graph
from tests.factories import record, records, span

RECORD = record(given_id="a")
QUOTE = RECORD.paper.abstract
SLOTS = {"winner": "DeepThing", "loser": "GPT-4", "dataset": "MATH", "polarity": "better"}
CLAIM = FactTarget(paper="local:a", fact="claim", quote=QUOTE, slots=SLOTS)
RESULT = FactTarget(paper="local:a", fact="result", quote=QUOTE, slots={"subject": "GPT-4", "dataset": "MATH", "value": 23.0})


def decided(kind: DecisionKind, target: Target, day: int = 1, **values: Any) -> Decision:
    return Decision(who="ada", at=f"2024-01-{day:02}T00:00:00+00:00", kind=kind, target=target, values=values)


def undone(decision: Decision, day: int = 9) -> Decision:
    return decided(DecisionKind.UNDO, DecisionTarget(decision=decision.id), day)


def named(name: str, given_id: str, *forms: str, label: NodeKind = NodeKind.METHOD) -> ExtractionRecord:
    """A paper that names one thing, in these forms."""
    paper = Paper(title=f"On {name}", abstract=f"We study {', '.join((name, *forms))}.", given_id=given_id)
    mentions = tuple(span(paper.text, form) for form in (name, *forms))
    entity = Entity(name=name, label=label, role=Role.USED, forms=(name, *forms), mentions=mentions, confidence=0.9, rule="t")
    return ExtractionRecord(paper=paper, extractor="t/1", entities=(entity,))


def write(store: Store, *papers: ExtractionRecord) -> None:
    store.write([assemble(paper) for paper in papers])


def whole(papers: Sequence[ExtractionRecord], decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """The graph that an empty store becomes by decisions and papers."""
    store = open_sqlite(":memory:")
    store.decide(decisions)
    write(store, *papers)
    return graph(store)


def facts(store: Store, kind: str = "Claim") -> list[dict[str, Any]]:
    return [line for line in graph(store) if line.get("node") == kind]


def test_a_rejected_claim_stays_visible_and_makes_no_beats(store: Store) -> None:
    write(store, RECORD)
    before = graph(store)
    reject = decided(DecisionKind.REJECT, CLAIM)
    assert store.decide([reject]) == (reject,)
    assert store.decide([reject]) == (), "once is enough"
    assert [line["review"] for line in facts(store)] == ["rejected"]
    assert [edge.props["verdict"] for edge in store.beats()] == ["computed"], "the scores still say so"
    store.decide([decided(DecisionKind.REJECT, RESULT)])
    assert store.beats() == ()
    assert check(store, open_sqlite(":memory:")) == ()
    store.decide([undone(reject)])
    assert [edge.props["verdict"] for edge in store.beats()] == ["claimed"]
    store.decide([undone(decided(DecisionKind.REJECT, RESULT), 10)])
    assert graph(store) == before
    store.decide([undone(undone(reject), 11)])
    assert [line["review"] for line in facts(store)] == ["rejected"], "an undo can be undone"
    assert [each.kind for each in store.decisions()] == ["reject", "reject", "undo", "undo", "undo"]


def test_a_decision_outlives_another_reading(store: Store) -> None:
    store.decide([decided(DecisionKind.REJECT, CLAIM)])
    write(store, RECORD)
    ids = [line["id"] for line in facts(store)]
    assert [line["review"] for line in facts(store)] == ["rejected"], "it waited for its paper"
    store.delete(["local:a"])
    moved = record(abstract=f"DeepThing is new. {QUOTE[:-1]} only.", given_id="a")
    write(store, moved)
    assert [line["review"] for line in facts(store)] == ["rejected"]
    assert [line["id"] for line in facts(store)] != ids
    other = replace(moved, claims=tuple(replace(claim, dataset=None) for claim in moved.claims))
    write(store, other)
    assert [line["review"] for line in facts(store)] == ["unreviewed"], "that is another claim"


def test_an_edit_changes_the_fact_and_what_follows(store: Store) -> None:
    write(store, RECORD)
    ids = [line["id"] for line in facts(store)]
    store.decide([decided(DecisionKind.EDIT, CLAIM, loser="GPT-3", dataset="GSM8K")])
    (claim,) = facts(store)
    assert (claim["loser"], claim["dataset"], claim["review"]) == ("system:gpt3", "dataset:gsm8k", "edited")
    assert [claim["id"]] == ids, "links to it hold"
    assert ("system:gpt3", "dataset:gsm8k") in {(edge.tail, edge.dataset) for edge in store.beats()}
    node = store.get(["system:gpt3"])["system:gpt3"]
    assert isinstance(node, EntityNode)
    assert (node.name, node.papers) == ("GPT-3", 0)
    store.decide([decided(DecisionKind.EDIT, RESULT, 2, value=99.0)])
    assert store.beats(winner="system:gpt4"), "23 was wrong"
    assert check(store, open_sqlite(":memory:")) == ()


def test_a_merge_joins_two_names_everywhere(store: Store) -> None:
    other = record(
        "Other",
        "Other beats GPT4-x: accuracy 50.0% and 20.0% on MATH.",
        given_id="b",
        winner="Other",
        loser="GPT4-x",
        scores=(50, 20),
    )
    write(store, RECORD, other)
    before = graph(store)
    merge = decided(DecisionKind.MERGE, PairTarget(entities=("system:gpt4x", "system:gpt4")))
    store.decide([merge])
    assert {edge.tail for edge in store.beats()} == {"system:gpt4"}
    node = store.get(["system:gpt4x"])["system:gpt4x"]
    assert isinstance(node, EntityNode)
    assert (node.id, node.papers, node.aliases) == ("system:gpt4", 2, ("GPT4-x",)), "the old id leads there"
    assert store.merged(["system:gpt4"]) == {"system:gpt4": ("system:gpt4x",)}
    assert [found.id for found in store.named(["GPT4-x"])["GPT4-x"]] == ["system:gpt4"]
    assert check(store, open_sqlite(":memory:")) == ()
    store.decide([undone(merge)])
    assert graph(store) == before
    assert store.get(["system:gpt4x"])["system:gpt4x"].id == "system:gpt4x"


def test_names_directions_and_aliases_are_set(store: Store) -> None:
    odd = record("T", "DeepThing has strangeness 3.0 on MATH, GPT-4 has 5.0. accuracy", given_id="o", scores=())
    results = [replace(result, metric="strangeness", unit=None, raw=str(result.value)) for result in RECORD.results]
    results = [replace(result, evidence=span(odd.paper.text, odd.paper.abstract)) for result in results]
    strange = replace(
        odd.entities[3], name="strangeness", forms=("strangeness",), mentions=(span(odd.paper.text, "strangeness"),)
    )
    write(store, replace(odd, claims=(), results=tuple(results), entities=(*odd.entities, strange)))
    before = graph(store)
    assert store.beats() == (), "nobody knows which way it goes"
    on = EntityTarget(entity="metric:strangeness")
    made = [
        decided(DecisionKind.DIRECTION, on, 1, direction="lower"),
        decided(DecisionKind.RENAME, EntityTarget(entity="system:gpt4"), 2, name="GPT four"),
        decided(DecisionKind.ALIAS, EntityTarget(entity="system:gpt4"), 3, alias="Geppetto"),
    ]
    store.decide(made)
    assert [(edge.head, edge.tail) for edge in store.beats()] == [("system:gpt4", "system:deepthing")]
    nodes = store.get(["metric:strangeness", "system:gpt4"])
    metric, system = nodes["metric:strangeness"], nodes["system:gpt4"]
    assert isinstance(metric, EntityNode)
    assert isinstance(system, EntityNode)
    assert (metric.direction, system.name, system.aliases) == ("lower", "GPT four", ("GPT-4", "Geppetto"))
    assert [found.id for found in store.named(["geppetto"])["geppetto"]] == ["system:gpt4"]
    assert [hit.node.id for hit in store.search("Geppetto")] == ["system:gpt4"]
    store.decide([decided(DecisionKind.DIRECTION, on, 4, direction="higher")])
    assert [(edge.head, edge.tail) for edge in store.beats()] == [("system:deepthing", "system:gpt4")], "the last word counts"
    assert check(store, open_sqlite(":memory:")) == ()
    store.decide([undone(each, 10) for each in (*made, decided(DecisionKind.DIRECTION, on, 4, direction="higher"))])
    assert graph(store) == before


def test_an_acronym_is_merged_while_it_has_one_meaning(store: Store) -> None:
    long, bare = named("Chain of Thought", "a", "CoT"), named("CoT", "b")
    other = named("Chain of Tables", "c", "CoT")
    write(store, bare)
    alone = graph(store)
    write(store, long)
    node = store.get(["system:cot"])["system:cot"]
    assert isinstance(node, EntityNode)
    assert (node.id, node.papers) == ("system:chainofthought", 2)
    assert store.meanings(["system:cot"]) == store.meanings() == {"system:cot": {"system:chainofthought": 1}}
    assert [merge.entities for merge in by_acronym(store.meanings())] == [("system:cot", "system:chainofthought")]
    write(store, other)
    assert store.get(["system:cot"])["system:cot"].id == "system:cot", "it may be either"
    assert graph(store) == whole([other, long, bare], [])
    assert check(store, open_sqlite(":memory:")) == ()
    store.delete(["local:c"])
    assert store.get(["system:cot"])["system:cot"].id == "system:chainofthought"
    write(store, named("Chain of Code", "d", "CoT"))
    assert store.get(["system:cot"])["system:cot"].id == "system:cot", "used otherwise, whatever its letters say"
    store.delete(["local:d"])
    split = decided(DecisionKind.SPLIT, PairTarget(entities=("system:chainofthought", "system:cot")))
    store.decide([split])
    assert store.get(["system:cot"])["system:cot"].id == "system:cot"
    store.decide([undone(split)])
    store.delete(["local:a"])
    assert graph(store) == alone
    assert store.meanings() == {}


def test_one_papers_mention_is_taken_out(store: Store) -> None:
    write(store, named("CoT", "a"), named("CoT", "b"))
    taken = decided(DecisionKind.SPLIT, MentionTarget(paper="local:b", entity="system:cot"), name="Chain of Code")
    store.decide([taken])
    nodes = store.get(["system:cot", "system:chainofcode"])
    assert {key: node.papers for key, node in nodes.items() if isinstance(node, EntityNode)} == {
        "system:cot": 1,
        "system:chainofcode": 1,
    }
    assert check(store, open_sqlite(":memory:")) == ()


def test_a_merge_over_others_that_are_kept_apart_is_left_out(store: Store) -> None:
    write(store, *(named(name, name) for name in ("Abc", "Bcd", "Cde")))
    pairs = [("system:abc", "system:bcd"), ("system:bcd", "system:cde")]
    store.decide([decided(DecisionKind.SPLIT, PairTarget(entities=("system:abc", "system:cde")))])
    store.decide([decided(DecisionKind.MERGE, PairTarget(entities=pair), 2 + day) for day, pair in enumerate(pairs)])
    assert {line["id"] for line in facts(store, "Method")} == {"system:abc", "system:cde"}


def test_a_failed_decision_changes_nothing(store: Store) -> None:
    write(store, RECORD)
    before = graph(store), tuple(store.decisions()), store.batches()
    with pytest.raises(Exception, match=r"surrogate|encode|UTF-8|utf-8"):
        store.decide([decided(DecisionKind.REJECT, CLAIM), replace(decided(DecisionKind.REJECT, RESULT), reason="\ud800")])
    assert (graph(store), tuple(store.decisions()), store.batches()) == before


_ENTITIES = ("system:gpt4", "system:deepthing", "system:chainofthought", "system:c++coder")
_PAIR = st.sampled_from(_ENTITIES).flatmap(
    lambda a: st.sampled_from([e for e in _ENTITIES if e != a]).map(lambda b: PairTarget(entities=(a, b)))
)
_PAPER = st.integers(0, 2).map(lambda number: f"local:p{number}")


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[ExtractionRecord], list[Decision]]:
    """Draw papers of different ids, decisions on what they say and on their entities, and undos of some."""
    papers = draw(st.lists(records(3), max_size=4, unique_by=lambda item: item.paper.given_id))
    targets: list[st.SearchStrategy[tuple[DecisionKind, Target, dict[str, Any]]]] = [
        st.tuples(st.sampled_from([DecisionKind.MERGE, DecisionKind.SPLIT]), _PAIR, st.just({})),
        st.tuples(
            st.just(DecisionKind.RENAME),
            st.sampled_from(_ENTITIES).map(lambda e: EntityTarget(entity=e)),
            st.just({"name": "Nom"}),
        ),
        st.tuples(
            st.just(DecisionKind.DIRECTION),
            st.sampled_from(["metric:bleu", "metric:strangeness"]).map(lambda e: EntityTarget(entity=e)),
            st.sampled_from([{"direction": "lower"}, {"direction": "higher"}]),
        ),
        st.tuples(
            st.just(DecisionKind.SPLIT),
            st.builds(MentionTarget, paper=_PAPER, entity=st.sampled_from(_ENTITIES)),
            st.just({"name": "Chain of Code"}),
        ),
    ]
    for paper in papers:
        for claim in paper.claims:
            slots = {name: getattr(claim, name) for name in ("winner", "loser", "dataset", "polarity")}
            target = FactTarget(paper=f"local:{paper.paper.given_id}", fact="claim", quote=claim.evidence.text, slots=slots)
            targets.append(st.tuples(st.sampled_from([DecisionKind.REJECT, DecisionKind.ACCEPT]), st.just(target), st.just({})))
            targets.append(
                st.tuples(st.just(DecisionKind.EDIT), st.just(target), st.just({"loser": "GPT-4", "dataset": "MATH"}))
            )
        for result in paper.results:
            found = {name: getattr(result, name) for name in ("subject", "dataset", "value")}
            target = FactTarget(paper=f"local:{paper.paper.given_id}", fact="result", quote=result.evidence.text, slots=found)
            targets.append(st.tuples(st.just(DecisionKind.REJECT), st.just(target), st.just({})))
    drawn = draw(st.lists(st.one_of(targets), max_size=5))
    decisions = [decided(kind, target, day + 1, **values) for day, (kind, target, values) in enumerate(drawn)]
    undos = [undone(each, 10 + day) for day, each in enumerate(decisions) if draw(st.booleans())]
    return papers, [*decisions, *undos]


@AGAIN
@given(histories(), st.randoms(use_true_random=False))
def test_no_order_of_papers_and_decisions_matters(
    store: Store, history: tuple[list[ExtractionRecord], list[Decision]], random: Any
) -> None:
    papers, decisions = history
    clear(store)
    store.decide([undone(each, 28) for each in store.decisions()])  # what earlier examples left is out of effect
    steps: list[Any] = [*papers, *decisions]
    random.shuffle(steps)
    for step in steps:
        if isinstance(step, Decision):
            store.decide([step])
        else:
            write(store, step)
    exported = [decision_from_json(decision_to_json(each)) for each in store.decisions()]
    assert graph(store) == whole(papers, exported)


@AGAIN
@given(histories())
def test_decide_then_undo_gives_the_graph_before(
    sqlite_store: Store, history: tuple[list[ExtractionRecord], list[Decision]]
) -> None:
    papers, decisions = history
    store = open_sqlite(":memory:")
    write(store, *papers)
    before = graph(store)
    store.decide(decisions)
    store.decide([undone(each, 20) for each in decisions])
    store.decide([undone(undone(each, 20), 21) for each in decisions if each.kind is DecisionKind.UNDO])
    store.decide([undone(each, 22) for each in decisions if each.kind is not DecisionKind.UNDO])
    assert graph(store) == before


@AGAIN
@given(histories())
def test_what_became_of_a_decision_is_the_same_on_every_page(history: tuple[list[ExtractionRecord], list[Decision]]) -> None:
    papers, decisions = history
    store = open_sqlite(":memory:")
    store.decide(decisions)
    write(store, *papers[1:])
    log = tuple(store.decisions())
    whole = logged(store, log)
    undone_ones = {each.decision.id for each in whole if each.state == "undone"}
    assert undone_ones == {each.id for each in log if each.kind is not DecisionKind.UNDO} - {each.id for each in in_effect(log)}
    assert tuple(each for at in range(0, len(log), 2) for each in logged(store, log[at : at + 2])) == whole
    assert last(store) == next(reversed(in_effect(log)), None)


def test_the_log_is_read_from_its_end_a_page_at_a_time(store: Store) -> None:
    assert (store.count_decisions(), store.latest_decisions(5)) == (0, ())
    made = [
        decided(DecisionKind.ALIAS, EntityTarget(entity="system:gpt4"), day // 2 + 1, alias=f"No. {day}") for day in range(7)
    ]
    store.decide([*made, undone(made[0])])
    newest = tuple(store.decisions())[::-1]
    pages = [store.latest_decisions(3)]
    while pages[-1]:
        pages.append(store.latest_decisions(3, before=pages[-1][-1].place))
    assert [len(page) for page in pages] == [3, 3, 2, 0]
    assert tuple(each for page in pages for each in page) == newest
    assert store.count_decisions() == 8


def test_nodes_say_their_review(store: Store) -> None:
    write(store, RECORD)
    store.decide([decided(DecisionKind.ACCEPT, CLAIM), decided(DecisionKind.EDIT, RESULT, setting="5-shot")])
    nodes = [line["review"] for kind in ("Claim", "Result") for line in facts(store, kind)]
    assert sorted(nodes) == ["accepted", "edited", "unreviewed"]
    assert {ClaimNode, ResultNode} == {
        type(node) for node in store.get([line["id"] for k in ("Claim", "Result") for line in facts(store, k)]).values()
    }
