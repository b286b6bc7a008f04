"""Known names are found as whole words, the longest first, and in any case if they are known in lower case."""

from pathlib import Path

import pytest

from extractors.model.hints import HINTS, Names, find_names, read_names


@pytest.fixture
def names(tmp_path: Path) -> Names:
    table = tmp_path / "names.tsv"
    table.write_text("name\tlabel\nImageNet\tDATASET\nImageNet-C\tDATASET\nquestion answering\tTASK\nMATH\tDATASET\n")
    return read_names(table)


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("on ImageNet here", "O B-DATASET O"),
        ("on ImageNet - C", "O B-DATASET I-DATASET I-DATASET"),
        ("Question Answering and question", "B-TASK I-TASK O O"),
        ("math on MATH", "O O B-DATASET"),
        ("", ""),
    ],
)
def test_find_names(names: Names, text: str, hints: str) -> None:
    assert [HINTS[k] for k in find_names(text.split(), names)] == hints.split()
