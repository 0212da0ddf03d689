"""Read-only SQL over views of a cohort, in a database of its own that holds nothing else.

The views are copied into an empty in-memory DuckDB that is then closed to the outside: no files, no network,
no extensions, no settings, no Python objects, one statement that only reads, limits on time, memory and rows.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from data.domain import RehearseError

if TYPE_CHECKING:
    from pandas import DataFrame

SECONDS, ROWS, MEMORY = 3.0, 5_000, "200MB"
_CLOSE = (
    "SET temp_directory = ''",  # a query that outgrows the memory is stopped, not spilt to disk
    "SET enable_external_access = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET disabled_filesystems = 'LocalFileSystem'",
    f"SET memory_limit = '{MEMORY}'",
    "SET threads = 1",
    "SET lock_configuration = true",
)
_NO_WORD = ("pragma", "getenv", "secret", "duckdb_settings", "current_setting")


@dataclass(frozen=True, slots=True)
class Answered:
    """The rows of a query, and whether there were more than may be given."""

    rows: DataFrame
    cut: bool


def ask(views: Mapping[str, DataFrame], sql: str, seconds: float = SECONDS, limit: int = ROWS) -> Answered:
    """Run one SELECT over the views; `RehearseError` says what is not allowed or what is wrong with it."""
    connection = _closed(views)
    timer = threading.Timer(seconds, connection.interrupt)
    try:
        _check(connection, sql)
        timer.start()
        found = connection.execute(sql).fetch_df_chunk(1 + limit // 2048)
        return Answered(found.head(limit), len(found) > limit)
    except duckdb.InterruptException as error:
        raise RehearseError(
            f"The query took longer than {seconds:g} seconds and was stopped.", "Ask for less at a time."
        ) from error
    except duckdb.OutOfMemoryException as error:
        raise RehearseError(
            f"The query needs more than {MEMORY} of memory and was stopped.", "Ask for less at a time."
        ) from error
    except duckdb.PermissionException as error:
        raise RehearseError("Only the views can be read.", "Files and the network are closed.") from error
    except duckdb.Error as error:
        raise RehearseError(f"The query cannot be run: {str(error).splitlines()[0][:300]}") from error
    finally:
        timer.cancel()
        connection.close()


def _closed(views: Mapping[str, DataFrame]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    for name, frame in views.items():
        connection.register("given", frame)
        connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
        connection.unregister("given")
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
