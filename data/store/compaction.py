"""Making erased rows leave the disk, and keeping each candidate's rows together.

PostgreSQL rewrites the tables of people (`VACUUM FULL`), which takes the rows out of its table files. Its
write-ahead log, replicas and backups keep what they hold until whoever runs the server lets them go.

DELETE leaves the bytes in a DuckDB file. The live rows are copied to a new file, which is synced and swapped
in. A marker beside the file survives a crash in between, so that the next start finishes the work.

Opening a large file puts it in order, candidate by candidate, and roll-ups cohort by cohort: a query about
one of them then skips nearly all of it, by the least and greatest value of the first eight bytes that DuckDB
keeps for each group of 122,880 rows.
New rows come in the order of time, all candidates mixed; when many groups are like that, `is_scattered`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from sqlalchemy import Engine, text

from data.domain import RehearseError
from data.store import tables
from data.store.plain_words import plainly

_COPY = "rehearse_live_rows"
"""What the new file is called while it is attached; the old one goes by the name of its file."""
_TABLES = """
    SELECT table_name AS name,
        string_agg(column_name, ', ' ORDER BY column_name DESC)
            FILTER (column_name IN ('cohort_id', 'candidate_id')) AS together
    FROM duckdb_columns() WHERE database_name = ? AND NOT internal GROUP BY table_name
"""
_GROUPS = """
    SELECT row_group_id, stats FROM pragma_storage_info('{table}')
    WHERE column_name = 'candidate_id' AND segment_type = 'VARCHAR' ORDER BY row_group_id
"""
_ENDS = re.compile(r"Min: (.*?), Max: (.*?), Has Unicode")
_FEW_GROUPS = 16
"""Two million rows of one table: reading so many takes some milliseconds."""
_LOOSE_SHARE = 0.1
_COUNTED = """
    SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS kind
    FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attnum > 0 AND NOT attisdropped
        AND NOT EXISTS (SELECT FROM "{table}")
"""
"""The columns of a table that is empty: changing one to the type it has drops what was counted of it."""
_WAIT_SECONDS = 20
"""How long a table may be in use by somebody else before it is left as it is."""


def mark(file: Path) -> None:
    """Note that rows are being erased and the file must be rewritten."""
    _marker(file).touch()
    _sync(file.parent)


def is_marked(file: Path) -> bool:
    """Whether an earlier erasure did not get to its end."""
    return _marker(file).exists()


def is_scattered(engine: Engine) -> bool:
    """Whether so many rows lie in the order they came in that queries about one candidate are slow."""
    with engine.connect() as connection:
        for table in tables.PERSONAL:
            found = connection.exec_driver_sql(_GROUPS.format(table=table.name)).all()
            groups = [[row.stats for row in rows] for _, rows in groupby(found, lambda row: row.row_group_id)]
            if _loose(groups) > max(_FEW_GROUPS, _LOOSE_SHARE * len(groups)):
                return True
    return False


def _loose(groups: list[list[str]]) -> int:
    """Groups that begin before the end of an earlier one."""
    loose, last = 0, ""
    for stats in groups:
        ends = [found.groups() for text in stats if (found := _ENDS.search(text))]
        if not ends:
            continue
        loose += min(low for low, _ in ends) < last
        last = max(last, *(high for _, high in ends))
    return loose


def rewrite(engine: Engine, file: Path) -> None:
    """Replace the file by a copy that holds live rows only. Nobody else may be using the engine."""
    fresh = copy(engine, file, in_order=True)
    swap(engine, file, fresh)


def copy(engine: Engine, file: Path, *, in_order: bool) -> Path:
    """Copy the live rows to a new file beside the old one. Others may read meanwhile, but not write.

    `in_order` puts them candidate by candidate; otherwise they stay as they lie, which takes less long.
    """
    fresh = file.with_name(f"{file.name}.fresh")
    for leftover in (fresh, _wal(fresh)):
        leftover.unlink(missing_ok=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        quoted = str(fresh).replace("'", "''")
        connection.exec_driver_sql(f"ATTACH '{quoted}' AS {_COPY}")
        try:
            connection.exec_driver_sql(f'COPY FROM DATABASE "{name}" TO {_COPY} (SCHEMA)')
            for table in connection.exec_driver_sql(_TABLES, (name,)).all():
                order = f"ORDER BY {table.together}" if table.together and in_order else ""
                connection.exec_driver_sql(
                    f'INSERT INTO {_COPY}."{table.name}" SELECT * FROM "{name}"."{table.name}" {order}'
                )
        finally:
            connection.exec_driver_sql(f"DETACH {_COPY}")
    _sync(fresh)
    return fresh


def swap(engine: Engine, file: Path, fresh: Path) -> None:
    """Put the new file in place of the old one. Nobody else may be using the engine."""
    engine.dispose()
    fresh.replace(file)
    _wal(file).unlink(missing_ok=True)
    _wal(fresh).unlink(missing_ok=True)
    _sync(file.parent)
    _marker(file).unlink(missing_ok=True)


def vacuum(engine: Engine) -> None:
    """Let PostgreSQL write every table of people anew, without deleted rows, and forget what it counted.

    Its statistics repeat values of the rows. Counting again replaces them, but not those of a table that has
    become empty; and what was replaced lies in the file of the statistics until that is written anew, which
    the owner of the database may have done.
    """
    owned = [table.name for table in tables.metadata.sorted_tables if "candidate_id" in table.columns]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = {round(1000 * _WAIT_SECONDS)}")
        for name in owned:
            connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{name}"')
            for column in connection.exec_driver_sql(_COUNTED.format(table=name), {"table": name}).all():
                connection.exec_driver_sql(
                    f'ALTER TABLE "{name}" ALTER COLUMN {column.name} TYPE {column.kind}'
                )
        connection.exec_driver_sql("VACUUM (FULL) pg_catalog.pg_statistic")


@contextmanager
def after_erasing(what: str, file: Path | None) -> Iterator[None]:
    """Say of a failure that the rows are gone all the same, and when their bytes will be."""
    try:
        with plainly(what):
            yield
    except RehearseError as error:
        later = "The next start of Rehearse clears them, or the next erasure."
        if file is None:
            later = "The next erasure clears them, or VACUUM (FULL, ANALYZE) on the server."
        raise RehearseError(
            f"It is erased and nobody can see it, but the old bytes are still on the disk: {error.message}",
            later,
        ) from error


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
