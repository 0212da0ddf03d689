"""The traffic rules for threads on one open database, and what may be known of it without asking again.

Every call takes its own connection, writes take turns. An erasure copies the live rows to a new file while
others read, and has the database alone while the files are swapped. It knows nobody: a `Session` binds it to
whoever is looking.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, Transaction, literal, select
from sqlalchemy.exc import DBAPIError

from data.domain import Question
from data.store import compaction
from data.store.again import DoubtfulError, again, is_cut
from data.store.engine import Traffic
from data.store.newer_figures import NewerFigures
from data.store.plain_words import plainly
from data.store.since_write import Read, SinceWrite


class Connected:
    """Everything that is kept, behind one engine; `Database.open` makes one."""

    def __init__(self, engine: Engine, file: Path | None) -> None:
        """Take an engine whose schema is current; `file` is the DuckDB file, if there is one."""
        self.engine = engine
        self.closed = False
        self.questions_kept: tuple[Question, ...] = ()
        """The list of questions that is known to be kept already."""
        self.erased: set[str] = set()
        """Attempts erased since the start: a thread that still works on one must not bring it back."""
        self.newer: NewerFigures | None = None
        """Publishes figures about cohorts beside whoever looks; None: before they are shown anything."""
        self._file = file
        self._what = f"The database {file}" if file else "The database"
        self._traffic = Traffic()
        self._writing = threading.Lock()
        self._since_write = SinceWrite(alone=file is not None)

    def close(self) -> None:
        """Let go of the database, so that another process may open it."""
        with self._writing, self._traffic.alone():
            self.engine.dispose()
            self.closed = True

    def publish_beside(self) -> None:
        """From now on whoever looks at a cohort does not wait until newer figures are published."""

        def begin(work: Callable[[], object]) -> None:
            threading.Thread(target=work, name="publish figures", daemon=True).start()

        self.newer = NewerFigures(begin)

    def answer(self) -> None:
        """Ask the engine for nothing; `RehearseError` where it is away."""
        with self.reading() as connection:
            connection.execute(select(literal(1)))

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

    @contextmanager
    def beside_others(self) -> Iterator[Engine]:
        """The engine, for long reading that others read and write beside."""
        with self._traffic.through(), plainly(self._what):
            yield self.engine

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
