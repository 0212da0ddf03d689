"""Opening the database, its errors in plain words, and the traffic rules for threads."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from data.domain import RehearseError

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_IN_MEMORY = "duckdb:///:memory:"


def make_engine(url: str) -> Engine:
    """An engine for a URL; nothing is opened yet.

    DuckDB never loads an extension by itself: that would reach for the network.
    """
    if not url.startswith("duckdb:"):
        return create_engine(url, pool_pre_ping=True)
    file = duckdb_file(url)
    if file is not None:
        _make_folder(file.parent)
    elif url == _IN_MEMORY:
        # A name makes all threads see the same database.
        url = f"{_IN_MEMORY}{uuid.uuid4().hex}"
    config = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    return create_engine(url, pool_size=8, max_overflow=24, connect_args={"config": config})


def duckdb_file(url: str) -> Path | None:
    """The file behind a DuckDB URL; None in memory or for another engine."""
    if not url.startswith("duckdb:"):
        return None
    database = make_url(url).database or ":memory:"
    return None if database.startswith(":memory:") else Path(database)


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; does nothing (and loads nothing) when it is there already."""
    newest = max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    with engine.connect() as connection:
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


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@contextmanager
def plainly(what: str) -> Iterator[None]:
    """Turn a driver's error into a sentence with a remedy."""
    try:
        yield
    except (DBAPIError, duckdb.Error, OSError, ImportError, NoSuchModuleError) as error:
        raise _in_plain_words(what, str(error)) from error


def _in_plain_words(what: str, error: str) -> RehearseError:
    for pattern, message, remedy in _KNOWN:
        found = re.search(pattern, error, re.IGNORECASE)
        if found:
            return RehearseError(message.format(what=what, detail="".join(found.groups(""))), remedy)
    first_line = error.strip().splitlines()[0][:200]
    return RehearseError(f"{what} could not be used: {first_line}", "Nothing was changed. Try again.")


_ELSEWHERE = "Or set DATABASE_URL to another place."
_KNOWN: tuple[tuple[str, str, str], ...] = (
    (
        r"could not set lock|conflicting lock(?:.*\(PID (\d+)\))?",
        "{what} is in use by another program.",
        "Only one program can open it: stop the other Rehearse, or the tool that has the file open. "
        + _ELSEWHERE,
    ),
    (
        r"no space left|disk (?:is )?full|could not write (?:all|enough)",
        "The disk that holds {what} is full.",
        "Free some space and try again; what was saved before is still there.",
    ),
    (
        r"permission denied|read-only|not permitted|operation not supported",
        "{what} cannot be written to.",
        "Allow writing to the file and its folder. " + _ELSEWHERE,
    ),
    (
        r"version number|storage version|newer (?:version of )?duckdb",
        "{what} was made by another version of DuckDB.",
        "Use the version of Rehearse that made it. " + _ELSEWHERE,
    ),
    (
        r"connection (?:refused|failed)|could not translate|timeout expired|server closed|authentication",
        "{what} cannot be reached.",
        "Check that the database server runs and that address, user and password in DATABASE_URL are right.",
    ),
    (
        r"not a valid duckdb|corrupt|checksum|serialization|deserialize|internal error|fatal",
        "{what} is damaged or is not a database.",
        "Move the file away and restore a backup; recordings are kept separately and are not touched.",
    ),
    (
        r"cannot open file|is a directory|not a directory|no such file|file exists",
        "{what} cannot be opened.",
        "Check the path in DATABASE_URL and that its folder can be written to.",
    ),
    (
        r"can't load plugin|no module named",
        "No driver for {what} is installed.",
        'Install the PostgreSQL driver: pip install "psycopg[binary]".',
    ),
)


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
