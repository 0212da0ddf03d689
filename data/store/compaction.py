"""Making erased rows leave the disk.

DELETE leaves the bytes in a DuckDB file. The live rows are copied to a new file, which is synced and swapped
in. A marker beside the file survives a crash in between, so that the next start finishes the work.
Rows are copied candidate by candidate: a query about one candidate then skips nearly all of a large file.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine, text

_TABLES = """
    SELECT table_name AS name, bool_or(column_name = 'candidate_id') AS personal
    FROM duckdb_columns() WHERE database_name = ? AND NOT internal GROUP BY table_name
"""


def mark(file: Path) -> None:
    """Note that rows are being erased and the file must be rewritten."""
    _marker(file).touch()
    _sync(file.parent)


def is_marked(file: Path) -> bool:
    """Whether an earlier erasure did not get to its end."""
    return _marker(file).exists()


def rewrite(engine: Engine, file: Path) -> None:
    """Replace the file by a copy that holds live rows only. Nobody else may be using the engine."""
    fresh = file.with_name(f"{file.name}.fresh")
    for leftover in (fresh, _wal(fresh)):
        leftover.unlink(missing_ok=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        quoted = str(fresh).replace("'", "''")
        connection.exec_driver_sql(f"ATTACH '{quoted}' AS fresh")
        connection.exec_driver_sql(f'COPY FROM DATABASE "{name}" TO fresh (SCHEMA)')
        for table in connection.exec_driver_sql(_TABLES, (name,)).all():
            order = "ORDER BY candidate_id" if table.personal else ""
            connection.exec_driver_sql(
                f'INSERT INTO fresh."{table.name}" SELECT * FROM "{table.name}" {order}'
            )
        connection.exec_driver_sql("DETACH fresh")
    engine.dispose()
    _sync(fresh)
    fresh.replace(file)
    _wal(file).unlink(missing_ok=True)
    _wal(fresh).unlink(missing_ok=True)
    _sync(file.parent)
    _marker(file).unlink(missing_ok=True)


def _marker(file: Path) -> Path:
    return file.with_name(f"{file.name}.erasing")


def _wal(file: Path) -> Path:
    return file.with_name(f"{file.name}.wal")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
