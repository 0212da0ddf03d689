"""The part of the store that takes invented cohorts in and out again, where nobody signs in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete

from data.access import SAMPLE_PREFIX
from data.domain import Question, RehearseError
from data.store import cohort_tables as tables
from data.store import guard, saving
from data.store.store import Store
from data.store.tables import attempts, metadata
from data.store.to_rows import Row, utc
from data.synthetic.invented_cohorts import InventedCohort, invented_cohorts


class SampleCohorts(Store):
    """Invented cohorts to try the instructors' pages with."""

    def load(
        self, questions: Sequence[Question], cohorts: int = 2, candidates: int = 14, sessions: int = 7
    ) -> int:
        """Add invented cohorts in place of earlier ones; gives the number of answers."""
        self._require_local()
        self.remove()
        self.keep_questions(questions)
        made = invented_cohorts(questions, datetime.now(UTC), cohorts, candidates, sessions)
        with self._write() as connection:
            for table, rows in _rows(made).items():
                saving.insert_rows(connection, metadata.tables[table], rows)
        for one in made:
            self.save_results(one.results)
        return sum(len(one.results) for one in made)

    def remove(self) -> None:
        """Take all invented cohorts out, with their people and answers."""
        self._require_local()
        owned = [table for table in metadata.tables.values() if "candidate_id" in table.columns]
        of_cohort = [table for table in metadata.tables.values() if "cohort_id" in table.columns]
        with self._write() as connection:
            for table in of_cohort:
                connection.execute(delete(table).where(table.c.cohort_id.startswith(SAMPLE_PREFIX)))
            for table in (*(one for one in owned if one is not attempts), attempts):
                connection.execute(delete(table).where(table.c.candidate_id.startswith(SAMPLE_PREFIX)))
            connection.execute(delete(tables.cohorts).where(tables.cohorts.c.id.startswith(SAMPLE_PREFIX)))

    def _require_local(self) -> None:
        if self._viewer.role != "local":
            raise RehearseError("Invented cohorts are for installations without sign-in.")


def _rows(made: Sequence[InventedCohort]) -> dict[str, list[Row]]:
    now = guard.utc_now()
    rows: dict[str, list[Row]] = {"people": [], "cohorts": [], "members": [], "assignments": []}
    for one in made:
        cohort, assignment = one.cohort, one.assignment
        rows["cohorts"].append(
            {
                "id": cohort.id,
                "name": cohort.name,
                "created_by": "synthetic",
                "created_at": now,
                "synthetic": True,
            }
        )
        for person in one.people:
            joined, known = utc(person.joined_at), {"candidate_id": person.id}
            about = {"issuer": "synthetic", "subject": person.id, "name": person.name, "email": ""}
            rows["people"].append(
                {**known, **about, "role": "candidate", "joined_at": joined, "signed_out_at": None}
            )
            rows["members"].append(
                {"cohort_id": cohort.id, **known, "role": "candidate", "joined_at": joined}
            )
        rows["assignments"].append(
            {
                "id": assignment.id,
                "cohort_id": cohort.id,
                "title": assignment.title,
                "questions": json.dumps(assignment.questions),
                "takes": assignment.takes,
                "minutes": assignment.minutes,
                "due_at": utc(assignment.due_at),
                "created_by": "synthetic",
                "created_at": utc(assignment.created_at),
                "withdrawn_at": None,
            }
        )
    return rows
