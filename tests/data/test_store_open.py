"""A database that cannot be used says why and what to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from data.domain import RehearseError
from data.settings import PROJECT_ROOT
from data.store import Database, Session, tables
from data.store.engine import make_engine, migrate, require_fit
from data.store.plain_words import plainly
from tests.stored import attempt, result

_HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


@contextmanager
def _held_by_another_process(file: Path) -> Iterator[None]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None and holder.stdout.readline() == "open\n"
    try:
        yield
    finally:
        holder.communicate("")


@pytest.mark.slow
def test_the_first_start_makes_the_folder_and_the_file(tmp_path: Path) -> None:
    session = Database.open(f"duckdb:///{tmp_path}/deep/down/rehearse.duckdb").session()
    assert session.answers.of("me") == ()
    session.database.close()
    assert (tmp_path / "deep/down/rehearse.duckdb").exists()


@pytest.mark.slow
def test_what_was_saved_is_there_after_a_restart(blank: str) -> None:
    session = Database.open(blank).session()
    session.answers.save(result())
    session.database.close()
    again = Database.open(blank).session()
    assert again.answers.load(result().attempt.id) == result()
    again.database.close()


@pytest.mark.slow
def test_the_migrations_make_exactly_the_tables_the_code_uses(blank: str) -> None:
    engine = make_engine(blank)
    migrate(engine)
    made = inspect(engine)
    assert set(made.get_table_names()) == {*tables.metadata.tables, "alembic_version"}
    for table in tables.metadata.sorted_tables:
        columns = [
            (c["name"], str(c["type"]).split("(")[0], c["nullable"]) for c in made.get_columns(table.name)
        ]
        wanted = [(c.name, str(c.type.compile(engine.dialect)), bool(c.nullable)) for c in table.columns]
        same = {"TEXT": "VARCHAR", "DOUBLE PRECISION": "DOUBLE", "TIMESTAMP WITHOUT TIME ZONE": "TIMESTAMP"}
        assert sorted((n, same.get(t, t), o) for n, t, o in columns) == sorted(
            (n, same.get(t, t), o) for n, t, o in wanted
        ), table.name
    engine.dispose()


@pytest.mark.slow
def test_duckdb_gets_no_index_and_no_foreign_key(tmp_path: Path) -> None:
    Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").close()
    with duckdb.connect(str(tmp_path / "rehearse.duckdb")) as connection:
        assert connection.execute("SELECT count(*) FROM duckdb_indexes()").fetchone() == (0,)
        kinds = connection.execute("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
        assert {kind for (kind,) in kinds} == {"PRIMARY KEY", "NOT NULL"}


@pytest.mark.slow
def test_a_file_held_by_another_process_says_so(tmp_path: Path) -> None:
    file = tmp_path / "rehearse.duckdb"
    Database.open(f"duckdb:///{file}").close()
    with (
        _held_by_another_process(file),
        pytest.raises(RehearseError, match="in use by another program") as caught,
    ):
        Database.open(f"duckdb:///{file}").session()
    assert "stop the other" in caught.value.remedy
    Database.open(f"duckdb:///{file}").close()


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"\x00" * 20_000])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "rehearse.duckdb"
    file.write_bytes(content)
    with pytest.raises(RehearseError, match="damaged or is not a database"):
        Database.open(f"duckdb:///{file}").session()
    assert file.read_bytes() == content


@pytest.mark.slow
def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    file = tmp_path / "rehearse.duckdb"
    session = Database.open(f"duckdb:///{file}").session()
    session.answers.save(result())
    session.database.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(RehearseError) as caught:
        Database.open(f"duckdb:///{file}").session()
    assert "damaged" in caught.value.message
    assert "backup" in caught.value.remedy


def test_a_folder_in_place_of_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(RehearseError, match="cannot be"):
        Database.open(f"duckdb:///{tmp_path}").session()


def test_a_place_where_nothing_can_be_written_says_so() -> None:
    with pytest.raises(RehearseError, match="cannot be"):
        Database.open("duckdb:////proc/rehearse/rehearse.duckdb").session()


@pytest.mark.slow
def test_a_database_of_a_newer_rehearse_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "rehearse.duckdb"
    Database.open(f"duckdb:///{file}").close()
    with duckdb.connect(str(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RehearseError, match="newer Rehearse"):
        Database.open(f"duckdb:///{file}").session()


def test_a_database_at_motherduck_says_what_is_missing_where_its_extension_is_not_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RehearseError, match="at MotherDuck") as caught:
        Database.open("duckdb:///md:practice").session()
    assert "install_extension" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.again.REFUSED_SECONDS", 0)
    with pytest.raises(RehearseError, match="cannot be reached"):
        Database.open("postgresql+psycopg://nobody@127.0.0.1:1/nothing").session()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("IO Error: Could not write file: No space left on device", "full"),
        ("IO Error: Cannot open file: Permission denied", "cannot be written"),
        ("IO Error: Trying to read a database file with version number 99", "another version of DuckDB"),
        ("Something nobody has seen yet", "could not be used: Something nobody"),
    ],
)
def test_a_driver_error_becomes_a_sentence(error: str, message: str) -> None:
    with pytest.raises(RehearseError, match=message), plainly("The database x"):
        raise OSError(error)


_REFUSED = 'connection failed: connection to server at "127.0.0.1", port 5432 failed: '


@pytest.mark.parametrize(
    ("said", "message", "remedy"),
    [
        (_REFUSED + "Connection refused\n\tIs the server running", "cannot be reached", "host and port"),
        ("[Errno -2] Name or service not known: failed to resolve host 'db'", "cannot be reached", "host"),
        ("connection timeout expired", "cannot be reached", "host and port"),
        (_REFUSED + 'FATAL:  password authentication failed for user "r"', "not let Rehearse in", "password"),
        (_REFUSED + "fe_sendauth: no password supplied", "not let Rehearse in", "password"),
        (_REFUSED + 'FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "not let Rehearse in", "pg_hba"),
        (_REFUSED + 'FATAL:  role "r" does not exist', "not let Rehearse in", "user"),
        (_REFUSED + 'FATAL:  database "r" does not exist', "not there on the server", "CREATE DATABASE"),
        (_REFUSED + "FATAL:  sorry, too many clients already", "no connection left", "max_connections"),
        ('could not extend file "base/5/16": No space left on device', "disk of the server", "Free some"),
        (_REFUSED + "FATAL:  the database system is starting up", "still starting", "Wait until"),
        ("cannot execute INSERT in a read-only transaction", "can only be read", "standby"),
        ("permission denied for schema public", "does not allow", "own the database"),
        ("could not serialize access due to concurrent update", "same rows", "Try again"),
        ("server closed the connection unexpectedly", "was cut", "try again"),
        ("terminating connection due to administrator command", "was cut", "try again"),
        ("canceling statement due to lock timeout", "held up", "in a moment"),
        ('invalid sslmode value: "always"', "as DATABASE_URL says", "options"),
    ],
)
def test_what_postgres_says_becomes_a_sentence_with_its_own_remedy(
    said: str, message: str, remedy: str
) -> None:
    error = OperationalError("INSERT INTO turns", {"text": "my own words"}, psycopg.OperationalError(said))
    with pytest.raises(RehearseError, match=message) as caught, plainly("The database"):
        raise error
    assert remedy in caught.value.remedy
    assert "my own words" not in str(caught.value)


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RehearseError, match="driver for PostgreSQL is not installed") as caught:
        Database.open("postgresql+psycopg://nobody@127.0.0.1:1/without-driver").session()
    assert "make install-server" in caught.value.remedy


def test_a_pool_with_nothing_free_says_so() -> None:
    with pytest.raises(RehearseError, match="every connection is in use"), plainly("The database"):
        raise NoConnectionFree("QueuePool limit of size 4 overflow 12 reached")


@pytest.mark.parametrize(
    ("version", "encoding", "message"),
    [((13, 20), "UTF8", "PostgreSQL 13, which is too old"), ((17, 2), "LATIN1", "letters as LATIN1")],
)
def test_a_postgres_that_is_too_old_or_lacks_letters_is_refused(
    version: tuple[int, int], encoding: str, message: str
) -> None:
    with pytest.raises(RehearseError, match=message) as caught:
        require_fit("postgresql", version, lambda: encoding)
    assert caught.value.remedy


@pytest.mark.slow
def test_a_failed_save_leaves_what_was_there(session: Session) -> None:
    from dataclasses import replace

    session.answers.save(result())
    broken = replace(result(), events=(replace(result().events[0], name=None),))  # type: ignore[arg-type]
    with pytest.raises(RehearseError):
        session.answers.save(broken)
    assert session.answers.load(result().attempt.id) == result()


_SAVE_AND_DIE = """
import os, signal, sys
from data.store import Database
from tests.stored import attempt, result
store = Database.open(sys.argv[1]).session()
store.answers.save(result(1))
store.answers.start(attempt(2, status="recording"))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
def test_what_was_saved_before_a_kill_is_there_afterwards(blank: str) -> None:
    killed = subprocess.run([sys.executable, "-c", _SAVE_AND_DIE, blank], cwd=PROJECT_ROOT, check=False)
    assert killed.returncode == -9
    session = Database.open(blank).session()
    assert session.answers.load(result().attempt.id) == result()
    assert [found.id for found in session.answers.unfinished("me")] == [attempt(2).id]
    session.answers.erase(result().attempt.id)
    assert len(session.answers.of("me")) == 1
    session.database.close()


def _scatter(file: Path, groups: int) -> None:
    """Rows of many candidates, in the order of time."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            f"""
            INSERT INTO self_ratings BY NAME
            SELECT 'a' || i AS attempt_id, md5('' || i % 500) AS candidate_id, 'C1' AS criterion,
                2.0 AS level, TIMESTAMP '2026-01-01' AS rated_at
            FROM range({groups} * 122880) AS numbers(i)
            """
        )


def _in_order(file: Path) -> bool:
    with duckdb.connect(str(file)) as connection:
        found = connection.execute("SELECT candidate_id FROM self_ratings").fetchnumpy()["candidate_id"]
    return bool((found[:-1] <= found[1:]).all())


@pytest.mark.slow
def test_a_large_file_is_put_in_order_by_candidate_when_it_is_opened(tmp_path: Path) -> None:
    file = tmp_path / "rehearse.duckdb"
    Database.open(f"duckdb:///{file}").close()
    _scatter(file, groups=18)
    session = Database.open(f"duckdb:///{file}").session()
    assert len(session.query("self_rating", candidate_id="nobody")) == 0
    session.database.close()
    assert _in_order(file)
    _scatter(file, groups=2)
    Database.open(f"duckdb:///{file}").close()
    assert not _in_order(file)
    assert [path.name for path in tmp_path.iterdir()] == ["rehearse.duckdb"]


@pytest.mark.slow
def test_an_assessment_of_before_says_who_made_it_by_its_scores(blank: str) -> None:
    engine = make_engine(blank)
    _migrate_to(engine, "0013")
    owner = "'a', 'me', 'made'"
    with engine.begin() as connection:
        for row in (
            "attempts (id, candidate_id, session_id, question_id, started_at, mode, status, synthetic) "
            "VALUES ('a', 'me', 's', 'q', now(), 'typed', 'scored', false)",
            f"assessments VALUES ({owner}, '[]', now()), ('a', 'me', 'bare', '[]', now())",
            "scores (attempt_id, candidate_id, assessment_id, place, criterion, scorer, scorer_version, "
            f"rubric_version, missing_for_next, errors, fix, scored_at) VALUES ({owner}, 0, 'C1', 'judge', "
            "'7', 'r1', '', '[]', '', now())",
        ):
            connection.execute(text(f"INSERT INTO {row}"))
    migrate(engine)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT assessment_id, scorer, scorer_version, rubric_version FROM assessments ORDER BY 1")
        )
        assert found.all() == [("bare", None, None, None), ("made", "judge", "7", "r1")]
    engine.dispose()


def _migrate_to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(PROJECT_ROOT / "data" / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
