"""Moving a database to another place, backing it up while it is in use, and restoring what was backed up."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from data import backup, move, restore
from data.domain import RehearseError
from data.settings import PROJECT_ROOT
from data.store import Database, Session, backups, copying, moving, saving
from data.store.backup_requests import answer_requests, back_up
from data.store.copying import Counted
from data.store.engine import make_engine
from tests.small_disk import files_end_at
from tests.stored import open_store, result

pytestmark = pytest.mark.slow


def _untold(_one: Counted) -> None:
    """Nobody listens."""


def _url(file: Path) -> str:
    return f"duckdb:///{file}"


@pytest.fixture
def full(tmp_path: Path) -> Iterator[str]:
    """The address of a database with answers in it, which nobody has open."""
    session = open_store(tmp_path)
    session.answers.save_many([result(number) for number in range(4)])
    session.memory.remember("me", "kept", "an \N{GREEK SMALL LETTER ALPHA} and a \n line")
    session.database.close()
    yield _url(tmp_path / "rehearse.duckdb")


@contextmanager
def _opened(url: str) -> Iterator[Session]:
    session = Database.open(url).session()
    yield session
    session.database.close()


def test_a_moved_database_holds_the_same_and_the_old_one_stays(full: str, tmp_path: Path) -> None:
    target = _url(tmp_path / "new" / "moved.duckdb")
    found = moving.move(full, target, _untold)
    for url in (full, target):
        with _opened(url) as session:
            assert session.answers.load(result(2).attempt.id) == result(2)
            assert len(session.answers.of("me")) == 4
    assert {one.name: one.rows for one in found}["attempts"] == 4


def test_a_target_that_holds_something_is_refused_and_left_alone(full: str, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = open_store(folder)
    other.answers.save(result(9, candidate="anna"))
    other.database.close()
    target = _url(folder / "rehearse.duckdb")
    with pytest.raises(RehearseError, match="something there already: attempts"):
        moving.move(full, target, _untold)
    with _opened(target) as session:
        assert len(session.answers.of("anna")) == 1
        assert session.answers.of("me") == ()


def test_a_move_that_was_cut_off_is_not_served_and_goes_on(full: str, tmp_path: Path) -> None:
    target, arrived = _url(tmp_path / "moved.duckdb"), list[str]()

    def cut(one: Counted) -> None:
        arrived.append(one.name)
        if one.name == "turns":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moving.move(full, target, cut)
    with pytest.raises(RehearseError, match="Not everything has arrived"):
        Database.open(target)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    open_store(elsewhere).database.close()
    with pytest.raises(RehearseError, match="Rows of another database"):
        moving.move(_url(elsewhere / "rehearse.duckdb"), target, _untold)
    moving.move(full, target, _untold)
    with _opened(target) as session:
        assert session.answers.load(result(1).attempt.id) == result(1)


def test_what_did_not_arrive_as_it_was_is_told(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inserted = saving.insert_rows
    monkeypatch.setattr(
        "data.store.saving.insert_rows", lambda at, table, rows: inserted(at, table, rows[1:])
    )
    with pytest.raises(RehearseError, match="attempts did not arrive"):
        moving.move(full, _url(tmp_path / "moved.duckdb"), _untold)


def test_the_same_address_twice_or_no_database_is_refused(full: str, tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="the same database"):
        moving.move(full, full, _untold)
    with pytest.raises(RehearseError, match="There is no database"):
        moving.move(_url(tmp_path / "none.duckdb"), _url(tmp_path / "new.duckdb"), _untold)


def test_a_backup_restores_into_an_empty_database(full: str, tmp_path: Path) -> None:
    made = tmp_path / "kept.backup"
    noted = back_up(full, made, _untold)
    assert made.stat().st_mode & 0o077 == 0
    target = _url(tmp_path / "restored.duckdb")
    assert moving.restore(made, target, _untold) == noted
    with _opened(target) as session:
        assert session.answers.load(result(3).attempt.id) == result(3)
        assert session.memory.recall("me", "kept") == "an \N{GREEK SMALL LETTER ALPHA} and a \n line"
    with pytest.raises(RehearseError, match="something there already"):
        moving.restore(made, target, _untold)


def test_a_backup_replaces_no_file(full: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(RehearseError, match="there already"):
        back_up(full, tmp_path / "taken", _untold)
    assert (tmp_path / "taken").read_text() == "mine"


def test_the_app_writes_the_backup_while_it_goes_on_saving(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.backup_requests.LOOK_SECONDS", 0.02)
    made, over = tmp_path / "kept.backup", threading.Event()
    command = [sys.executable, "-m", "data.backup", str(made)]
    with _opened(full) as session:
        app = threading.Thread(target=answer_requests, args=(session.database, over.is_set))
        app.start()
        asking = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env={**os.environ, "DATABASE_URL": full}, stdout=subprocess.PIPE
        )
        for number in range(20, 24):
            session.answers.save(result(number))
        said, _ = asking.communicate(timeout=300)
        over.set()
        app.join()
    assert asking.returncode == 0
    assert b"turns" in said and b"each counted" in said
    assert [path.name for path in tmp_path.glob("*backup-*")] == []
    found = moving.restore(made, _url(tmp_path / "restored.duckdb"), _untold)
    assert {one.name: one.rows for one in found}["attempts"] in range(4, 9)


def _held(_url: str) -> None:
    raise OSError("Conflicting lock is held in another program (PID 1)")


def test_a_program_that_does_not_answer_is_told_of(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.backup_requests.make_engine", _held)
    monkeypatch.setattr("data.store.backup_requests.TAKEN_WITHIN_SECONDS", 0)
    with pytest.raises(RehearseError, match="in use by another program"):
        back_up(full, tmp_path / "kept", _untold)
    assert [path.name for path in tmp_path.iterdir()] == ["rehearse.duckdb"]


def test_a_program_that_is_killed_while_it_writes_a_backup_is_told_of(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = tmp_path / "rehearse.duckdb"
    asked, taken = (held.with_name(f"{held.name}.backup-{one}") for one in ("asked", "taken"))
    killed = threading.Event()

    def take_and_die() -> None:
        while not asked.exists():
            time.sleep(0.01)
        asked.replace(taken)
        killed.set()

    def engine(url: str) -> Engine:
        if killed.is_set():
            return make_engine(url)
        raise OSError("Conflicting lock is held in another program (PID 1)")

    monkeypatch.setattr("data.store.backup_requests.make_engine", engine)
    app = threading.Thread(target=take_and_die)
    app.start()
    with pytest.raises(RehearseError, match="ended while it wrote"):
        back_up(full, tmp_path / "kept", _untold)
    app.join()
    assert [path.name for path in tmp_path.iterdir()] == ["rehearse.duckdb"]


def test_a_disk_too_full_for_the_answer_ends_no_later_backup(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.backup_requests.LOOK_SECONDS", 0.01)
    asked, told = (tmp_path / f"rehearse.duckdb.backup-{one}" for one in ("asked", "told"))
    over = threading.Event()
    with _opened(full) as session:
        app = threading.Thread(target=answer_requests, args=(session.database, over.is_set))
        asked.write_text("no json")
        with files_end_at(0):
            app.start()
            while asked.exists() or asked.with_name("rehearse.duckdb.backup-taken").exists():
                time.sleep(0.01)
        assert not told.exists()
        asked.write_text("no json")
        while not told.exists():
            time.sleep(0.01)
        over.set()
        app.join()
    assert "No backup was written" in told.read_text()


@pytest.mark.parametrize("content", [b"", b"a letter", b"PK\x03\x04" + bytes(9000)])
def test_a_file_of_something_else_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(RehearseError, match=r"is not a backup|is damaged"):
        moving.restore(tmp_path / "file", _url(tmp_path / "new.duckdb"), _untold)
    assert not (tmp_path / "new.duckdb").exists()


def test_another_database_is_no_backup(full: str, tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="not a backup of Rehearse"):
        moving.restore(tmp_path / "rehearse.duckdb", _url(tmp_path / "new.duckdb"), _untold)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_backup_that_is_cut_or_changed_is_refused(full: str, tmp_path: Path, share: float) -> None:
    made = tmp_path / "kept"
    back_up(full, made, _untold)
    whole, target = made.read_bytes(), tmp_path / "new.duckdb"
    made.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(RehearseError, match=r"is damaged|not a backup"):
        moving.restore(made, _url(target), _untold)
    at = int(len(whole) * share)
    made.write_bytes(whole[:at] + b"\xff" * 64 + whole[at + 64 :])
    try:
        moving.restore(made, _url(target), _untold)
    except RehearseError as refused:
        assert "damaged" in refused.message
    else:  # the bytes belonged to no row
        with _opened(_url(target)) as session:
            assert session.answers.load(result(1).attempt.id) == result(1)


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    made = tmp_path / "of before"
    engine = make_engine(_url(made))
    config = Config()
    config.set_main_option("script_location", str(PROJECT_ROOT / "data" / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
    with engine.begin() as connection:
        owner = "'a', 'me', 'made'"
        connection.exec_driver_sql(f"INSERT INTO assessments VALUES ({owner}, '[]', now())")
        connection.exec_driver_sql(
            "INSERT INTO scores (attempt_id, candidate_id, assessment_id, place, criterion, scorer, "
            "scorer_version, rubric_version, missing_for_next, errors, fix, scored_at) "
            f"VALUES ({owner}, 0, 'C1', 'judge', '7', 'r1', '', '[]', '', now())"
        )
        columns = ["attempt_id", "candidate_id", "assessment_id", "notes", "scored_at"]
        backups._note(connection, (copying.counted(connection, "assessments", columns),))
    engine.dispose()
    whole = made.read_bytes()
    moving.restore(made, _url(tmp_path / "restored.duckdb"), _untold)
    with duckdb.connect(str(tmp_path / "restored.duckdb")) as restored:
        asked = "SELECT scorer, scorer_version, rubric_version FROM assessments"  # columns of a later version
        assert restored.execute(asked).fetchall() == [("judge", "7", "r1")]
    assert made.read_bytes() == whole


def test_a_row_changed_by_hand_is_found(full: str, tmp_path: Path) -> None:
    made = tmp_path / "kept"
    back_up(full, made, _untold)
    with duckdb.connect(str(made)) as connection:
        connection.execute("UPDATE turns SET text = 'Something else' WHERE attempt_id LIKE '%2' AND turn = 1")
    with pytest.raises(RehearseError, match="its table turns is not as it was written"):
        moving.restore(made, _url(tmp_path / "new.duckdb"), _untold)


def test_the_commands_say_what_they_did_and_what_was_refused(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("data.private_files.os.umask", lambda mask: mask)
    monkeypatch.setenv("DATABASE_URL", full)
    made, moved = str(tmp_path / "kept"), _url(tmp_path / "moved.duckdb")
    assert backup.main([made]) == 0
    assert restore.main([made, "--to", moved]) == 0
    assert restore.main([made]) == 1
    assert move.main(["--from", full, "--to", moved]) == 1
    assert move.main(["--from", "mysql://a/b", "--to", moved]) == 1
    said = capsys.readouterr()
    assert "4 rows" in said.out and "Restored." in said.out
    assert said.err.count("something there already") == 2


def test_a_question_beside_the_database_that_makes_no_sense_is_answered(
    full: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.backup_requests.LOOK_SECONDS", 0.01)
    (tmp_path / "rehearse.duckdb.backup-asked").write_text("no json")
    over, told = threading.Event(), tmp_path / "rehearse.duckdb.backup-told"
    with _opened(full) as session:
        app = threading.Thread(target=answer_requests, args=(session.database, over.is_set))
        app.start()
        while not told.exists():
            time.sleep(0.01)
        over.set()
        app.join()
    assert "No backup was written" in told.read_text()
