"""One open database, the traffic rules for threads, and what may be known of it without asking again.

Every call takes its own connection, writes take turns. An erasure copies the live rows to a new file while
others read, and has the database alone while the files are swapped. It knows nobody: `session` binds it to
whoever is looking. DuckDB lets one process in; a second one is told so in plain words.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Transaction, literal, select
from sqlalchemy.exc import DBAPIError

from data.access import LOCAL, Viewer
from data.domain import Question
from data.store import backups, compaction, copying
from data.store.again import DoubtfulError, again, is_cut
from data.store.copying import Counted
from data.store.engine import Traffic, duckdb_file, make_engine, migrate
from data.store.plain_words import plainly
from data.store.since_write import Read, SinceWrite

if TYPE_CHECKING:
    from data.store.session import Session

_open_databases: dict[str, Database] = {}
_opening = threading.Lock()


class Database:
    """Everything that is kept, behind one URL. Use `Database.open`, and a `session` to read and write."""

    def __init__(self, url: str, engine: Engine, file: Path | None) -> None:
        """Take an engine whose schema is current; `file` is the DuckDB file, if there is one."""
        self.engine = engine
        self.questions_kept: tuple[Question, ...] = ()
        """The list of questions that is known to be kept already."""
        self.erased: set[str] = set()
        """Attempts erased since the start: a thread that still works on one must not bring it back."""
        self._url = url
        self._file = file
        self._what = f"The database {file}" if file else "The database"
        self._traffic = Traffic()
        self._writing = threading.Lock()
        self._since_write = SinceWrite(alone=file is not None)

    @classmethod
    def open(cls, url: str) -> Database:
        """Open the database behind `Settings.database_url`, made or migrated as needed.

        The same URL gives the same database. `RehearseError` says what is wrong with a file that is locked,
        read-only, damaged or of another version, or with a server that cannot be reached.
        """
        with _opening:
            if url in _open_databases:
                return _open_databases[url]
            file = duckdb_file(url)
            made = cls(url, _engine(url, file), file)
            if ":memory:" not in url:
                _open_databases[url] = made
            return made

    def answer(self) -> None:
        """Ask the engine for nothing; `RehearseError` where it is away."""
        with self.reading() as connection:
            connection.execute(select(literal(1)))

    def close(self) -> None:
        """Let go of the database, so that another process may open it."""
        with _opening, self._writing, self._traffic.alone():
            _open_databases.pop(self._url, None)
            self.engine.dispose()

    def session(self, viewer: Viewer = LOCAL) -> Session:
        """This database as `viewer` may use it."""
        from data.store.session import Session

        return Session(self, viewer)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self._traffic.through(), plainly(self._what), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in one transaction, which nobody else of this process has at the same time.

        Who uses it is tried `again` where the server cut it off.
        """
        with self._writing:
            try:
                with (
                    self._traffic.through(),
                    plainly(self._what),
                    self.engine.connect() as connection,
                    connection.begin() as transaction,
                ):
                    yield connection
                    _confirm(transaction)
            finally:
                self._since_write.written()

    @property
    def file(self) -> Path | None:
        """The DuckDB file, which this process alone has open."""
        return self._file

    def back_up(self, file: Path) -> tuple[Counted, ...]:
        """Write a backup to a new file, of one moment; others read and write meanwhile."""
        with self._traffic.through(), plainly(self._what):
            return backups.write_backup(self.engine, file, lambda _: None)

    def answer_backups(self) -> None:
        """Write backups that the command asks for, beside everything else, as long as the process runs."""
        from data.store.backup_requests import start_answering

        start_answering(self)

    def kept(self, key: Hashable, read: Callable[[Connection], Read]) -> Read:
        """What was read under a key since the last write; not to be changed by who gets it."""

        def now() -> Read:
            with self.reading() as connection:
                return read(connection)

        return self._since_write.get(key, now)

    def erase(self, clear: Callable[[Connection, str], None], owner: str) -> None:
        """Delete with `clear` what `owner` names, then its bytes."""
        with self._writing:
            with plainly(self._what), self._traffic.through():
                if self._file is not None:
                    compaction.mark(self._file)
                try:
                    self._cleared(clear, owner)
                finally:
                    self._since_write.written()
            with compaction.after_erasing(self._what, self._file):
                self._clear_bytes()

    @again(twice=True)
    def _cleared(self, clear: Callable[[Connection, str], None], owner: str) -> None:
        with plainly(self._what), self.engine.begin() as connection:
            clear(connection, owner)

    def _clear_bytes(self) -> None:
        """Take the bytes of deleted rows off the disk; in memory nothing is kept."""
        if self._file is not None:
            with self._traffic.through():
                fresh = compaction.copy(self.engine, self._file, in_order=False)
            with self._traffic.alone():
                compaction.swap(self.engine, self._file, fresh)
        elif self.engine.dialect.name == "postgresql":
            with self._traffic.through():
                compaction.vacuum(self.engine)


def _confirm(transaction: Transaction) -> None:
    """Commit; `DoubtfulError` when the connection went before the server could say so."""
    try:
        transaction.commit()
    except DBAPIError as error:
        if not is_cut(error):
            raise
        raise DoubtfulError(
            "The database server was cut off while it was saving, so it is not known whether it did.",
            "Look whether it is there, and try again if not.",
        ) from error


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
