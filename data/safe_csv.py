"""The only writer of CSV: a spreadsheet program runs no cell of it.

A text that such a program would take for a formula gets an apostrophe in front, which it hides. Numbers stay
numbers. Whoever needs the text unchanged takes Parquet, where there is one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

_RUNS = re.compile("[\\s\u200b\ufeff\x00]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?%?")


def safe_cell(value: object) -> object:
    """The value, with an apostrophe before a text that would run."""
    if isinstance(value, str) and _RUNS.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def safe_csv(frame: DataFrame) -> str:
    """A table with its column names, without its index."""
    columns = [str(column) for column in frame.columns]
    return safe_rows(columns, frame.astype(object).where(frame.notna(), None).to_numpy().tolist())


def safe_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows below their column names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # and so a cell that holds either sign is quoted
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def safe_records(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Mappings by column name; what a row lacks is empty."""
    return safe_rows(columns, ([row.get(column, "") for column in columns] for row in rows))
