"""The sample, loaded once into a folder in which the pages' commands run."""

from pathlib import Path

import pytest

from docs import commands


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample in graph.db, papers.jsonl and page.txt."""
    folder = tmp_path_factory.mktemp("sample")
    commands.fill(folder)
    return folder
