"""The store: what may be done with the database, and the traffic rules for threads.

One database per process, safe to use from any thread (`data.store.database`), and as many views of it as
there are viewers: what a call may read or write is asked of `data.access` for the viewer it was made for.
DuckDB lets one process in; a second one is told so in plain words.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import delete

from data.access import LOCAL, SAMPLE_CANDIDATE, may_read
from data.domain import Assessment, Attempt, AttemptResult, Question, RehearseError
from data.store import compaction, from_rows, guard, rollups, saving, tables
from data.store.disagreements import Disagreements
from data.store.engine import duckdb_file, make_engine, migrate, plainly
from data.store.interviews import Interviews
from data.store.memory import Memory
from data.store.queries import named_query, run
from data.store.to_rows import Row, result_rows, utc
from data.store.typed_drafts import Drafts

if TYPE_CHECKING:
    from pandas import DataFrame

_open_stores: dict[str, Store] = {}
_opening = threading.Lock()


class Store(Memory):
    """Everything that is kept, behind one URL. Use `Store.open`."""

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
                    if file is not None and (compaction.is_marked(file) or compaction.is_scattered(engine)):
                        compaction.rewrite(engine, file)
                except BaseException:  # also an interrupt: a file left open stays locked
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
        guard.require_own(self._viewer, attempt.candidate_id, "change")
        with self._write() as connection:
            saving.require_not_erased(self._erased, [attempt])
            saving.require_same_owner(connection, [attempt])
            saving.put_attempts(connection, [attempt])

    def save_result(self, result: AttemptResult) -> None:
        """Save everything about an attempt in one transaction, in place of what was saved before.

        Assessments of other scorers or versions stay beside the new one, unless the words of the answer
        changed: a quote must be in the transcript it is shown with.
        """
        self.save_results([result])

    def save_judged(self, result: AttemptResult) -> bool:
        """Save what a scorer said, and nothing else; False when the answer was erased.

        `RehearseError` when its words, code or sketch are no longer those that were read.
        """
        guard.require_own(self._viewer, result.attempt.candidate_id, "change")
        with self._write() as connection:
            return saving.put_judged(connection, result, datetime.now(UTC))

    def save_results(self, results: Sequence[AttemptResult]) -> None:
        """Save many attempts in one transaction."""
        now = datetime.now(UTC)
        rows: dict[str, list[Row]] = defaultdict(list)
        for result in results:
            guard.require_own(self._viewer, result.attempt.candidate_id, "change")
            for name, found in result_rows(result, now).items():
                rows[name].extend(found)
        attempts = [result.attempt for result in results]
        with self._write() as connection:
            saving.require_not_erased(self._erased, attempts)
            known = saving.require_same_owner(connection, attempts)
            for result in results:
                if result.attempt.id in known:
                    saving.make_room(connection, result)
            saving.put_attempts(connection, attempts)
            for table in tables.OF_ATTEMPT:
                saving.insert_rows(connection, table, rows[table.name])
            rollups.refresh(connection, {attempt.candidate_id for attempt in attempts})

    def save_self_rating(self, attempt_id: str, ratings: dict[str, float]) -> None:
        """Keep how the candidate rated the own answer: level 1-4 by criterion."""
        now = utc(datetime.now(UTC))
        with self._write() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                raise RehearseError("This attempt is not there any more.")
            guard.require_own(self._viewer, attempt.candidate_id, "change")
            saving.clear_ratings(connection, attempt_id)
            owner = {"attempt_id": attempt_id, "candidate_id": attempt.candidate_id, "rated_at": now}
            rows = [{**owner, "criterion": criterion, "level": level} for criterion, level in ratings.items()]
            saving.insert_rows(connection, tables.self_ratings, rows)

    def keep_questions(self, questions: Sequence[Question]) -> None:
        """Keep the list of questions, for queries that count over the bank."""
        listed = tuple(questions)
        if self._known.get("questions") == listed:
            return
        names = [column.name for column in tables.questions.columns]
        with self._write() as connection:
            connection.execute(delete(tables.questions))
            rows = [{name: getattr(question, name) for name in names} for question in listed]
            saving.insert_rows(connection, tables.questions, rows)
        self._known["questions"] = listed

    @property
    def interviews(self) -> Interviews:
        """Mock interviews and own sets of questions."""
        return Interviews.over(self)

    @property
    def drafts(self) -> Drafts:
        """What is being written, for the same viewer."""
        return Drafts.over(self)

    @property
    def disagreements(self) -> Disagreements:
        """Where people and scorer differ, for the same viewer."""
        return Disagreements.over(self)

    # --- loading ----------------------------------------------------------------------------

    def load_result(self, attempt_id: str) -> AttemptResult | None:
        """Everything about an attempt, with the newest assessment; None when there is no such attempt.

        Delivery and camera rows the viewer may not see are left out.
        """
        with self._read() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
            if attempt is None:
                return None
            owner, ties = attempt.candidate_id, guard.ties(connection, self._viewer, attempt)
            why = guard.require(self._viewer, owner, "content", ties).why
            delivery = may_read(self._viewer, owner, "delivery", ties)
            camera = may_read(self._viewer, owner, "camera", ties)
        found = self._kept(
            ("result", attempt, delivery, camera),
            lambda connection: from_rows.result_of(connection, attempt, delivery=delivery, camera=camera),
        )
        self._log(attempt, "content", why)
        return found

    def assessments(self, attempt_id: str) -> tuple[Assessment, ...]:
        """What every scorer said of an attempt, newest first."""
        return self._of_answer(attempt_id, from_rows.assessments_of) or ()

    def self_rating(self, attempt_id: str) -> dict[str, float]:
        """How the candidate rated the own answer, by criterion; empty when they did not."""
        rows = self._of_answer(
            attempt_id, lambda *given: from_rows.rows_of(given[0], tables.self_ratings, given[1])
        )
        return {row["criterion"]: row["level"] for row in rows or ()}

    def attempts(self, candidate_id: str) -> tuple[Attempt, ...]:
        """Everything a candidate began, newest first."""
        guard.require(self._viewer, candidate_id, "attempts")
        asked = ("attempts", candidate_id)
        return self._kept(asked, lambda connection: from_rows.attempts_of(connection, candidate_id))

    def unfinished(self, candidate_id: str) -> tuple[Attempt, ...]:
        """Attempts that were begun and never scored, newest first."""
        return tuple(
            attempt for attempt in self.attempts(candidate_id) if attempt.status in ("recording", "captured")
        )

    def query(self, name: str, **params: object) -> DataFrame:
        """Run a named query (`data/sql/<name>.sql`) with bound parameters.

        Times and weeks of a query that takes a `zone` are that zone's (an IANA name); UTC without one.
        """
        query = named_query(name)
        if "zone" in query.parameters:
            params.setdefault("zone", "UTC")
        if query.parameters != params.keys():
            needed = ", ".join(sorted(query.parameters)) or "nothing"
            raise RehearseError(f"The query {name} needs {needed}, and nothing else.")
        guard.require_query(self._viewer, query, params)
        if query.figures:
            self._bring_up_to_date(query, params)
        asked = ("query", name, *sorted(params.items()))
        kept = self._kept(asked, lambda connection: run(connection, query, params))
        return kept.copy(deep=False)  # pandas copies as soon as somebody writes into it

    # --- erasing and giving back ------------------------------------------------------------

    def erase_attempt(self, attempt_id: str) -> None:
        """Erase one attempt, also from the disk. Its recording is erased by `Recordings.erase_attempt`."""
        with self._read() as connection:
            attempt = saving.find_attempt(connection, attempt_id)
        if attempt is None:
            return
        guard.require_own(self._viewer, attempt.candidate_id, "erase")
        self._erased.add(attempt_id)
        self._erase(saving.clear_attempt, attempt_id)

    def erase_candidate(self, candidate_id: str) -> None:
        """Erase everything of one candidate, also from the disk."""
        guard.require_own(self._viewer, candidate_id, "erase")
        self._erased.update(attempt.id for attempt in self.attempts(candidate_id))
        self._erase(saving.clear_candidate, candidate_id)

    def export(self, candidate_id: str, folder: Path) -> tuple[Path, ...]:
        """Write everything of one candidate to `folder`, each table as CSV and as Parquet."""
        from data.store.export import write_everything

        guard.require(self._viewer, candidate_id, "content")
        with self._read() as connection:
            return write_everything(connection, candidate_id, folder)

    def load_sample(self, questions: Sequence[Question]) -> int:
        """Add the synthetic sample in place of an earlier one; gives the number of attempts."""
        from data.synthetic import sample_results

        guard.require_signed_in(self._viewer)
        results = sample_results(questions)
        self.remove_sample()
        self.seen_by(LOCAL).save_results(results)
        return len(results)

    def remove_sample(self) -> None:
        """Take the synthetic sample out again."""
        guard.require_signed_in(self._viewer)
        with self._write() as connection:
            saving.clear_candidate(connection, SAMPLE_CANDIDATE)

    def has_sample(self) -> bool:
        """Whether the synthetic sample is there."""
        return bool(self.attempts(SAMPLE_CANDIDATE))
