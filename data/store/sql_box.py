"""Read-only SQL over views of a cohort, in the limited worker, in a database that holds nothing else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from data.domain import RehearseError
from data.limited import Limits, run_limited
from data.store.sql_closed import MEMORY_MEGABYTES

if TYPE_CHECKING:
    from pandas import DataFrame, Series

SECONDS, ROWS, RESULT_BYTES = 3.0, 5_000, 5_000_000
LONGEST = 10_000
"""Characters of a query."""
_IDLE_BYTES = 200_000_000
"""Address space of a worker that has a database open and has asked it nothing."""
_START_SECONDS = 12.0
"""What a busy machine may need until the worker asks."""
_REMEDY = "Ask for less at a time."


@dataclass(frozen=True, slots=True)
class Answered:
    """The rows of a query, and whether there were more than may be given."""

    rows: DataFrame
    cut: bool


def ask(views: Mapping[str, DataFrame], sql: str, seconds: float = SECONDS, limit: int = ROWS) -> Answered:
    """Run one SELECT over the views; `RehearseError` says what is not allowed or what is wrong with it."""
    if len(sql) > LONGEST:
        raise RehearseError(f"The query is longer than {LONGEST:,} characters.", "Shorten it.")
    found = run_limited(
        "data.store.sql_closed:ask_here",
        {name: _parquet(frame) for name, frame in views.items()},
        sql,
        seconds,
        limit,
        limits=Limits(
            memory_bytes=_IDLE_BYTES + MEMORY_MEGABYTES * 1_000_000,
            cpu_seconds=seconds + 3,
            wall_seconds=seconds + _START_SECONDS,
            result_bytes=RESULT_BYTES,
        ),
        named="The query",
        remedy=_REMEDY,
    )
    return Answered(_frame(found["columns"], found["rows"], found["times"]), found["cut"])


def _parquet(frame: DataFrame) -> bytes:
    content = io.BytesIO()
    frame.to_parquet(content, index=False)
    return content.getvalue()


def _frame(columns: list[str], rows: list[list[object]], times: list[str]) -> DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=_apart(columns))
    for name in (name for name in times if name in frame):
        frame[name] = _moments(frame[name])
    for name in (str(one) for one in frame if pd.api.types.is_object_dtype(frame[one])):
        frame[name] = _of_one_kind(frame[name])
    return frame


def _apart(columns: list[str]) -> list[str]:
    """Names that occur twice, told apart by a number that makes no name that is there already."""
    taken, made = set(columns), list[str]()
    for name in columns:
        if name in made:
            name = next(one for number in count(1) if (one := f"{name}_{number}") not in taken)
            taken.add(name)
        made.append(name)
    return made


def _of_one_kind(column: Series) -> Series:
    """As it is, or as texts where its values are of several kinds, which no file of a table holds."""
    kinds = {type(value) for value in column if value is not None and value == value}
    if len(kinds - {int, float}) + bool(kinds & {int, float}) <= 1:
        return column
    return column.map(str, na_action="ignore")


def _moments(column: Series) -> Series:
    """Texts as moments, or as they are where a year lies beyond what a table can hold."""
    import pandas as pd

    try:
        return pd.to_datetime(column, format="ISO8601")
    except (ValueError, OverflowError):
        return column
