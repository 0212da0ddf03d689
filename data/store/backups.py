"""A backup: one DuckDB file that holds every table at one moment, with a count and a checksum of each.

The same file restores into a DuckDB file or into PostgreSQL. It is looked at before anything of it is used.
Recordings are not in it: they are files of their own.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from data.domain import RehearseError
from data.store import copying
from data.store.copying import Counted
from data.store.engine import make_engine, migrate
from data.store.plain_words import plainly

_LIST = "rehearse_backup"
"""The table that says what the others hold."""
_FOREIGN = (
    "{file} is not a backup of Rehearse.",
    "Give a file that `python -m data.backup` made. Nothing was changed.",
)
_DAMAGED = (
    "The backup {file} is damaged: {what}.",
    "Nothing was changed. Take another backup; do not trust the disk that this one lay on.",
)


def write_backup(source: Engine, file: Path, told: Callable[[Counted], object]) -> tuple[Counted, ...]:
    """Write `file`, which must not be there yet; it appears when it is whole."""
    if file.exists():
        raise RehearseError(f"{file} is there already.", "Give a new name; a backup replaces nothing.")
    part = file.with_name(f"{file.name}.part")
    _drop(part)
    with plainly(f"The backup {file}"):
        engine = make_engine(f"duckdb:///{part}")
        try:
            migrate(engine)
            part.chmod(0o600)
            with copying.one_moment(source) as connection:
                found = copying.copy_all(connection, engine, told)
            with engine.begin() as connection:
                _note(connection, found)
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("CHECKPOINT")  # closing would say nothing of a full disk
        except BaseException:  # also an interrupt: half a backup is none
            engine.dispose()
            _drop(part)
            raise
        engine.dispose()
        part.replace(file)
    return found


def _drop(part: Path) -> None:
    for path in (part, part.with_name(f"{part.name}.wal")):
        path.unlink(missing_ok=True)


@contextmanager
def opened_backup(file: Path) -> Iterator[Engine]:
    """A copy of a backup that is as it was made, brought to this version; the file itself is not touched."""
    if not file.is_file():
        raise RehearseError(f"There is no file {file}.", "Check its name.")
    _check(file)
    with tempfile.TemporaryDirectory(prefix="rehearse-restore-") as folder, plainly(f"A copy of {file}"):
        engine = make_engine(f"duckdb:///{shutil.copy2(file, Path(folder) / 'backup.duckdb')}")
        try:
            migrate(engine)
            yield engine
        finally:
            engine.dispose()


def _note(connection: Connection, found: tuple[Counted, ...]) -> None:
    connection.exec_driver_sql(f"CREATE TABLE {_LIST} (name TEXT, rows BIGINT, checksum TEXT)")
    for one in found:
        connection.exec_driver_sql(
            f"INSERT INTO {_LIST} VALUES (?, ?, ?)", (one.name, one.rows, one.checksum)
        )


def _check(file: Path) -> None:
    """Hold every table against what was noted of it."""
    engine = create_engine(f"duckdb:///{file}", connect_args={"read_only": True})
    try:
        with engine.connect() as connection:
            _check_tables(connection, file)
    except (DBAPIError, duckdb.Error, OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, str(error)) from error
    finally:
        engine.dispose()


def _check_tables(connection: Connection, file: Path) -> None:
    there = set(connection.exec_driver_sql("SELECT table_name FROM duckdb_tables()").scalars())
    if _LIST not in there:
        raise RehearseError(_FOREIGN[0].format(file=file), _FOREIGN[1])
    for name, rows, checksum in connection.exec_driver_sql(f"SELECT * FROM {_LIST}").all():
        asked = "SELECT column_name FROM duckdb_columns() WHERE table_name = ?"
        columns = list(connection.exec_driver_sql(asked, (name,)).scalars())
        if not columns or copying.counted(connection, name, columns) != Counted(name, rows, checksum):
            what = f"its table {name} is not as it was written"
            raise RehearseError(_DAMAGED[0].format(file=file, what=what), _DAMAGED[1])


def _unreadable(file: Path, said: str) -> RehearseError:
    if "valid DuckDB database file" in said:
        return RehearseError(_FOREIGN[0].format(file=file), _FOREIGN[1])
    return RehearseError(_DAMAGED[0].format(file=file, what="it cannot be read to its end"), _DAMAGED[1])
