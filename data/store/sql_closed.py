"""The inside of the SQL box: an empty database in the limited worker that holds the views and reads no more.

No files, no network, no extensions, no settings, no Python objects, one statement that only reads.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from data.domain import RehearseError

MEMORY_MEGABYTES = 200
_CLOSE = (
    "SET temp_directory = ''",  # a query that outgrows the memory is stopped, not spilt to disk
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET disabled_filesystems = 'LocalFileSystem'",
    f"SET memory_limit = '{MEMORY_MEGABYTES}MB'",
    "SET threads = 1",
    "SET lock_configuration = true",
)
_NO_WORD = ("pragma", "getenv", "secret", "duckdb_settings", "current_setting")
_LARGEST = 2**63


def ask_here(views: Mapping[str, bytes], sql: str, seconds: float, limit: int) -> dict[str, object]:
    """The columns and at most `limit` rows of one SELECT over views in Parquet, in this process.

    `times` names the columns that hold days or times, as ISO texts; `cut` whether there are more rows.
    """
    connection = _closed(views)
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    try:
        _check(connection, sql)
        timer.start()
        asked = connection.execute(sql)
        columns = [str(column[0]) for column in connection.description or ()]
        rows = asked.fetchmany(limit + 1)
    except duckdb.InterruptException as error:
        raise RehearseError(
            f"The query took longer than {seconds:g} seconds and was stopped.", "Ask for less at a time."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise RehearseError(
            f"The query needs more than {MEMORY_MEGABYTES} MB of memory and was stopped.",
            "Ask for less at a time.",
        ) from error
    except duckdb.PermissionException as error:
        raise RehearseError("Only the views can be read.", "Files and the network are closed.") from error
    except duckdb.Error as error:
        raise RehearseError(f"The query cannot be run: {str(error).splitlines()[0][:300]}") from error
    finally:
        timer.cancel()
        connection.close()
    times = [
        name
        for place, name in enumerate(columns)
        if any(isinstance(row[place], date) for row in rows)
        and all(row[place] is None or isinstance(row[place], date) for row in rows)
    ]
    shown = [[_plain(value) for value in row] for row in rows[:limit]]
    return {"columns": columns, "rows": shown, "times": times, "cut": len(rows) > limit}


def _closed(views: Mapping[str, bytes]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    given = Path("given.parquet")
    for name, content in views.items():
        given.write_bytes(content)
        connection.execute(f"""CREATE TABLE "{name}" AS SELECT * FROM read_parquet('{given}')""")
    given.unlink(missing_ok=True)
    for statement in _CLOSE:
        connection.execute(statement)
    return connection


def _check(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise RehearseError("Give exactly one statement.", "Remove what comes after the semicolon.")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise RehearseError("Only SELECT can be run here.", "The views can be read, nothing can be changed.")
    for word in _NO_WORD:
        if word in sql.lower():
            raise RehearseError(f"{word} cannot be used here.", "Only the views below can be read.")


def _plain(value: object) -> bool | int | float | str | None:
    """A value as the worker can hand it back and a table can show it."""
    if value is None or isinstance(value, bool | float | str):
        return value
    if isinstance(value, int):
        return value if -_LARGEST <= value < _LARGEST else float(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)
