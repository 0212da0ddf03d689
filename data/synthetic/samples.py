"""Takes invented answers, and whole invented cohorts where nobody signs in, into a store and out again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from data.access import LOCAL, SAMPLE_CANDIDATE
from data.domain import AttemptResult, Question, RehearseError
from data.store import guard, saving
from data.store.again import again
from data.store.answers import Answers
from data.store.of_nobody import KeptBank
from data.store.part import Part
from data.store.tables import metadata
from data.store.to_rows import Row, utc
from data.synthetic.invented_answers import sample_results
from data.synthetic.invented_cohorts import InventedCohort, invented_cohorts

Reading: TypeAlias = Callable[[AttemptResult, Question], AttemptResult]


class SampleAnswers(Part):
    """The sample that everybody sees: weeks of practice of one invented candidate."""

    def load(self, questions: Sequence[Question], read: Reading | None = None) -> int:
        """Add the synthetic sample in place of an earlier one; gives the number of attempts.

        `read` says what a reader hears in an invented answer, which is kept before its invented levels.
        """
        guard.require_signed_in(self.viewer)
        results = sample_results(questions)
        self.remove()
        _save(Answers(self.database, LOCAL), results, questions, read)
        return len(results)

    @again(twice=True)
    def remove(self) -> None:
        """Take the synthetic sample out again."""
        guard.require_signed_in(self.viewer)
        with self.database.writing() as connection:
            saving.clear_candidate(connection, SAMPLE_CANDIDATE)

    def is_there(self) -> bool:
        """Whether the synthetic sample is there."""
        return bool(Answers(self.database, self.viewer).of(SAMPLE_CANDIDATE))


class SampleCohorts(Part):
    """Invented cohorts to try the instructors' pages with."""

    @again()
    def load(
        self,
        questions: Sequence[Question],
        cohorts: int = 2,
        candidates: int = 14,
        sessions: int = 7,
        read: Reading | None = None,
    ) -> int:
        """Add invented cohorts in place of earlier ones; gives the number of answers. `read` as above."""
        self._require_local()
        self.remove()
        KeptBank(self.database, self.viewer).keep(questions)
        made = invented_cohorts(questions, datetime.now(UTC), cohorts, candidates, sessions)
        with self.database.writing() as connection:
            for table, rows in _rows(made).items():
                saving.insert_rows(connection, metadata.tables[table], rows)
        for one in made:
            _save(Answers(self.database, self.viewer), one.results, questions, read)
        return sum(len(one.results) for one in made)

    @again(twice=True)
    def remove(self) -> None:
        """Take all invented cohorts out, with their people and answers."""
        self._require_local()
        with self.database.writing() as connection:
            saving.clear_invented(connection)

    def _require_local(self) -> None:
        if self.viewer.role != "local":
            raise RehearseError("Invented cohorts are for installations without sign-in.")


def _save(
    answers: Answers, results: Sequence[AttemptResult], questions: Sequence[Question], read: Reading | None
) -> None:
    """What is heard first, so that the invented levels are the newest."""
    asked = {question.id: question for question in questions}
    if read is not None:
        answers.save_many([read(one, asked[one.attempt.question_id]) for one in results])
    answers.save_many(results)


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
