"""A SQLite file that isn't there, isn't ours, is too new, is in use, or was left by a crash."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from graph.assemble import assemble
from graph.check import check
from graph.sqlite import connect as connecting
from graph.sqlite import open_sqlite
from graph.sqlite.migrate import APPLICATION_ID
from graph.store import StoreError
from schema.decisions import Decision, DecisionKind, PairTarget
from tests.contract.test_decisions import named
from tests.factories import record

A = assemble(record(given_id="a"))
FIRST_3 = (
    "DROP INDEX results_dataset",
    "DROP INDEX results_rank",
    "DROP INDEX results_subject",
    "DROP INDEX results_best",
    "CREATE INDEX results_board ON results (dataset, benchmark, canonical, review)",
    "CREATE INDEX results_subject ON results (subject, benchmark, canonical)",
    "PRAGMA user_version = 4",
)
BACK_TO_3 = (
    "DROP TABLE decision_keys",
    "DROP TABLE decisions",
    "DROP TABLE meanings",
    "DROP TABLE redirects",
    "PRAGMA user_version = 3",
)
BACK_TO_1 = (
    *BACK_TO_3,
    "DROP TABLE jobs",
    "DROP INDEX results_dataset",
    "DROP INDEX results_rank",
    "DROP INDEX results_subject",
    "DROP INDEX results_best",
    "DROP INDEX claims_winner",
    "DROP INDEX beats_on",
    "ALTER TABLE results DROP COLUMN benchmark",
    "CREATE INDEX results_dataset ON results (dataset)",
    "CREATE INDEX results_subject ON results (subject)",
    "CREATE INDEX claims_winner ON claims (winner)",
    "PRAGMA user_version = 1",
)


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "graph.db"
    store = open_sqlite(str(path))
    store.write([A])
    store.close()
    again = open_sqlite(str(path))
    assert again.stats().papers == 1
    again.close()


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE cookies (x)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"other\.db is a database of another program, so nothing was written"):
        open_sqlite(str(path))
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    open_sqlite(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"schema version 99, and this sotagraph knows versions up to \d+\. Install the newer"):
        open_sqlite(str(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all, " * 100, b"\x89PNG\r\n\x1a\n" + bytes(5000)])
def test_what_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"picture\.png: not a readable SQLite database"):
        open_sqlite(str(path))
    assert path.read_bytes() == content


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be opened"):
        open_sqlite(str(tmp_path))


def test_a_file_that_is_being_written_is_waited_for_then_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.2)
    path = str(tmp_path / "graph.db")
    store = open_sqlite(path)
    store.write([A])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert store.stats().papers == 1, "reading goes on"
    with pytest.raises(StoreError, match="another program has been writing to it"):
        store.delete(["local:a"])
    other.execute("ROLLBACK")
    other.close()
    assert store.delete(["local:a"]) == ("local:a",)
    store.close()


@pytest.mark.parametrize("older", [BACK_TO_1, (*BACK_TO_3, *FIRST_3[:-1]), FIRST_3, ("PRAGMA user_version = 4",)])
def test_a_file_of_an_older_version_is_upgraded(tmp_path: Path, older: tuple[str, ...]) -> None:
    path = tmp_path / "old.db"
    store = open_sqlite(str(path))
    new = schema_of(path)
    store.write([A])
    before = list(store.dump())
    store.close()
    with sqlite3.connect(path) as connection:
        for statement in older:
            connection.execute(statement)
    connection.close()
    for _ in range(2):
        store = open_sqlite(str(path))
        assert (list(store.dump()), store.jobs(["none"])) == (before, {})
        store.close()
        assert schema_of(path) == new


def schema_of(path: Path) -> dict[str, object]:
    """The indexes with their columns, the tables with theirs, and the version."""
    with sqlite3.connect(path) as connection:
        names = connection.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'index')").fetchall()
        schema: dict[str, object] = {
            name: connection.execute(f"PRAGMA {type_}_info({name})").fetchall() for type_, name in names
        }
        schema["version"] = connection.execute("PRAGMA user_version").fetchall()
    connection.close()
    return schema


def test_what_an_older_version_kept_apart_is_merged_by_acronym(tmp_path: Path) -> None:
    path, papers = tmp_path / "old.db", [named("Chain of Thought", "a", "CoT"), named("CoT", "b")]
    store = open_sqlite(str(path))
    apart = PairTarget(entities=("system:chainofthought", "system:cot"))
    store.decide([Decision(who="ada", at="2024", kind=DecisionKind.SPLIT, target=apart)])
    store.write([assemble(paper) for paper in papers])
    assert store.get(["system:cot"])["system:cot"].id == "system:cot"
    store.close()
    with sqlite3.connect(path) as connection:
        for statement in BACK_TO_3:
            connection.execute(statement)
    connection.close()
    new = open_sqlite(":memory:")
    new.write([assemble(paper) for paper in papers])
    for _ in range(2):
        store = open_sqlite(str(path))
        assert list(store.dump()) == list(new.dump())
        assert store.meanings() == {"system:cot": {"system:chainofthought": 1}}
        store.close()


def test_acronyms_that_version_4_counted_by_other_rules_are_counted_again(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    store = open_sqlite(str(path))
    store.write([assemble(named("Chain of Thought", "a", "CoT")), assemble(named("CoT", "b"))])
    before = list(store.dump())
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meanings SET papers = 5")
        connection.execute("INSERT INTO meanings VALUES ('system:x', 'system:y', 1)")
        connection.execute("PRAGMA user_version = 4")
    connection.close()
    store = open_sqlite(str(path))
    assert store.meanings() == {"system:cot": {"system:chainofthought": 1}}
    assert list(store.dump()) == before
    store.close()


def test_the_file_is_marked_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    open_sqlite(str(path)).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_two_writers_and_readers_share_a_file(tmp_path: Path) -> None:
    path = str(tmp_path / "graph.db")
    store = open_sqlite(path)
    errors: list[BaseException] = []

    def work(writer: int) -> None:
        try:
            for number in range(10):
                store.write([assemble(record(given_id=f"{writer}-{number}"))])
                assert store.stats().papers >= 1
        except BaseException as error:  # noqa: BLE001 - told to the test below
            errors.append(error)

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.stats().papers == 40
    assert check(store, open_sqlite(":memory:")) == ()
    store.close()


def test_several_may_make_one_file_at_once(tmp_path: Path) -> None:
    for attempt in range(5):
        path, start, errors = str(tmp_path / f"{attempt}.db"), threading.Barrier(4), []

        def make(path: str = path, start: threading.Barrier = start, errors: list[BaseException] = errors) -> None:
            start.wait()
            try:
                open_sqlite(path).close()
            except StoreError as error:
                errors.append(error)

        threads = [threading.Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []


WRITER = """
import sys
from graph.assemble import assemble
from graph.sqlite import open_sqlite
from tests.factories import record
store = open_sqlite(sys.argv[1])
print("ready", flush=True)
for number in range(100000):
    store.write([assemble(record(given_id=f"{number}-{k}")) for k in range(5)])
    print(number, flush=True)
"""


@pytest.mark.parametrize("batches", [1, 4, 9])
def test_a_killed_writer_loses_only_the_batch_in_hand(tmp_path: Path, batches: int) -> None:
    path = str(tmp_path / "graph.db")
    root = Path(__file__).parents[3]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
    )
    assert writer.stdout is not None
    for line in writer.stdout:
        if line.strip() == str(batches).encode():
            break
    time.sleep(0.003 * batches)
    writer.send_signal(signal.SIGKILL)
    told = [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    store = open_sqlite(path)
    committed = max([batches, *told]) + 1
    assert store.stats().papers in (5 * committed, 5 * (committed + 1))
    assert check(store, open_sqlite(":memory:")) == ()
    store.close()
