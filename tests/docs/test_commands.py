"""Every command that a page shows runs, ends as the page says, and prints what the page shows."""

import json
from pathlib import Path

import pytest

from docs import cli, commands
from docs.commands import ROOT, Block, Command, Outcome

SHOWN = [(name, block) for name in commands.PAGES for block in commands.blocks_of((ROOT / name).read_text(encoding="utf-8"))]
IDS = [f"{name}: {block.commands[0].text[:40]}" for name, block in SHOWN]


@pytest.fixture(scope="session")
def outcomes(sample: Path) -> list[tuple[Outcome, ...]]:
    return commands.run_all([block for _, block in SHOWN], sample)


def test_pages_show_commands() -> None:
    names = [name for name, _ in SHOWN]
    assert names.count("README.md") >= 2
    assert names.count("docs/cli.md") >= 12


@pytest.mark.parametrize("number", range(len(SHOWN)), ids=IDS)
def test_command_does_what_the_page_shows(number: int, outcomes: list[tuple[Outcome, ...]]) -> None:
    _, block = SHOWN[number]
    assert len(outcomes[number]) == len(block.commands)
    for command, outcome in zip(block.commands, outcomes[number], strict=True):
        assert command.any_status or outcome.status == 0, f"{command.text} exits {outcome.status}: {outcome.output}"
        if command.shown:
            assert commands.fits(command.shown, outcome.output), (
                f"{command.text}\nprints\n{outcome.output}\nnot\n{command.shown}\n(python -m docs.refresh)"
            )


def test_help_on_the_page_is_what_commands_print() -> None:
    shown, printed = cli.shown((ROOT / "docs/cli.md").read_text(encoding="utf-8")), cli.help_of_all()
    assert list(shown) == list(dict.fromkeys(shown))
    assert shown == printed


def test_blocks_are_found_and_wrong_output_is_noticed(sample: Path) -> None:
    page = "```console\n$ sotagraph --version\nsotagraph 9\n$ false\n$ echo $?\n1\n```\n```console\n$ ls\n```\n"
    (block,) = commands.blocks_of(page)
    assert block.commands == (
        Command("sotagraph --version", "sotagraph 9", any_status=False),
        Command("false", "", any_status=True),
        Command("echo $?", "1", any_status=False),
    )
    version, failed, told = commands.run(block, sample)
    assert not commands.fits("sotagraph 9", version.output)
    assert (failed.status, told.output) == (1, "1")


def test_each_block_has_its_own_copy(sample: Path) -> None:
    block = Block(0, 0, (Command("rm graph.db", "", any_status=False),))
    assert commands.run(block, sample)[0].status == 0
    assert (sample / "graph.db").exists()


@pytest.mark.parametrize(
    ("shown", "output", "same"),
    [
        ('{"a": [1,\n  2]}', '{"a": [1, 2]}', True),
        ('{"a": 1}', '{"a": 2}', False),
        ("a  \nb", "a\nb", True),
        ("a", "a\nb", False),
        ("[", "{", False),
    ],
)
def test_fits(shown: str, output: str, same: bool) -> None:
    assert commands.fits(shown, output) is same


def test_folded_json_keeps_its_value_and_its_width() -> None:
    value = {"long": ["x" * 30] * 5, "short": [1, None, {"a": True}], "empty": {}, "ü": "ü"}
    text = commands.folded(value)
    assert commands.fits(text, json.dumps(value))
    assert max(map(len, text.splitlines())) <= 100
