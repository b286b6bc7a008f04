"""`python -m docs.refresh` writes anew what README.md and docs/ show: commands' outputs, help, GraphQL answers, the picture.

Words around them stay. Look at the difference before you commit it: a changed answer is a changed behaviour.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from docs import cli, commands, questions
from docs.pictures import draw


def main() -> None:
    """Refresh every page, and the picture where SOTAGRAPH_TEST_DATA names the folder of its page."""
    paths = [commands.ROOT / name for name in commands.PAGES]
    with TemporaryDirectory() as scratch:
        commands.fill(Path(scratch))
        texts = cli.help_of_all()
        pages = [cli.with_help(with_outputs(path.read_text(encoding="utf-8"), Path(scratch)), texts) for path in paths]
        pages = [questions.with_answers(page, Path(scratch)) for page in pages]
    # Written last, so that a command that fails leaves every page as it is.
    for path, page in zip(paths, pages, strict=True):
        path.write_text(page, encoding="utf-8")
    if data := os.environ.get("SOTAGRAPH_TEST_DATA"):
        draw.main(Path(data))
    else:
        sys.stderr.write("The picture is as it was: SOTAGRAPH_TEST_DATA does not name the folder of seed-page.txt.\n")


def with_outputs(page: str, folder: Path) -> str:
    """Return the page with what its commands print today; a command that shows no output goes on showing none.

    Raises ValueError for a command that fails, unless the page asks for its exit code.
    """
    blocks = list(commands.blocks_of(page))
    for block, outcomes in reversed(list(zip(blocks, commands.run_all(blocks, folder), strict=True))):
        parts = []
        for command, outcome in zip(block.commands, outcomes, strict=True):
            if (outcome.status and not command.any_status) or "Traceback (most recent call last)" in outcome.output:
                raise ValueError(f"{command.text} exits {outcome.status}: {outcome.output[-2000:]}")
            parts.append(f"$ {command.text}\n")
            if command.shown and outcome.output:
                parts.append(commands.as_shown(outcome.output) + "\n")
        page = page[: block.start] + "".join(parts) + page[block.end :]
    return page


if __name__ == "__main__":
    main()
