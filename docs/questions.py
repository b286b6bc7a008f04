"""The GraphQL questions that a page asks of the sample, each with its answer: a ```graphql and then a ```json block."""

import json
import re
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from docs.commands import folded
from sotagraph.serve import app_of
from sotagraph.settings import Settings
from sotagraph.wiring import open_store

_PAIR = re.compile(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", re.DOTALL)


def pairs_of(page: str) -> list[tuple[str, Any]]:
    """Return (question, answer) of each pair on a page."""
    return [(question, json.loads(answer)) for question, answer in _PAIR.findall(page)]


def answer(question: str, folder: Path) -> Any:
    """Return what the API answers on the sample that `commands.fill` put into a folder."""
    settings = Settings()
    with (
        open_store(str(folder / "graph.db"), settings) as store,
        TestClient(app_of(store, settings), base_url="http://127.0.0.1") as client,
    ):
        return client.post("/graphql", json={"query": question}).json()


def with_answers(page: str, folder: Path) -> str:
    """Return the page with the answers of today."""

    def pair(match: re.Match[str]) -> str:
        return f"```graphql\n{match[1]}```\n\n```json\n{folded(answer(match[1], folder))}\n```"

    return _PAIR.sub(pair, page)
