"""The store: what may be done with the database, and the traffic rules for threads.

One `Store` per database and process, safe to use from any thread: every call takes its own connection,
writes take turns, and a rewrite of the file (erasure) has it alone. DuckDB lets one process in;
a second one is told so in plain words.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, and_, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from data.access import LOCAL, SAMPLE_CANDIDATE, Viewer, may_read, require_own, require_read
from data.domain import Assessment, Attempt, AttemptResult, Question, RehearseError
from data.store import compaction, reading, saving, tables
from data.store.disagreements import Disagreements
from data.store.engine import Traffic, duckdb_file, make_engine, migrate, plainly
from data.store.queries import named_query, run
from data.store.rows import Row, result_rows, utc

if TYPE_CHECKING:
    from pandas import DataFrame

_open_stores: dict[str, Store] = {}
_opening = threading.Lock()


class Store:
    """Everything that is kept, behind one URL. Use `Store.open`."""

    def __init__(self, url: str, engine: Engine, file: Path | None) -> None:
        """Take an engine whose schema is current; `file` is the DuckDB file, if there is one."""
        self._url = url
        self._engine = engine
        self._file = file
        self._what = f"The database {file}" if file else "The database"
        self._traffic = Traffic()
        self._writing = threading.Lock()
        self._questions: tuple[Question, ...] = ()
        self.disagreements = Disagreements(self._read, self._write)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the database behind `Settings.database_url`, made or migrated as needed.

        The same URL gives the same store. `RehearseError` says what is wrong with a file that is locked,
        read-only, damaged or of another version, or with a server that cannot be reached.
        """
        with _opening:
            found = _open_stores.get(url)
            if isinstance(found, cls):
                return found
            file = duckdb_file(url)
            what = f"The database {file}" if file else "The database"
            with plainly(what):
                engine = make_engine(url)
                try:
                    migrate(engine)
                    if file is not None and compaction.is_marked(file):
                        compaction.rewrite(engine, file)
                except BaseException:
                    engine.dispose()
                    raise
            store = cls(url, engine, file)
            if ":memory:" not in url:
                _open_stores[url] = store
            return store

    def close(self) -> None:
        """Let go of the database, so that another process may open it."""
        with _opening, self._writing, self._traffic.alone():
            _open_stores.pop(self._url, None)
            self._engine.dispose()

    # --- saving -----------------------------------------------------------------------------

    def start_attempt(self, attempt: Attempt) -> None:
        """Keep that an attempt has begun, or what has changed about it."""
        with self._write() as connection:
            saving.put_attempts(connection, [attempt])

    def save_result(self, result: AttemptResult) -> None:
        """Save everything about an attempt in one transaction, in place of what was saved before.

        Assessments of other scorers or versions stay beside the new one, unless the words of the answer
        changed: a quote must be in the transcript it is shown with.
        """
        self.save_results([result])

    def save_results(self, results: Sequence[AttemptResult]) -> None:
        """Save many attempts in one transaction."""
        now = datetime.now(UTC)
        rows: dict[str, list[Row]] = defaultdict(list)
        for result in results:
            for name, found in result_rows(result, now).items():
                rows[name].extend(found)
        with self._write() as connection:
            known = saving.known_ids(connection, [result.attempt.id for result in results])
            for result in results:
                if result.attempt.id in known:
                    saving.make_room(connection, result)
            saving.put_attempts(connection, [result.attempt for result in results])
            for table in tables.OF_ATTEMPT:
                saving.insert_rows(connection, table, rows[table.name])

    def save_self_rating(self, attempt_id: str, ratings: dict[str, float]) -> None:
        """Keep how the candidate rated the own answer: level 1-4 by criterion."""
        now = utc(datetime.now(UTC))
        with self._write() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                raise RehearseError("This attempt is not there any more.")
            saving.clear_ratings(connection, attempt_id)
            owner = {"attempt_id": attempt_id, "candidate_id": attempt.candidate_id, "rated_at": now}
            rows = [{**owner, "criterion": criterion, "level": level} for criterion, level in ratings.items()]
            saving.insert_rows(connection, tables.self_ratings, rows)

    def keep_questions(self, questions: Sequence[Question]) -> None:
        """Keep the list of questions, for queries that count over the bank."""
        listed = tuple(questions)
        if listed == self._questions:
            return
        names = [column.name for column in tables.questions.columns]
        with self._write() as connection:
            connection.execute(delete(tables.questions))
            rows = [{name: getattr(question, name) for name in names} for question in listed]
            saving.insert_rows(connection, tables.questions, rows)
        self._questions = listed

    def remember(self, owner: str, key: str, value: str) -> None:
        """Keep a small value (a draft, a consent, a calibration) until it is overwritten or erased."""
        row = {"candidate_id": owner, "key": key, "value": value, "saved_at": utc(datetime.now(UTC))}
        with self._write() as connection:
            statement = upsert(tables.memory).values(row)
            changed = {"value": value, "saved_at": row["saved_at"]}
            connection.execute(
                statement.on_conflict_do_update(index_elements=["candidate_id", "key"], set_=changed)
            )

    def forget(self, owner: str, key: str) -> None:
        """Drop a remembered value."""
        mine = and_(tables.memory.c.candidate_id == owner, tables.memory.c.key == key)
        with self._write() as connection:
            connection.execute(delete(tables.memory).where(mine))

    # --- loading ----------------------------------------------------------------------------

    def recall(self, owner: str, key: str, viewer: Viewer = LOCAL) -> str | None:
        """What was remembered under a key, or None."""
        require_read(viewer, owner, "settings")
        mine = and_(tables.memory.c.candidate_id == owner, tables.memory.c.key == key)
        with self._read() as connection:
            return connection.execute(select(tables.memory.c.value).where(mine)).scalar()

    def load_result(self, attempt_id: str, viewer: Viewer = LOCAL) -> AttemptResult | None:
        """Everything about an attempt, with the newest assessment; None when there is no such attempt.

        Delivery and camera rows the viewer may not see are left out.
        """
        with self._read() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                return None
            owner = attempt.candidate_id
            require_read(viewer, owner, "content")
            return reading.result_of(
                connection,
                attempt,
                delivery=may_read(viewer, owner, "delivery"),
                camera=may_read(viewer, owner, "camera"),
            )

    def assessments(self, attempt_id: str, viewer: Viewer = LOCAL) -> tuple[Assessment, ...]:
        """What every scorer said of an attempt, newest first."""
        with self._read() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                return ()
            require_read(viewer, attempt.candidate_id, "content")
            return reading.assessments_of(connection, attempt_id)

    def self_rating(self, attempt_id: str, viewer: Viewer = LOCAL) -> dict[str, float]:
        """How the candidate rated the own answer, by criterion; empty when they did not."""
        with self._read() as connection:
            rows = reading.rows_of(connection, tables.self_ratings, attempt_id)
        for row in rows[:1]:
            require_read(viewer, row["candidate_id"], "content")
        return {row["criterion"]: row["level"] for row in rows}

    def attempts(self, candidate_id: str, viewer: Viewer = LOCAL) -> tuple[Attempt, ...]:
        """Everything a candidate began, newest first."""
        require_read(viewer, candidate_id, "attempts")
        table = tables.attempts
        wanted = select(table).where(table.c.candidate_id == candidate_id).order_by(table.c.started_at.desc())
        with self._read() as connection:
            return tuple(reading.attempt_from(dict(row)) for row in connection.execute(wanted).mappings())

    def unfinished(self, candidate_id: str, viewer: Viewer = LOCAL) -> tuple[Attempt, ...]:
        """Attempts that were begun and never scored, newest first."""
        return tuple(
            attempt
            for attempt in self.attempts(candidate_id, viewer)
            if attempt.status in ("recording", "captured")
        )

    def query(self, name: str, viewer: Viewer = LOCAL, **params: object) -> DataFrame:
        """Run a named query (`data/sql/<name>.sql`) with bound parameters."""
        query = named_query(name)
        if query.parameters != params.keys():
            needed = ", ".join(sorted(query.parameters)) or "nothing"
            raise RehearseError(f"The query {name} needs {needed}, and nothing else.")
        if query.scope == "candidate":
            require_read(viewer, str(params["candidate_id"]), query.reads)
        elif viewer.role == "candidate":
            raise RehearseError("Only an instructor may see this.")
        with self._read() as connection:
            return run(connection, query, params)

    # --- erasing and giving back ------------------------------------------------------------

    def erase_attempt(self, attempt_id: str, viewer: Viewer = LOCAL) -> None:
        """Erase one attempt, also from the disk. Its recording is erased by `Recordings.erase_attempt`."""
        with self._read() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
        if attempt is None:
            return
        require_own(viewer, attempt.candidate_id, "erase")
        self._erase(saving.clear_attempt, attempt_id)

    def erase_candidate(self, candidate_id: str, viewer: Viewer = LOCAL) -> None:
        """Erase everything of one candidate, also from the disk."""
        require_own(viewer, candidate_id, "erase")
        self._erase(saving.clear_candidate, candidate_id)

    def export(self, candidate_id: str, folder: Path, viewer: Viewer = LOCAL) -> tuple[Path, ...]:
        """Write everything of one candidate to `folder`, each table as CSV and as Parquet."""
        from data.store.export import write_everything

        require_read(viewer, candidate_id, "content")
        with self._read() as connection:
            return write_everything(connection, candidate_id, folder)

    def load_sample(self, questions: Sequence[Question]) -> int:
        """Add the synthetic sample in place of an earlier one; gives the number of attempts."""
        from data.synthetic import sample_results

        results = sample_results(questions)
        self.remove_sample()
        self.save_results(results)
        return len(results)

    def remove_sample(self) -> None:
        """Take the synthetic sample out again."""
        with self._write() as connection:
            saving.clear_candidate(connection, SAMPLE_CANDIDATE)

    def has_sample(self) -> bool:
        """Whether the synthetic sample is there."""
        return bool(self.attempts(SAMPLE_CANDIDATE))

    # --- how ---------------------------------------------------------------------------------

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._traffic.through(), plainly(self._what), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._writing, self._traffic.through(), plainly(self._what), self._engine.begin() as connection:
            yield connection

    def _erase(self, clear: Callable[[Connection, str], None], owner: str) -> None:
        with self._writing, self._traffic.alone(), plainly(self._what):
            if self._file is not None:
                compaction.mark(self._file)
            with self._engine.begin() as connection:
                clear(connection, owner)
            if self._file is not None:
                compaction.rewrite(self._engine, self._file)
