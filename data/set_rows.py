"""A question as a file gives it: a row of texts that knows where each of them stands, and what it may cost.

CSV and YAML both become such rows; `data/questions.py` makes questions of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.code_tasks import TASK_FIELDS
from data.domain import RehearseError
from data.domain.letters import visible
from data.long_fields import RICH_FIELDS
from data.yaml_values import Fields

REQUIRED_COLUMNS = (
    "id",
    "category",
    "level",
    "topic",
    "title",
    "question",
    "competencies",
    "minutes",
    "tags",
)
LONG_COLUMNS = ("key_points", "probes", "outline", "reading", *TASK_FIELDS)
POINT_COLUMNS = ("kinds", "hints")
"""What a table adds to key points; YAML has it in each of them."""
COLUMNS = (*REQUIRED_COLUMNS, *LONG_COLUMNS, *RICH_FIELDS)
TABLE_COLUMNS = (*COLUMNS, *POINT_COLUMNS)
LIST_COLUMNS = ("competencies", "tags", "key_points", "probes", "reading")

MOST_BYTES = 2_000_000
MOST_QUESTIONS = 1_000
MOST_CHARACTERS = 20_000
"""In one cell."""
MOST_ITEMS = 50
"""In one cell that is a list."""
_LISTED = 20
_SHOWN_CHARACTERS = 60
_SEPARATORS = {"competencies": r"[;,]", "tags": r"[;,]"}

Cell = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question: its cells by column and where it stands; `places` says it of single columns."""

    cells: Mapping[str, Cell]
    place: str
    word: str
    """What a column is called in such a file."""
    places: Mapping[str, str] = field(default_factory=dict)
    nested: Fields | None = None
    """Fields that hold fields, as YAML gives them."""

    def at(self, column: str, problem: str) -> str:
        """A mistake, and where it is."""
        return f"{self.places.get(column, self.place)}, {self.word} {column}: {problem}"

    def within(self, line: int, path: str, problem: str) -> str:
        """A mistake inside a nested field, and its own line where there is one."""
        place = re.sub(r"^line \d+", f"line {line}", self.place) if line else self.place
        return f"{place}, {self.word} {path}: {problem}"

    def text(self, column: str) -> str:
        """The cell as one text; empty when there is none."""
        cell = self.cells.get(column, "")
        text = cell if isinstance(cell, str) else "; ".join(cell)
        return text if column in TASK_FIELDS else visible(text)

    def items(self, column: str) -> tuple[str, ...]:
        """The cell as a list: as it was given, or split at the signs a CSV has for it."""
        cell = self.cells.get(column, "")
        parts = re.split(_SEPARATORS.get(column, r"\s\|\s"), cell) if isinstance(cell, str) else cell
        return tuple(part for one in parts if (part := visible(one).strip()))


def too_large(row: Row) -> list[str]:
    """What is over the limits for one row."""
    found = []
    for column in row.cells:
        length = len(row.text(column))
        if length > MOST_CHARACTERS:
            found.append(row.at(column, f"has {length:,} characters, at most {MOST_CHARACTERS:,} are read"))
        elif column in LIST_COLUMNS and (count := len(row.items(column))) > MOST_ITEMS:
            found.append(row.at(column, f"has {count} items, at most {MOST_ITEMS} are read"))
    return found


def decoded(raw: bytes, name: str, remedy: str) -> str:
    """The text of a file in UTF-8, with or without a byte-order mark."""
    if len(raw) > MOST_BYTES:
        megabytes = f"{MOST_BYTES / 1e6:g} MB"
        raise RehearseError(f"{name} is larger than {megabytes}.", "Divide it into several sets.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RehearseError(
            f"{name} is not UTF-8 text (line {line}){_as_windows(raw, error.start)}.", remedy
        ) from error


def _as_windows(raw: bytes, at: int) -> str:
    """The word at this place as Windows-1252 has it: plain "CSV" of Excel is written so."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ", but UTF-16"
    before, after = re.split(rb"\s", raw[max(0, at - 40) : at])[-1], re.split(rb"\s", raw[at : at + 40])[0]
    word = (before + after).decode("cp1252", errors="replace")
    return f"; as Windows-1252, which Excel writes under the plain name “CSV”, it holds “{word}”"


def shortened(text: str) -> str:
    """A text from a file as it is quoted in a message."""
    return repr(text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…")


def refuse(name: str, mistakes: Sequence[str]) -> RehearseError:
    """The error that lists the first mistakes and counts the rest."""
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes):,} mistakes"
    lines = [f"- {mistake}." for mistake in mistakes[:_LISTED]]
    if len(mistakes) > _LISTED:
        lines.append(f"- and {len(mistakes) - _LISTED:,} more.")
    return RehearseError(f"{name} has {count}:\n{chr(10).join(lines)}\n", "Correct them and load it again.")
