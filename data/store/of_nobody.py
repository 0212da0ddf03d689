"""What is kept and is about no person: questions, exams of judges, batches. Parts of a session."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Literal

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from data.access import may_configure
from data.domain import ModelExam, Question, RehearseError
from data.store import saving, tables
from data.store.again import again
from data.store.counted import EXAMINED, RETIRED
from data.store.kept_batches import Batches as Batches
from data.store.part import Part
from data.store.to_rows import utc

JUDGED_AGAIN = " rejudged=1"
"""Ends the version of a level that was disputed and judged once more: by the same judge."""
Standing = Literal["counts", "not examined", "did not pass", "retired scorer"]
_KEY = ("scorer", "scorer_version", "rubric_version")


class KeptBank(Part):
    """What the store keeps of the bank (`session.bank`); it is nobody's."""

    @again(twice=True)
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


class Exams(Part):
    """What the store keeps of exams (`session.exams`). They are about no person: anybody may see them."""

    @again(twice=True)
    def keep(self, exam: ModelExam) -> None:
        """Keep an exam in place of an earlier one of the same version."""
        if not may_configure(self.viewer):
            raise RehearseError("Only an administrator may examine the judge of this server.")
        row = {
            "scorer": exam.scorer,
            "scorer_version": exam.scorer_version,
            "rubric_version": exam.rubric_version,
            "model": exam.model,
            "place": exam.place,
            "taken_at": utc(exam.taken_at),
            "figures": json.dumps(exam.figures),
            "passed": exam.passed,
        }
        changed = {name: value for name, value in row.items() if name not in _KEY}
        statement = upsert(tables.model_exams).values(row)
        with self.database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=changed))

    def all(self) -> tuple[ModelExam, ...]:
        """Every exam, the newest first."""
        table = tables.model_exams
        wanted = select(table).order_by(table.c.taken_at.desc())
        return self.database.kept(
            ("exams",),
            lambda connection: tuple(_exam(dict(row)) for row in connection.execute(wanted).mappings()),
        )

    def of(self, scorer_version: str, rubric_version: str) -> ModelExam | None:
        """The newest exam of this very version; None when it sat none."""
        wanted = (scorer_version, rubric_version)
        return next((one for one in self.all() if (one.scorer_version, one.rubric_version) == wanted), None)

    def passed(self, scorer_version: str, rubric_version: str) -> bool:
        """Whether this very version passed."""
        found = self.of(scorer_version, rubric_version)
        return found is not None and found.passed

    def standing(self, scorer: str, scorer_version: str, rubric_version: str) -> Standing:
        """Whether levels of this scorer count, and if not, why; the same as `counted` in a query."""
        if scorer in RETIRED:
            return "retired scorer"
        if scorer not in EXAMINED:
            return "counts"
        found = self.of(scorer_version.removesuffix(JUDGED_AGAIN), rubric_version)
        if found is None:
            return "not examined"
        return "counts" if found.passed else "did not pass"


def _exam(row: Mapping[str, Any]) -> ModelExam:
    return ModelExam(
        scorer=row["scorer"],
        scorer_version=row["scorer_version"],
        rubric_version=row["rubric_version"],
        model=row["model"],
        place=row["place"],
        taken_at=row["taken_at"].replace(tzinfo=UTC),
        figures=json.loads(row["figures"]),
        passed=row["passed"],
    )
