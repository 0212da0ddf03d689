"""A candidate's own sets of questions: kept, found again, taken out. Part of a session."""

from __future__ import annotations

from datetime import UTC

from sqlalchemy import delete, select

from data.domain import QuestionSet
from data.store import guard, saving, tables
from data.store.again import again
from data.store.part import Part
from data.store.to_rows import utc


class QuestionSets(Part):
    """What the store keeps of own sets (`session.sets`); open to their owner only."""

    @again(twice=True)
    def save(self, questions: QuestionSet) -> None:
        """Keep a set of questions."""
        guard.require_own(self.viewer, questions.candidate_id, "change")
        row = {name: getattr(questions, name) for name in QuestionSet.__slots__}
        with self.database.writing() as connection:
            saving.put_of_owner(
                connection, tables.question_sets, {**row, "saved_at": utc(questions.saved_at)}
            )

    def of(self, candidate_id: str) -> tuple[QuestionSet, ...]:
        """A candidate's own sets, newest first."""
        guard.require_own(self.viewer, candidate_id, "see")
        table = tables.question_sets
        mine = select(table).where(table.c.candidate_id == candidate_id).order_by(table.c.saved_at.desc())
        asked = ("sets", candidate_id)
        rows = self.database.kept(asked, lambda connection: connection.execute(mine).mappings().all())
        return tuple(QuestionSet(**{**row, "saved_at": row["saved_at"].replace(tzinfo=UTC)}) for row in rows)

    @again(twice=True)
    def remove(self, candidate_id: str, set_id: str) -> None:
        """Take a set of this candidate out."""
        guard.require_own(self.viewer, candidate_id, "erase")
        table = tables.question_sets
        mine = (table.c.candidate_id == candidate_id) & (table.c.id == set_id)
        with self.database.writing() as connection:
            connection.execute(delete(table).where(mine))
