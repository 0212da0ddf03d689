"""Everything of one candidate as files: each table as CSV and as Parquet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, select

from data.safe_csv import safe_csv
from data.store import cohort_tables, tables
from data.store.engine import plainly


def write_everything(connection: Connection, candidate_id: str, folder: Path) -> tuple[Path, ...]:
    """Write the files and return their paths; `RehearseError` when the folder cannot be written to."""
    written: list[Path] = []
    with plainly(f"The folder {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        for table in (*tables.PERSONAL, *cohort_tables.OF_PERSON):
            mine = select(table).where(table.c.candidate_id == candidate_id)
            frame = pd.read_sql_query(mine, connection)
            csv, parquet = folder / f"{table.name}.csv", folder / f"{table.name}.parquet"
            csv.write_text(safe_csv(frame), encoding="utf-8")
            frame.to_parquet(parquet, index=False)
            written += [csv, parquet]
    return tuple(written)
