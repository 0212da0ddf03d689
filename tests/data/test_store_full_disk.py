"""A disk that fills up costs what is being saved then, and nothing else: DuckDB's file on a real limit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.domain import RehearseError
from data.store import Database
from data.store.backups import opened_backup, write_backup
from tests.small_disk import files_end_at
from tests.stored import attempt, open_store, result

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", [1_000_000, 6_000_000])
def test_a_backup_that_does_not_fit_is_none(tmp_path: Path, size: int) -> None:
    session, file = open_store(tmp_path), tmp_path / "backup.duckdb"
    session.answers.save(result())
    with session.database.beside_others() as engine:
        with pytest.raises(RehearseError, match="full"), files_end_at(size):
            write_backup(engine, file, lambda _: None)
        assert [path.name for path in tmp_path.glob("backup*")] == []
        write_backup(engine, file, lambda _: None)
    session.database.close()
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup.duckdb"]
    with opened_backup(file):
        pass


@pytest.fixture
def nothing_is_logged() -> Iterator[None]:
    """Pytest keeps the errors that are logged, and with them the connections that failed."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_a_disk_that_was_full_while_the_file_was_put_in_order_is_used_again_when_there_is_room(
    tmp_path: Path, nothing_is_logged: None
) -> None:
    session = open_store(tmp_path)
    session.answers.save(result(1))
    size = (tmp_path / "rehearse.duckdb").stat().st_size
    with session.database.beside_others() as engine:
        for connection in [
            engine.connect() for _ in range(3)
        ]:  # others were here, and left theirs to the pool
            connection.close()
    with session.database.reading(), files_end_at(size):  # somebody is reading
        session.answers.save(result(2))
        with session.database.writing() as connection:
            connection.exec_driver_sql("SET wal_autocheckpoint = '1KB'")
        with pytest.raises(RehearseError, match="full"):
            session.answers.save(result(3))
    session.answers.save(result(4))
    kept = {one.id for one in session.answers.of("me")}
    assert {attempt(1).id, attempt(2).id, attempt(4).id} <= kept
    session.database.close()
    again = Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").session()
    assert {one.id for one in again.answers.of("me")} == kept
    assert again.answers.load(attempt(4).id) == result(4)
    again.database.close()
