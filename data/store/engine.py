"""Opening the database, and the traffic rules for threads."""

from __future__ import annotations

import gc
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.pool import QueuePool

from data.domain import RehearseError
from data.store.plain_words import plainly

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_IN_MEMORY = "duckdb:///:memory:"
_CONNECTING = {
    "connect_timeout": 10,
    "application_name": "rehearse",
    "keepalives_idle": 60,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""Seconds, as libpq counts them; the last in milliseconds: a network that swallows everything is noticed."""
MOTHERDUCK = "md:"
"""What the address of a database at MotherDuck begins with; it is no file."""
OLDEST_POSTGRES = 14
"""The oldest version that its makers still mend."""


def make_engine(url: str) -> Engine:
    """An engine for a URL; nothing is opened yet.

    DuckDB never loads an extension by itself: that would reach for the network.
    """
    if not url.startswith("duckdb:"):
        return _postgres_engine(url)
    file = duckdb_file(url)
    if file is not None:
        _make_folder(file.parent)
    elif url == _IN_MEMORY:
        # A name makes all threads see the same database.
        url = f"{_IN_MEMORY}{uuid.uuid4().hex}"
    config = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    engine = create_engine(
        url, poolclass=QueuePool, pool_size=8, max_overflow=24, connect_args={"config": config}
    )
    anew = _OpenedAnew()
    event.listen(engine, "handle_error", anew.let_go)
    event.listen(engine, "do_connect", anew.forget)
    return engine


class _OpenedAnew:
    """After some failures (a disk that was full while its file was put in order) DuckDB must be opened anew.

    That happens by itself as soon as nothing holds on to the old one: idle connections do, until they are
    closed, and errors that are over, until Python looks for circles. Whoever uses it meanwhile fails too.
    """

    def __init__(self) -> None:
        """Nothing has failed."""
        self._failed = False

    def let_go(self, failed: ExceptionContext) -> None:
        """Something has failed: close what nobody uses now if nothing more can be done with it."""
        if failed.engine is not None and isinstance(failed.original_exception, duckdb.FatalException):
            self._failed = True
            failed.engine.dispose()

    def forget(self, *_asked: object) -> None:
        """Somebody connects: what the failure left behind goes first."""
        if self._failed:
            self._failed = False
            gc.collect()


def _postgres_engine(url: str) -> Engine:
    """A pool of a few connections that are looked at before use; what the URL says goes before."""
    asked = {name: value for name, value in _CONNECTING.items() if name not in make_url(url).query}
    engine = create_engine(
        url, pool_pre_ping=True, pool_size=4, max_overflow=12, pool_recycle=1800, connect_args=asked
    )
    event.listen(engine, "connect", _leave_out_nul)
    return engine


def _leave_out_nul(connection: Any, _record: object) -> None:
    """PostgreSQL holds every letter but NUL, which nobody means; without it the rest is kept."""
    from psycopg.types.string import StrDumper

    class WithoutNul(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\x00", ""))

    connection.adapters.register_dumper(str, WithoutNul)


def duckdb_file(url: str) -> Path | None:
    """The file behind a DuckDB URL; None in memory or for another engine."""
    if not url.startswith("duckdb:"):
        return None
    database = make_url(url).database or ":memory:"
    return None if database.startswith((":memory:", MOTHERDUCK)) else Path(database)


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; does nothing (and loads nothing) when it is there already."""
    newest = max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    with engine.connect() as connection:
        asked = text("SHOW server_encoding")
        dialect = connection.dialect
        require_fit(dialect.name, dialect.server_version_info, lambda: connection.execute(asked).scalar_one())
        current = _revision(connection)
    if current == newest:
        return
    if current is not None and current > newest:
        raise RehearseError(
            f"The database was made by a newer Rehearse (schema {current}, this one knows {newest}).",
            "Update Rehearse, or set DATABASE_URL to another file.",
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_fit(dialect: str, version: tuple[int | str, ...] | None, encoding: Callable[[], str]) -> None:
    """Refuse a PostgreSQL that is too old, or a database of it that does not hold every letter."""
    if dialect != "postgresql":
        return
    if version and int(version[0]) < OLDEST_POSTGRES:
        raise RehearseError(
            f"The database server is PostgreSQL {version[0]}, which is too old.",
            f"Use PostgreSQL {OLDEST_POSTGRES} or newer.",
        )
    if encoding() != "UTF8":
        raise RehearseError(
            f"The database keeps letters as {encoding()}, which does not hold all of them.",
            "Make one for Rehearse: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0.",
        )


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _make_folder(folder: Path) -> None:
    with plainly("The folder of the database"):
        folder.mkdir(parents=True, exist_ok=True)


class Traffic:
    """Lets any number of calls through at once, or one caller alone while the file is being swapped."""

    def __init__(self) -> None:
        """Start with nobody inside."""
        self._condition = threading.Condition()
        self._inside = 0
        self._closed = False

    @contextmanager
    def through(self) -> Iterator[None]:
        """Pass, together with others."""
        with self._condition:
            self._condition.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._condition:
                self._inside -= 1
                self._condition.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until everybody has left and keep others out."""
        with self._condition:
            self._condition.wait_for(lambda: not self._closed)
            self._closed = True
            self._condition.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._condition:
                self._closed = False
                self._condition.notify_all()
