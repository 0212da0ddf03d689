"""One open database, who is using it, and the traffic rules for threads.

Every call takes its own connection, writes take turns. An erasure copies the live rows to a new file while
others read, and has the database alone while the files are swapped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from data.access import LOCAL, Viewer, What
from data.domain import Attempt
from data.store import compaction, guard
from data.store.engine import Traffic, plainly


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
        self._viewer = LOCAL

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
        with self._writing, self._traffic.through(), plainly(self._what), self._engine.begin() as connection:
            yield connection

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

    def _erase(self, clear: Callable[[Connection, str], None], owner: str) -> None:
        with self._writing, plainly(self._what):
            if self._file is not None:
                compaction.mark(self._file)
            with self._traffic.through(), self._engine.begin() as connection:
                clear(connection, owner)
            if self._file is not None:
                with self._traffic.through():
                    fresh = compaction.copy(self._engine, self._file, in_order=False)
                with self._traffic.alone():
                    compaction.swap(self._engine, self._file, fresh)
