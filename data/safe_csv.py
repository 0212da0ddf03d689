"""The only writer of CSV: a spreadsheet program runs no cell of it.

A text that such a program would take for a formula gets an apostrophe in front, which it hides, whichever
sign separates cells where it is opened. Every text is quoted, numbers stay numbers. Whoever needs the text
unchanged takes Parquet, where there is one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

_FORMULA = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
_RUNS = re.compile(f'[\\s\u200b\ufeff\x00"]*{_FORMULA}|[\t\r\n]')
_RUNS_INSIDE = re.compile(f'(?<=[;\t\r\n])(?=(?:[^\\S\t\r\n]|[\u200b\ufeff\x00"])*{_FORMULA})')
"""Where the separator is another sign, a program begins a cell here, quotes or not."""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?%?")


def safe_cell(value: object) -> object:
    """The value, with an apostrophe before a text that would run, and before each part of it that would."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    marked = _RUNS_INSIDE.sub("'", value)
    return f"'{marked}" if _RUNS.match(value) else marked


def safe_csv(frame: DataFrame) -> str:
    """A table with its column names, without its index."""
    columns = [str(column) for column in frame.columns]
    return safe_rows(columns, frame.astype(object).where(frame.notna(), None).to_numpy().tolist())


def safe_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows below their column names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def safe_records(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Mappings by column name; what a row lacks is empty."""
    return safe_rows(columns, ([row.get(column, "") for column in columns] for row in rows))
