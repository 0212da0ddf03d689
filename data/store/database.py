"""One open database, who is using it, and the traffic rules for threads.

Every call takes its own connection, writes take turns. An erasure copies the live rows to a new file while
others read, and has the database alone while the files are swapped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, select

from data.access import LOCAL, Viewer, What
from data.domain import Attempt
from data.store import cohort_tables, compaction, guard, publishing, saving
from data.store.engine import Traffic, plainly
from data.store.queries import NamedQuery
from data.store.since_write import Read, SinceWrite

Part = TypeVar("Part")


class Database:
    """What `Store` and its neighbours share."""

    def __init__(self, url: str, engine: Engine, file: Path | None) -> None:
        """Take an engine whose schema is current; `file` is the DuckDB file, if there is one."""
        self._url = url
        self._engine = engine
        self._file = file
        self._what = f"The database {file}" if file else "The database"
        self._traffic = Traffic()
        self._writing = threading.Lock()
        self._since_write = SinceWrite(alone=file is not None)
        self._viewer = LOCAL
        self._known: dict[str, object] = {}
        """What is known to be kept already; every viewer's store of this database shares it."""
        self._erased: set[str] = set()
        """Attempts erased since the start: a thread that still works on one must not bring it back."""

    @classmethod
    def over(cls, other: Database) -> Self:
        """The same open database and the same viewer, with what this class can do."""
        made = cls.__new__(cls)
        made.__dict__.update(other.__dict__)
        return made

    def seen_by(self, viewer: Viewer) -> Self:
        """The same open database as `viewer` may use it."""
        bound = type(self).over(self)
        bound._viewer = viewer
        return bound

    @property
    def viewer(self) -> Viewer:
        """For whom this reads and writes."""
        return self._viewer

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._traffic.through(), plainly(self._what), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._writing:
            try:
                with self._traffic.through(), plainly(self._what), self._engine.begin() as connection:
                    yield connection
            finally:
                self._since_write.written()

    def _kept(self, key: Hashable, read: Callable[[Connection], Read]) -> Read:
        """What was read under a key since the last write; not to be changed by who gets it."""

        def now() -> Read:
            with self._read() as connection:
                return read(connection)

        return self._since_write.get(key, now)

    def _log(self, attempt: Attempt, what: What, why: str) -> None:
        """Write down that somebody else's answer was looked at; once a visit."""
        viewer = self._viewer
        if viewer.role == "local" or attempt.candidate_id == viewer.candidate_id or attempt.synthetic:
            return
        with self._read() as connection:
            known = guard.is_logged(connection, viewer, attempt.id, what)
        if not known:
            with self._write() as connection:
                guard.log(connection, viewer, attempt, what, why)

    def _of_answer(self, attempt_id: str, read: Callable[[Connection, str], Part]) -> Part | None:
        """A part of an answer for whoever may see its words, and their look in the log; None without one."""
        with self._read() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                return None
            ties = guard.ties(connection, self._viewer, attempt)
            why = guard.require(self._viewer, attempt.candidate_id, "content", ties).why
            found = read(connection, attempt_id)
        self._log(attempt, "content", why)
        return found

    def _bring_up_to_date(self, query: NamedQuery, given: Mapping[str, object]) -> None:
        """Publish the figures about whole cohorts that a query reads, where that may be done now."""
        cohorts, now = cohort_tables.cohorts.c, guard.utc_now()
        one = cohorts.id == given["cohort_id"] if query.scope == "cohort" else None
        wanted = select(cohorts.id).where(cohorts.synthetic == given["synthetic"] if one is None else one)
        with self._read() as connection:
            due = publishing.stale(connection, query.figures, list(connection.execute(wanted).scalars()), now)
        if due:
            with self._write() as connection:
                publishing.publish(connection, due, now)

    def _erase(self, clear: Callable[[Connection, str], None], owner: str) -> None:
        with self._writing:
            with plainly(self._what), self._traffic.through():
                if self._file is not None:
                    compaction.mark(self._file)
                try:
                    with self._engine.begin() as connection:
                        clear(connection, owner)
                finally:
                    self._since_write.written()
            with compaction.after_erasing(self._what, self._file):
                self._clear_bytes()

    def _clear_bytes(self) -> None:
        """Take the bytes of deleted rows off the disk; in memory nothing is kept."""
        if self._file is not None:
            with self._traffic.through():
                fresh = compaction.copy(self._engine, self._file, in_order=False)
            with self._traffic.alone():
                compaction.swap(self._engine, self._file, fresh)
        elif self._engine.dialect.name == "postgresql":
            with self._traffic.through():
                compaction.vacuum(self._engine)
