"""Work done again on many answers: begun, taken by one process at a time, settled answer by answer.

Part of a session. Who configures the server may do all of it, an instructor what is about one of their
cohorts. They see counts: nothing here reads an answer.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, true, update

from data.access import may_configure, may_work_again
from data.domain import RehearseError
from data.domain.batches import Batch, BatchKind, Selection, Task, TaskState, read_selection
from data.store import saving, tables
from data.store.again import again
from data.store.cohort_tables import members
from data.store.part import Part
from data.store.to_rows import Row, utc

SILENT_SECONDS = 60.0
"""After so long without a beat a process counts as gone, and another one may go on with its batch."""
NOT_THEIRS = RehearseError(
    "Only an administrator may have everybody's answers worked on again.",
    "Instructors may, in cohorts they instruct.",
)
_JOB, _TASK, _ATTEMPT = tables.jobs.c, tables.job_tasks.c, tables.attempts.c


class Batches(Part):
    """What the store keeps of batches (`session.batches`)."""

    @again(twice=True)
    def begin(self, kind: BatchKind, selection: Selection) -> Batch:
        """Keep what is to be done; the batch that is open for the very same, where there is one."""
        self._require(selection)
        asked = and_(_JOB.kind == kind, _JOB.selection == selection.text, _is_open())
        with self.database.writing() as connection:
            found = connection.execute(select(_JOB.id).where(asked)).scalar()
            batch_id = found or uuid.uuid4().hex
            if found is None:
                _begin(connection, batch_id, kind, selection)
        return self.find(batch_id)

    def find(self, batch_id: str) -> Batch:
        """One batch; `RehearseError` when there is none of that id."""
        self._require_of(batch_id)
        for batch in self.all():
            if batch.id == batch_id:
                return batch
        raise RehearseError(f"There is no batch {batch_id!r}.", "Look at the list.")

    def all(self) -> tuple[Batch, ...]:
        """Every batch that the viewer may have done, the newest first."""
        if not may_configure(self.viewer) and not self.viewer.instructs:
            raise NOT_THEIRS
        found = self.database.kept(("batches",), _all)
        return tuple(self._as_told(one) for one in found if may_work_again(self.viewer, one.selection.cohort))

    def waiting(self, batch_id: str) -> tuple[Task, ...]:
        """The answers of it that nothing was done with yet."""
        self._require_of(batch_id)
        asked = and_(_TASK.job_id == batch_id, _TASK.state == "waiting")
        wanted = select(_TASK.attempt_id, _TASK.candidate_id).where(asked).order_by(_TASK.attempt_id)
        with self.database.reading() as connection:
            return tuple(Task(*row) for row in connection.execute(wanted))

    def take(self, batch_id: str, runner: str) -> bool:
        """Whether this process may do it now; at once when the one that did is gone, or has let go."""
        self._require_of(batch_id)
        now = datetime.now(UTC)
        gone: ColumnElement[bool] = _JOB.beat_at < utc(now - timedelta(seconds=SILENT_SECONDS))
        if self.database.engine.dialect.name == "duckdb":
            gone = true()  # no other process has the file open
        free = or_(_JOB.runner.is_(None), _JOB.runner == runner, gone)
        return self._change(and_(_JOB.id == batch_id, _is_open(), free), runner=runner, beat_at=utc(now))

    def beat(self, batch_id: str, runner: str) -> bool:
        """Say that this process is at it; False when it is not to go on: cancelled, or taken by another."""
        self._require_of(batch_id)
        mine = and_(_JOB.id == batch_id, _JOB.runner == runner, _is_open())
        return self._change(mine, beat_at=utc(datetime.now(UTC)))

    @again(twice=True)
    def settle(self, batch_id: str, task: Task, state: TaskState, reason: str = "") -> None:
        """Note what came of one answer."""
        self._require_of(batch_id)
        one = and_(_TASK.job_id == batch_id, _TASK.attempt_id == task.attempt_id)
        told = {"state": state, "reason": reason, "settled_at": utc(datetime.now(UTC))}
        with self.database.writing() as connection:
            connection.execute(update(tables.job_tasks).where(one).values(told))

    def let_go(self, batch_id: str, runner: str) -> None:
        """This process is not at it any more; the batch has ended when nothing of it waits."""
        self._require_of(batch_id)
        ended = None if self.waiting(batch_id) else utc(datetime.now(UTC))
        self._change(and_(_JOB.id == batch_id, _JOB.runner == runner), runner=None, ended_at=ended)

    def cancel(self, batch_id: str) -> None:
        """Do no more of it; what was done stays."""
        self._require_of(batch_id)
        self._change(and_(_JOB.id == batch_id, _is_open()), cancelled=True)

    def reasons(self, batch_id: str) -> dict[str, int]:
        """Why answers were left out or failed, and how many each; for who configures the server.

        That somebody wanted no camera measure is among the reasons.
        """
        self._require_of(batch_id)
        if not may_configure(self.viewer):
            return {}
        told = and_(_TASK.job_id == batch_id, _TASK.reason != "")
        wanted = select(_TASK.reason, func.count()).where(told).group_by(_TASK.reason).order_by(_TASK.reason)
        with self.database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(wanted)}

    @again(twice=True)
    def _change(self, which: ColumnElement[bool], **values: object) -> bool:
        with self.database.writing() as connection:
            return connection.execute(update(tables.jobs).where(which).values(values)).rowcount > 0

    def _require(self, selection: Selection) -> None:
        if not may_work_again(self.viewer, selection.cohort):
            raise NOT_THEIRS

    def _require_of(self, batch_id: str) -> None:
        """Also one that is not there is somebody else's to whoever does not configure the server."""
        if may_configure(self.viewer):
            return
        with self.database.reading() as connection:
            kept = connection.execute(select(_JOB.selection).where(_JOB.id == batch_id)).scalar()
        self._require(read_selection(kept or "{}"))

    def _as_told(self, batch: Batch) -> Batch:
        """Answers that were left out count as done for an instructor: a reason is whose settings they are."""
        if may_configure(self.viewer):
            return batch
        counts = dict(batch.counts)
        if left_out := counts.pop("skipped", 0):
            counts["done"] = counts.get("done", 0) + left_out
        return replace(batch, counts=counts)


def _is_open() -> ColumnElement[bool]:
    return and_(_JOB.ended_at.is_(None), _JOB.cancelled.is_(False))


def _begin(connection: Connection, batch_id: str, kind: BatchKind, selection: Selection) -> None:
    job: Row = {"id": batch_id, "kind": kind, "selection": selection.text, "cancelled": False}
    job |= {"begun_at": utc(datetime.now(UTC)), "ended_at": None, "runner": None, "beat_at": None}
    connection.execute(insert(tables.jobs), [job])
    chosen = and_(*_selected(selection), *_OF_KIND[kind])
    wanted = select(_ATTEMPT.id, _ATTEMPT.candidate_id).where(chosen).order_by(_ATTEMPT.id)
    task: Row = {"job_id": batch_id, "state": "waiting", "reason": "", "settled_at": None}
    rows = [
        {"attempt_id": row.id, "candidate_id": row.candidate_id, **task} for row in connection.execute(wanted)
    ]
    saving.insert_rows(connection, tables.job_tasks, rows)


def _selected(selection: Selection) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [_ATTEMPT.synthetic.is_(False), _ATTEMPT.status != "recording"]
    if selection.candidate:
        chosen.append(_ATTEMPT.candidate_id == selection.candidate)
    if selection.question:
        chosen.append(_ATTEMPT.question_id == selection.question)
    if selection.since:
        chosen.append(_ATTEMPT.started_at >= datetime.fromisoformat(selection.since))
    if selection.until:
        chosen.append(_ATTEMPT.started_at < datetime.fromisoformat(selection.until) + timedelta(days=1))
    if selection.cohort:
        joined = and_(members.c.cohort_id == selection.cohort, members.c.role == "candidate")
        since = and_(joined, members.c.joined_at <= _ATTEMPT.started_at)
        chosen.append(exists().where(and_(since, members.c.candidate_id == _ATTEMPT.candidate_id)))
    return chosen


_JUDGED = and_(tables.scores.c.attempt_id == _ATTEMPT.id, tables.scores.c.scorer == "judge")
_OF_KIND: Mapping[BatchKind, tuple[ColumnElement[bool], ...]] = {
    "reanalyse": (_ATTEMPT.recording.is_not(None), _ATTEMPT.recording.not_like("%.received")),
    "rescore": (exists().where(tables.turns.c.attempt_id == _ATTEMPT.id),),
    "rejudge": (exists().where(_JUDGED),),
}
"""Only an answer that its candidate had judged is judged again."""


def _all(connection: Connection) -> tuple[Batch, ...]:
    counted = select(_TASK.job_id, _TASK.state, func.count()).group_by(_TASK.job_id, _TASK.state)
    counts: dict[str, dict[TaskState, int]] = defaultdict(dict)
    for batch_id, state, number in connection.execute(counted):
        counts[batch_id][state] = number
    listed = connection.execute(select(tables.jobs).order_by(_JOB.begun_at.desc(), _JOB.id)).mappings()
    return tuple(_batch(row, counts[row["id"]]) for row in listed)


def _batch(row: Mapping[str, Any] | Any, counts: Mapping[TaskState, int]) -> Batch:
    return Batch(
        id=row["id"],
        kind=row["kind"],
        selection=read_selection(row["selection"]),
        begun_at=row["begun_at"].replace(tzinfo=UTC),
        ended_at=row["ended_at"] and row["ended_at"].replace(tzinfo=UTC),
        cancelled=row["cancelled"],
        counts=counts,
    )
