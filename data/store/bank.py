"""The list of questions, kept for queries that count over the bank. Part of a session."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete

from data.domain import Question
from data.store import saving, tables
from data.store.part import Part


class KeptBank(Part):
    """What the store keeps of the bank (`session.bank`); it is nobody's."""

    def keep(self, questions: Sequence[Question]) -> None:
        """Keep the list of questions, unless it is there already."""
        listed = tuple(questions)
        if self.database.questions_kept == listed:
            return
        names = [column.name for column in tables.questions.columns]
        with self.database.writing() as connection:
            connection.execute(delete(tables.questions))
            rows = [{name: getattr(question, name) for name in names} for question in listed]
            saving.insert_rows(connection, tables.questions, rows)
        self.database.questions_kept = listed
