"""All tables of one database into another, of either kind, each with its count and a checksum of its rows.

What is read is one moment of the source, however long it takes. Each table arrives in one transaction, so a
copy that was cut off holds whole tables only; done again, it keeps those that are the same and does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Engine, Table, column, delete, func, select
from sqlalchemy import table as bare_table

from data.domain import RehearseError
from data.store import cohort_tables, saving, tables

_AT_ONCE = 2_000
"""Rows held in memory."""
_MADE_AGAIN = frozenset({"questions"})
"""A start of the app fills these by itself."""
_MARK = "rehearse_arriving"
"""A table that is there while rows arrive; it names where they come from."""

_FIRST = (tables.attempts, cohort_tables.cohorts, tables.jobs)
"""What others name, and PostgreSQL wants to be there before."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a table holds: how many rows, and a checksum that does not depend on their order."""

    name: str
    rows: int
    checksum: str


def in_order() -> tuple[Table, ...]:
    """Every table, those that others name first."""
    return (*_FIRST, *(table for table in tables.metadata.sorted_tables if table not in _FIRST))


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever is written meanwhile."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def counted(connection: Connection, name: str, columns: Sequence[str]) -> Counted:
    """Count a table and sum its rows up."""
    rows, total = 0, 0
    for row in _rows(connection, name, columns):
        rows, total = rows + 1, (total + _print_of(columns, row)) % 2**128
    return Counted(name, rows, f"{total:032x}")


def copy_all(source: Connection, target: Engine, told: Callable[[Counted], object]) -> tuple[Counted, ...]:
    """Bring every table over; `RehearseError` where afterwards one is not the same."""
    done = []
    for table in in_order():
        columns = [one.name for one in table.columns]
        wanted = counted(source, table.name, columns)
        with target.begin() as connection:
            if counted(connection, table.name, columns) != wanted:
                connection.execute(delete(table))
                for some in _some_at_once(_rows(source, table.name, columns)):
                    saving.insert_rows(
                        connection, table, [dict(zip(columns, row, strict=True)) for row in some]
                    )
        with target.connect() as connection:
            if counted(connection, table.name, columns) != wanted:
                raise RehearseError(
                    f"The table {table.name} did not arrive as it is at its source.",
                    "Try again; if it stays so, tell whoever makes Rehearse. The source was not changed.",
                )
        told(wanted)
        done.append(wanted)
    return tuple(done)


def begin_arrival(target: Engine, source: str) -> None:
    """Mark that rows arrive from `source`; `RehearseError` when something else is there already."""
    with target.begin() as connection:
        before = arriving_from(connection)
        if before == source:
            return
        if before is not None:
            raise RehearseError(
                "Rows of another database were on their way here, and not all of them arrived.",
                "Go on with that one, or begin with an empty database.",
            )
        full = [
            table.name
            for table in in_order()
            if table.name not in _MADE_AGAIN and _has_rows(connection, table)
        ]
        if full:
            raise RehearseError(
                f"There is something there already: {', '.join(full[:4])}{' and more' * (len(full) > 4)}.",
                "Nothing was changed. Give an empty database; or move this one away, or erase what is in it.",
            )
        connection.exec_driver_sql(f"CREATE TABLE {_MARK} (source TEXT NOT NULL)")
        connection.execute(bare_table(_MARK, column("source")).insert().values(source=source))


def end_arrival(target: Engine) -> None:
    """Everything is there: the database may be used."""
    with target.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE {_MARK}")


def arriving_from(connection: Connection) -> str | None:
    """Where rows are on their way from; None when this is a whole database."""
    if not connection.dialect.has_table(connection, _MARK):
        return None
    return connection.execute(select(bare_table(_MARK, column("source")).c.source)).scalar()


def require_whole(engine: Engine) -> None:
    """Refuse a database that not everything has arrived in."""
    with engine.connect() as connection:
        if arriving_from(connection) is not None:
            raise RehearseError(
                "Not everything has arrived in this database yet: a move or a restore into it was cut off.",
                "Do the same command again; it goes on where it was.",
            )


def _rows(connection: Connection, name: str, columns: Sequence[str]) -> Iterator[Sequence[object]]:
    wanted: Any = select(*map(column, columns)).select_from(bare_table(name))
    with connection.execute(wanted, execution_options={"yield_per": _AT_ONCE}) as found:
        yield from found


def _some_at_once(rows: Iterator[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    for first in rows:
        yield [first, *islice(rows, _AT_ONCE - 1)]


def _has_rows(connection: Connection, table: Table) -> bool:
    return bool(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _print_of(columns: Sequence[str], row: Sequence[object]) -> int:
    """A number that is the same for the same values, whichever database they were read from."""
    named = zip(columns, row, strict=True)
    parts = chain.from_iterable(
        (name, _written(value)) for name, value in sorted(named, key=lambda one: one[0])
    )
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=16).digest())


def _written(value: object) -> str:
    if value is None:
        return "\x00"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return value.hex()
    return f"{type(value).__name__}:{value}".replace("\x00", "")  # which PostgreSQL does not hold
