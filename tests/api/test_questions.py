"""The questions and what the small graph answers."""

import pytest

from tests.api.conftest import Ask

FULL = {
    "stats": (
        "{ stats { papers methods models datasets metrics tasks results claims beats } }",
        {
            "stats": {
                "papers": 3,
                "methods": 3,
                "models": 1,
                "datasets": 2,
                "metrics": 1,
                "tasks": 1,
                "results": 2,
                "claims": 4,
                "beats": 2,
            }
        },
    ),
    "node of each kind": (
        '{ nodes(ids: ["system:alder", "arxiv:2402.00001", "none", "dataset:math"]) { __typename id name } }',
        {
            "nodes": [
                {"__typename": "Method", "id": "system:alder", "name": "Alder"},
                {"__typename": "Paper", "id": "arxiv:2402.00001", "name": "Alder"},
                None,
                {"__typename": "Dataset", "id": "dataset:math", "name": "MATH"},
            ]
        },
    ),
    "an id that nothing has": ('{ node(id: "system:none") { id } }', {"node": None}),
    "entity by another spelling": (
        '{ entity(name: "gpt4", kind: MODEL) { id __typename paperCount } }',
        {"entity": {"id": "system:gpt4", "__typename": "Model", "paperCount": 1}},
    ),
    "leaderboard with its sentence": (
        """{ leaderboard(dataset: "MATH") {
             groups { metric { name } metricBasis direction rows { nodes {
               rank system { name } result { value unit quote start end } paper { year } } } }
             claims { nodes { quote winner { name } } } } }""",
        {
            "leaderboard": {
                "groups": [
                    {
                        "metric": {"name": "accuracy"},
                        "metricBasis": "INFERRED",
                        "direction": "HIGHER",
                        "rows": {
                            "nodes": [
                                {
                                    "rank": 1,
                                    "system": {"name": "Alder"},
                                    "result": {
                                        "value": 64.8,
                                        "unit": "%",
                                        "quote": "Alder reaches 64.8% on MATH",
                                        "start": 44,
                                        "end": 71,
                                    },
                                    "paper": {"year": 2024},
                                },
                                {
                                    "rank": 2,
                                    "system": {"name": "GPT-4"},
                                    "result": {
                                        "value": 53.9,
                                        "unit": "%",
                                        "quote": "GPT-4 gets 53.9% on MATH",
                                        "start": 79,
                                        "end": 103,
                                    },
                                    "paper": {"year": 2024},
                                },
                            ]
                        },
                    }
                ],
                "claims": {"nodes": [{"quote": "Birch outperforms Alder", "winner": {"name": "Birch"}}]},
            }
        },
    ),
    "leaderboard before there was one": (
        '{ leaderboard(dataset: "MATH", asOf: "2023") { groups { variant } } }',
        {"leaderboard": {"groups": []}},
    ),
    "compare, with its evidence": (
        """{ compare(a: "Alder", b: "GPT-4") { a { name } b { name } benchmarks {
             dataset { name } metric { name } verdict winner { name } margin evidence { __typename quote paper { year } } } } }""",
        {
            "compare": {
                "a": {"name": "Alder"},
                "b": {"name": "GPT-4"},
                "benchmarks": [
                    {
                        "dataset": {"name": "MATH"},
                        "metric": {"name": "accuracy"},
                        "verdict": "BOTH",
                        "winner": {"name": "Alder"},
                        "margin": 10.9,
                        "evidence": [
                            {
                                "__typename": "Claim",
                                "quote": "Alder outperforms GPT-4 by up to 12%",
                                "paper": {"year": 2024},
                            },
                            {"__typename": "Result", "quote": "Alder reaches 64.8% on MATH", "paper": {"year": 2024}},
                            {"__typename": "Result", "quote": "GPT-4 gets 53.9% on MATH", "paper": {"year": 2024}},
                        ],
                    }
                ],
            }
        },
    ),
    "beats between two": (
        """{ beats(winner: "Alder", loser: "GPT-4", on: "MATH") { totalCount nodes {
             verdict margin metric { name } papers { id } evidence { __typename quote } } } }""",
        {
            "beats": {
                "totalCount": 1,
                "nodes": [
                    {
                        "verdict": "BOTH",
                        "margin": 10.9,
                        "metric": {"name": "accuracy"},
                        "papers": [{"id": "arxiv:2402.00001"}],
                        "evidence": [
                            {"__typename": "Claim", "quote": "Alder outperforms GPT-4 by up to 12%"},
                            {"__typename": "Result", "quote": "Alder reaches 64.8% on MATH"},
                            {"__typename": "Result", "quote": "GPT-4 gets 53.9% on MATH"},
                        ],
                    }
                ],
            }
        },
    ),
    "beats the other way": ('{ beats(winner: "GPT-4", loser: "Alder") { nodes { verdict } } }', {"beats": {"nodes": []}}),
    "what surrounds a system": (
        """{ entity(name: "Alder") { papers(role: INTRODUCED) { nodes { title } edges { role spans { start text } } }
             ... on System { beats { nodes { loser { name } } } beatenBy { nodes { winner { name } } }
               usedBy { edges { type node { name } quote paper { title } } } trainedOn { nodes { name } }
               addresses { nodes { name } } basedOn { totalCount } } } }""",
        {
            "entity": {
                "papers": {
                    "nodes": [{"title": "Alder: Reasoning by Trees"}],
                    "edges": [
                        {
                            "role": "INTRODUCED",
                            "spans": [{"start": start, "text": "Alder"} for start in (0, 37, 44, 105, 151)],
                        }
                    ],
                },
                "beats": {"nodes": [{"loser": {"name": "GPT-4"}}]},
                "beatenBy": {"nodes": [{"winner": {"name": "Birch"}}]},
                "usedBy": {
                    "edges": [
                        {
                            "type": "BASED_ON",
                            "node": {"name": "Birch"},
                            "quote": "Birch builds on Alder",
                            "paper": {"title": "Birch: Alder Made Small"},
                        }
                    ]
                },
                "trainedOn": {"nodes": [{"name": "GSM8K"}]},
                "addresses": {"nodes": [{"name": "mathematical reasoning"}]},
                "basedOn": {"totalCount": 0},
            }
        },
    ),
    "a paper with what it says": (
        """{ node(id: "tests:b-1") { ... on Paper { introduces { name } mentions { entity { name } role }
             claims { quote winner { name } winnerClass loser { name } loserClass dataset { name } polarity
                      extractor rule review confidence } } } }""",
        {
            "node": {
                "introduces": [{"name": "Birch"}],
                "mentions": [
                    {"entity": {"name": "Birch"}, "role": "INTRODUCED"},
                    {"entity": {"name": "Alder"}, "role": "USED"},
                    {"entity": {"name": "MATH"}, "role": "USED"},
                    {"entity": {"name": "GSM8K"}, "role": "MENTIONED"},
                ],
                "claims": [
                    {**said, "extractor": "by-hand/1", "rule": "hand", "review": "unreviewed", "confidence": 0.7}
                    for said in (
                        {
                            "quote": "Birch outperforms Alder",
                            "winner": {"name": "Birch"},
                            "winnerClass": None,
                            "loser": {"name": "Alder"},
                            "loserClass": None,
                            "dataset": {"name": "MATH"},
                            "polarity": "BETTER",
                        },
                        {
                            "quote": "Our model sets a new state of the art",
                            "winner": None,
                            "winnerClass": "MODEL",
                            "loser": None,
                            "loserClass": "SOTA",
                            "dataset": None,
                            "polarity": "BETTER",
                        },
                        {
                            "quote": "Birch is better than previous methods on GSM8K",
                            "winner": {"name": "Birch"},
                            "winnerClass": None,
                            "loser": None,
                            "loserClass": "PREVIOUS",
                            "dataset": {"name": "GSM8K"},
                            "polarity": "BETTER",
                        },
                    )
                ],
            }
        },
    ),
    "text beyond the basic plane keeps its offsets": (
        """{ node(id: "tests:c'1") { ... on Paper { title mentions { spans { start end text } } } } }""",
        {
            "node": {
                "title": "On naïve “quotes” & `ticks`",
                "mentions": [
                    {"spans": [{"start": 28, "end": 33, "text": "Cedar"}]},
                    {"spans": [{"start": 41, "end": 45, "text": "MATH"}]},
                ],
            }
        },
    ),
    "neighbourhood": (
        """{ neighbourhood(id: "tests:c'1") { nodes { id } relationships { type head { id } tail { id } paper { id } } } }""",
        {
            "neighbourhood": {
                "nodes": [{"id": "dataset:math"}, {"id": "system:cedar"}, {"id": "tests:c'1"}],
                "relationships": [
                    {"type": kind, "head": {"id": "tests:c'1"}, "tail": {"id": tail}, "paper": {"id": "tests:c'1"}}
                    for kind, tail in (("INTRODUCES", "system:cedar"), ("USES", "dataset:math"))
                ],
            }
        },
    ),
}


@pytest.mark.parametrize(("query", "data"), FULL.values(), ids=FULL.keys())
def test_answer(ask: Ask, query: str, data: object) -> None:
    assert ask(query) == {"data": data}


def test_search_finds_papers_and_entities_by_words(ask: Ask) -> None:
    found = ask('{ search(text: "alder", kinds: [METHOD, PAPER]) { edges { snippet score node { id } } } }')
    edges = found["data"]["search"]["edges"]
    assert {edge["node"]["id"] for edge in edges} == {"system:alder", "arxiv:2402.00001", "tests:b-1"}
    assert all("alder" in edge["snippet"].lower() for edge in edges)
