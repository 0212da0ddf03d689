"""The rows of a set of questions in a CSV, as spreadsheet programs write it.

Excel's own habits are read: a first line `sep=;`, a byte-order mark, semicolons or tabs, blank lines above
the header, and columns at the right that have neither a name nor content.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from data.domain import RehearseError
from data.set_rows import LONG_COLUMNS, MOST_QUESTIONS, REQUIRED_COLUMNS, TABLE_COLUMNS, Row, decoded

_REMEDY = "Save it as 'CSV UTF-8' in your spreadsheet program and load it again."
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?[ \t]*(?:\r\n|\r|\n|$)", re.IGNORECASE)


def csv_rows(raw: bytes, name: str, mistakes: list[str]) -> Iterator[Row]:
    """The rows below the header; `mistakes` takes what is wrong with one, RehearseError with the file."""
    if not raw.strip():
        raise RehearseError(f"{name} is empty.", f"It needs a header row: {','.join(REQUIRED_COLUMNS)}.")
    text = decoded(raw, name, _REMEDY)
    if "\0" in text:
        raise RehearseError(f"{name} is not a CSV: it has binary content.", _REMEDY)
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator[1] if separator else _delimiter(text)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from _below_header(_numbered(records, 1 if separator else 0), name, mistakes)
    except csv.Error as error:
        line = records.line_num + (1 if separator else 0)
        raise RehearseError(
            f"{name} is not a well-formed CSV: near line {line}, {error}.",
            "Check the double quotes there: a quote inside a text is written twice.",
        ) from error


def _numbered(records: Iterator[list[str]], above: int) -> Iterator[tuple[str, list[str]]]:
    """Records that hold anything, with their row as a spreadsheet counts it, and the line if it differs."""
    last_line = above
    for number, cells in enumerate(records, start=1):
        line = last_line + 1
        last_line = above + records.line_num  # type: ignore[attr-defined]
        if any(cell.strip() for cell in cells):
            yield f"row {number}" if line == number else f"row {number} (line {line})", cells


def _below_header(records: Iterator[tuple[str, list[str]]], name: str, mistakes: list[str]) -> Iterator[Row]:
    where, cells = next(records, ("row 1", []))
    header = [cell.strip().lower() for cell in cells]
    while header and not header[-1]:
        header.pop()
    _check_header(header, name, where)
    for count, (place, cells) in enumerate(records):
        if count == MOST_QUESTIONS:
            mistakes.append(f"{place}: a set has at most {MOST_QUESTIONS:,} questions; the rest was not read")
            return
        beyond = [cell for cell in cells[len(header) :] if cell.strip()]
        if len(cells) < len(header) or beyond:
            mistakes.append(
                f"{place}: {len(cells)} cells where the header has {len(header)} "
                "(put text that holds a separator in double quotes)"
            )
            continue
        named = zip(header, (cell.strip() for cell in cells), strict=False)
        yield Row(dict(named), place, "column")


def _delimiter(text: str) -> str:
    """Comma, or what Excel writes where the comma is the decimal sign: semicolon, or tab."""
    header = next((line for line in text.splitlines() if line.strip(",;\t ")), "")
    return max(",;\t", key=header.count)


def _check_header(header: Sequence[str], name: str, where: str) -> None:
    missing = [column for column in REQUIRED_COLUMNS if column not in header]
    unknown = [column for column in header if column not in TABLE_COLUMNS]
    twice = sorted({column for column in header if header.count(column) > 1})
    parts = [
        f"{label}: {', '.join(repr(column[:40]) for column in columns[:20])}"
        for label, columns in (
            ("missing columns", missing),
            ("unknown columns", unknown),
            ("columns given twice", twice),
        )
        if columns
    ]
    if parts:
        raise RehearseError(
            f"The header row ({where}) of {name} is wrong: {'; '.join(parts)}.",
            f"It must be {','.join(REQUIRED_COLUMNS)}, with {', '.join(LONG_COLUMNS)} if you like, and what "
            "docs/writing-questions.md names.",
        )
