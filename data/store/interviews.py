"""Mock interviews: kept, found again, taken out. Part of a session."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, select

from data.access import may_write
from data.domain import KeptInterview
from data.store import guard, saving, tables
from data.store.again import again
from data.store.part import Part
from data.store.to_rows import utc


class Interviews(Part):
    """What the store keeps of interviews (`session.interviews`); open to their owner only."""

    @again(twice=True)
    def save(self, interview: KeptInterview) -> None:
        """Keep an interview, or how far it has come."""
        guard.require_own(self.viewer, interview.candidate_id, "change")
        row = {
            "id": interview.id,
            "candidate_id": interview.candidate_id,
            "started_at": utc(interview.started_at),
            "saved_at": utc(datetime.now(UTC)),
            "over": interview.over,
            "state": interview.state,
        }
        with self.database.writing() as connection:
            saving.put_of_owner(connection, tables.interviews, row)

    def find(self, interview_id: str) -> KeptInterview | None:
        """One interview; None when there is none of that id, or none that this viewer may go on with."""
        table = tables.interviews
        with self.database.reading() as connection:
            row = connection.execute(select(table).where(table.c.id == interview_id)).mappings().first()
        if row is None or not may_write(self.viewer, row["candidate_id"]):
            return None
        return _interview(dict(row))

    def of(self, candidate_id: str) -> tuple[KeptInterview, ...]:
        """All interviews of a candidate, newest first."""
        guard.require_own(self.viewer, candidate_id, "see")
        table = tables.interviews
        mine = select(table).where(table.c.candidate_id == candidate_id).order_by(table.c.started_at.desc())
        with self.database.reading() as connection:
            return tuple(_interview(dict(row)) for row in connection.execute(mine).mappings())

    @again(twice=True)
    def drop(self, candidate_id: str, interview_id: str) -> None:
        """Take an interview of this candidate out; its attempts stay."""
        guard.require_own(self.viewer, candidate_id, "erase")
        table = tables.interviews
        mine = (table.c.candidate_id == candidate_id) & (table.c.id == interview_id)
        with self.database.writing() as connection:
            connection.execute(delete(table).where(mine))


def _interview(row: dict[str, Any]) -> KeptInterview:
    return KeptInterview(
        id=row["id"],
        candidate_id=row["candidate_id"],
        started_at=row["started_at"].replace(tzinfo=UTC),
        over=row["over"],
        state=row["state"],
    )
