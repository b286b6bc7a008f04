"""A stage runs once for its inputs, again for others, and goes on from its half only where that was of the same inputs."""

from pathlib import Path

import pytest

from extractors.model.train.stages import Stage, run_stages


@pytest.fixture
def source(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.write_text("one")
    return source


def copying(tmp_path: Path, source: Path, ran: list[str], *, words: str = "", fails: bool = False) -> Stage:
    def work() -> None:
        ran.append((tmp_path / "half").read_text() if (tmp_path / "half").exists() else "new")
        (tmp_path / "half").write_text("half of " + source.read_text())
        if fails:
            raise RuntimeError("stopped")
        (tmp_path / "made").write_text(source.read_text())

    return Stage("copy", (source,), (words,), (tmp_path / "made",), work, (tmp_path / "half",))


def test_a_stage_is_skipped_until_something_changes(tmp_path: Path, source: Path) -> None:
    ran: list[str] = []
    for _ in range(2):
        run_stages([copying(tmp_path, source, ran)], tmp_path / "marks")
    assert len(ran) == 1
    source.write_text("two")
    run_stages([copying(tmp_path, source, ran)], tmp_path / "marks")
    run_stages([copying(tmp_path, source, ran, words="other")], tmp_path / "marks")
    assert len(ran) == 3
    (tmp_path / "made").write_text("spoilt")
    run_stages([copying(tmp_path, source, ran, words="other")], tmp_path / "marks")
    assert len(ran) == 4
    assert (tmp_path / "made").read_text() == "two"


def test_a_stopped_stage_goes_on_from_its_half_but_not_from_another_one(tmp_path: Path, source: Path) -> None:
    ran: list[str] = []
    for text in ("one", "one", "two"):
        source.write_text(text)
        with pytest.raises(RuntimeError):
            run_stages([copying(tmp_path, source, ran, fails=True)], tmp_path / "marks")
    assert ran == ["new", "half of one", "new"]
