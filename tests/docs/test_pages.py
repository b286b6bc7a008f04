"""What the pages say of the code is so: links, settings, the model's picture, GraphQL answers, every command described."""

import re
from itertools import product
from pathlib import Path
from urllib.parse import unquote

import pytest
from pydantic_core import PydanticUndefined

from docs import questions
from docs.commands import ROOT
from schema.kinds import ALLOWED, ENTITY_KINDS, SYSTEMS, NodeKind, RelationKind
from sotagraph.settings import Settings

MARKDOWN = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTEXT.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [unquote(target.split("#")[0]) for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    missing = [target for target in targets if target and not (path.parent / target).exists()]
    assert not missing


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs/decisions"
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (folder / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in folder.glob("0*.md"))
    assert [int(name[:4]) for name in listed] == list(range(1, len(listed) + 1))


def test_settings_are_described_with_their_defaults() -> None:
    page = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    described = dict(re.findall(r"^\| `SOTAGRAPH_(\w+)` \| (.*?) \|", page, re.MULTILINE))
    assert list(described) == [name.upper() for name in Settings.model_fields]
    for name, field in Settings.model_fields.items():
        shown = described[name.upper()]
        if field.default is PydanticUndefined:
            assert "as below" in shown
        else:
            assert shown == {"": "empty", None: "unset", (): "`[]`"}.get(field.default, f"`{field.default}`")


def test_diagram_has_exactly_the_allowed_relationships() -> None:
    (diagram,) = re.findall(r"```mermaid\n(.*?)```", README, re.DOTALL)
    groups = {"Entity": ENTITY_KINDS, "System": tuple(SYSTEMS)}
    drawn = {
        (RelationKind(kind), head, tail)
        for left, kinds, right in re.findall(r"(\w+) -->\|([^|]+)\| (\w+)", diagram)
        for kind in kinds.split(", ")
        for head, tail in product(*(groups.get(end) or (NodeKind(end),) for end in (left, right)))
    }
    allowed = {(kind, head, tail) for kind, ends in ALLOWED.items() for head, tail in product(*ends)}
    assert drawn == allowed


def test_graphql_answers_are_as_written(sample: Path) -> None:
    pairs = questions.pairs_of(README)
    assert pairs
    for question, answer in pairs:
        assert "errors" not in answer
        assert questions.answer(question, sample) == answer


def test_sample_has_as_many_papers_as_the_readme_says() -> None:
    papers = (ROOT / "sotagraph/sample/papers.jsonl").read_text(encoding="utf-8").splitlines()
    assert f"{len(papers)} landmark papers" in README
    assert f"sample of {len(papers)} landmark papers" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_setting_the_readme_uses_exists() -> None:
    used = set(re.findall(r"SOTAGRAPH_(\w+)", README)) - {"TEST_DATA"}
    assert used
    assert used <= {name.upper() for name in Settings.model_fields}
