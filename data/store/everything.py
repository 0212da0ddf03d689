"""Everything of one candidate: taken along as files, or erased. Part of a session."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select

from data.safe_csv import safe_csv
from data.store import cohort_tables, guard, saving, tables
from data.store.answers import Answers
from data.store.part import Part
from data.store.plain_words import plainly


class Everything(Part):
    """All that is kept about a person (`session.everything`)."""

    def export(self, candidate_id: str, folder: Path) -> tuple[Path, ...]:
        """Write each table to `folder`, as CSV and as Parquet; `RehearseError` where that cannot be done."""
        guard.require(self.viewer, candidate_id, "content")
        with self.database.reading() as connection, plainly(f"The folder {folder}"):
            return _written(connection, candidate_id, folder)

    def erase(self, candidate_id: str) -> None:
        """Erase it, also from the disk."""
        guard.require_own(self.viewer, candidate_id, "erase")
        answers = Answers(self.database, self.viewer).of(candidate_id)
        self.database.erased.update(attempt.id for attempt in answers)
        self.database.erase(saving.clear_candidate, candidate_id)


def _written(connection: Connection, candidate_id: str, folder: Path) -> tuple[Path, ...]:
    import pandas as pd

    written: list[Path] = []
    folder.mkdir(parents=True, exist_ok=True)
    for table in (*tables.PERSONAL, *cohort_tables.OF_PERSON):
        mine = select(table).where(table.c.candidate_id == candidate_id)
        frame = pd.read_sql_query(mine, connection)
        csv, parquet = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
        csv.write_text(safe_csv(frame), encoding="utf-8")
        frame.to_parquet(parquet, index=False)
        written += [csv, parquet]
    return tuple(written)
