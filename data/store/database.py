"""One database behind a URL: opened once a process, migrated as needed, handed out as sessions.

DuckDB lets one process in; a second one is told so in plain words.
"""

from __future__ import annotations

import threading
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, select

from data.access import LOCAL, Viewer
from data.recordings import Recordings
from data.recordings_kept import start_ending
from data.store import compaction, copying, tables
from data.store.again import when_up
from data.store.backup_requests import start_answering
from data.store.connected import Connected
from data.store.engine import duckdb_file, make_engine, migrate
from data.store.plain_words import plainly
from data.store.session import Session
from data.store.to_rows import utc

_open_databases: dict[str, Database] = {}
_opening = threading.Lock()


class Database(Connected):
    """Everything that is kept, behind one URL. Use `Database.open`, and a `session` to read and write."""

    @classmethod
    def open(cls, url: str) -> Database:
        """Open the database behind `Settings.database_url`, made or migrated as needed.

        The same URL gives the same database. `RehearseError` says what is wrong with a file that is locked,
        read-only, damaged or of another version, or with a server that cannot be reached. One that is only
        starting is waited for.
        """
        with _opening:
            known = _open_databases.get(url)
            if known is not None and not known.closed:
                return known
            file = duckdb_file(url)
            made = cls(when_up(partial(_engine, url, file)), file)
            if ":memory:" not in url:
                _open_databases[url] = made
            return made

    def session(self, viewer: Viewer = LOCAL) -> Session:
        """This database as `viewer` may use it."""
        return Session(self, viewer)

    def recorded(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """The ids of all attempts that were recorded and began in this time, whoever they belong to."""
        column = tables.attempts.c
        began = (column.started_at >= utc(since)) & (column.started_at < utc(until))
        wanted = select(column.id).where(began, column.mode != "typed")
        with self.reading() as connection:
            return tuple(connection.execute(wanted).scalars())

    def end_recordings(self, recordings: Recordings, kept_days: float) -> None:
        """Erase recordings of older answers, beside everything else, as long as the process runs."""
        start_ending(self.recorded, recordings, kept_days)

    def answer_backups(self) -> None:
        """Write backups that the command asks for, beside everything else, as long as the process runs."""
        start_answering(self)


def _engine(url: str, file: Path | None) -> Engine:
    """An engine whose schema is current, on a file without bytes of erased rows."""
    with plainly(f"The database {file}" if file else "The database"):
        engine = make_engine(url)
        try:
            migrate(engine)
            copying.require_whole(engine)
            if file is not None and (compaction.is_marked(file) or compaction.is_scattered(engine)):
                compaction.rewrite(engine, file)
        except BaseException:  # also an interrupt: a file left open stays locked
            engine.dispose()
            raise
    return engine
