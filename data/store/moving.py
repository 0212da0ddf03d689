"""A whole database to another place, or out of a backup into one. Used by the commands of `data`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from data.domain import RehearseError
from data.store import backups, copying
from data.store.copying import Counted
from data.store.engine import duckdb_file, make_engine, migrate
from data.store.plain_words import plainly


def move(source_url: str, target_url: str, told: Callable[[Counted], object]) -> tuple[Counted, ...]:
    """Copy everything from one database to another, empty one; the source stays as it is.

    Cut off and done again it goes on. `RehearseError` when the target holds something else.
    """
    if source_url == target_url:
        raise RehearseError("Both addresses name the same database.", "Give another one after --to.")
    file = duckdb_file(source_url)
    if file is not None and not file.is_file():
        raise RehearseError(f"There is no database {file}.", "Check the address after --from.")
    with plainly("The database to move from"):
        source = make_engine(source_url)
        try:
            migrate(source)
            copying.require_whole(source)
            return _arrive(source, target_url, f"move of {_named(source_url)}", told)
        finally:
            source.dispose()


def restore(file: Path, target_url: str, told: Callable[[Counted], object]) -> tuple[Counted, ...]:
    """Bring a backup into an empty database, after a look at all of it."""
    with backups.opened_backup(file) as source:
        return _arrive(source, target_url, f"restore of {file.resolve()}", told)


def _arrive(
    source: Engine, target_url: str, name: str, told: Callable[[Counted], object]
) -> tuple[Counted, ...]:
    with plainly("The database to bring it to"):
        target = make_engine(target_url)
        try:
            migrate(target)
            copying.begin_arrival(target, name)
            with copying.one_moment(source) as connection:
                found = copying.copy_all(connection, target, told)
            copying.end_arrival(target)
        finally:
            target.dispose()
    return found


def _named(url: str) -> str:
    """An address without its user and password, as it may be written down."""
    return url.partition("://")[2].rpartition("@")[2]
