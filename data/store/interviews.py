"""Mock interviews and own sets of questions: kept, found again, taken out. Part of the store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from data.access import may_write
from data.domain import KeptInterview, QuestionSet, RehearseError
from data.store import guard, tables
from data.store.database import Database
from data.store.to_rows import Row, utc


class Interviews(Database):
    """What the store keeps of interviews and own sets (`store.interviews`); open to their owner only."""

    def save(self, interview: KeptInterview) -> None:
        """Keep an interview, or how far it has come."""
        guard.require_own(self._viewer, interview.candidate_id, "change")
        row = {
            "id": interview.id,
            "candidate_id": interview.candidate_id,
            "started_at": utc(interview.started_at),
            "saved_at": utc(datetime.now(UTC)),
            "over": interview.over,
            "state": interview.state,
        }
        with self._write() as connection:
            _put(connection, tables.interviews, row)

    def find(self, interview_id: str) -> KeptInterview | None:
        """One interview; None when there is none of that id, or none that this viewer may go on with."""
        table = tables.interviews
        with self._read() as connection:
            row = connection.execute(select(table).where(table.c.id == interview_id)).mappings().first()
        if row is None or not may_write(self._viewer, row["candidate_id"]):
            return None
        return _interview(dict(row))

    def of(self, candidate_id: str) -> tuple[KeptInterview, ...]:
        """All interviews of a candidate, newest first."""
        guard.require_own(self._viewer, candidate_id, "see")
        table = tables.interviews
        mine = select(table).where(table.c.candidate_id == candidate_id).order_by(table.c.started_at.desc())
        with self._read() as connection:
            return tuple(_interview(dict(row)) for row in connection.execute(mine).mappings())

    def drop(self, candidate_id: str, interview_id: str) -> None:
        """Take an interview of this candidate out; its attempts stay."""
        guard.require_own(self._viewer, candidate_id, "erase")
        table = tables.interviews
        mine = (table.c.candidate_id == candidate_id) & (table.c.id == interview_id)
        with self._write() as connection:
            connection.execute(delete(table).where(mine))

    def save_set(self, questions: QuestionSet) -> None:
        """Keep a set of questions."""
        guard.require_own(self._viewer, questions.candidate_id, "change")
        row = {name: getattr(questions, name) for name in QuestionSet.__slots__}
        with self._write() as connection:
            _put(connection, tables.question_sets, {**row, "saved_at": utc(questions.saved_at)})

    def sets(self, candidate_id: str) -> tuple[QuestionSet, ...]:
        """A candidate's own sets, newest first."""
        guard.require_own(self._viewer, candidate_id, "see")
        table = tables.question_sets
        mine = select(table).where(table.c.candidate_id == candidate_id).order_by(table.c.saved_at.desc())
        with self._read() as connection:
            rows = [dict(row) for row in connection.execute(mine).mappings()]
        return tuple(QuestionSet(**{**row, "saved_at": row["saved_at"].replace(tzinfo=UTC)}) for row in rows)

    def remove_set(self, candidate_id: str, set_id: str) -> None:
        """Take a set of this candidate out."""
        guard.require_own(self._viewer, candidate_id, "erase")
        table = tables.question_sets
        mine = (table.c.candidate_id == candidate_id) & (table.c.id == set_id)
        with self._write() as connection:
            connection.execute(delete(table).where(mine))


def _put(connection: Connection, table: Table, row: Row) -> None:
    owner = connection.execute(select(table.c.candidate_id).where(table.c.id == row["id"])).scalar()
    if owner not in (None, row["candidate_id"]):
        raise RehearseError("This belongs to somebody else.")
    changed = {name: value for name, value in row.items() if name != "id"}
    statement = upsert(table).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))


def _interview(row: dict[str, Any]) -> KeptInterview:
    return KeptInterview(
        id=row["id"],
        candidate_id=row["candidate_id"],
        started_at=row["started_at"].replace(tzinfo=UTC),
        over=row["over"],
        state=row["state"],
    )
