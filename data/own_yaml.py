"""A set of questions as YAML: a list of mappings with the columns of the CSV; long fields may be lists.

- id: cache-stampede
  category: data_infrastructure
  level: mid
  topic: caching
  title: The cache that expired at noon
  question: What happens when a popular key expires?
  competencies: [C3, C4]
  minutes: 4
  tags: [startup]
  key_points: ["C4: Says that ..."]
  probes: ["What happens next?"]
"""

from __future__ import annotations

import csv
import io
import re

import yaml

from data.domain import Question, RehearseError
from data.questions import LONG_COLUMNS, REQUIRED_COLUMNS, parse_questions

_JOINED = {"competencies": ";", "tags": ";"}
_COLUMNS = (*REQUIRED_COLUMNS, *LONG_COLUMNS)


def parse_yaml(raw: bytes, name: str) -> tuple[Question, ...]:
    """The questions of a YAML file. RehearseError names the item and field of every mistake."""
    items = _items(raw, name)
    mistakes = [
        f"- item {number}, field {field}: is not one of {', '.join(_COLUMNS)}."
        for number, item in enumerate(items, start=1)
        for field in item
        if field not in _COLUMNS
    ]
    if mistakes:
        raise RehearseError(f"{name} has unknown fields:\n{chr(10).join(mistakes)}\n", "Correct them.")
    rows = io.StringIO()
    writer = csv.DictWriter(rows, _COLUMNS)
    writer.writeheader()
    writer.writerows({column: _cell(column, item.get(column)) for column in _COLUMNS} for item in items)
    try:
        return parse_questions(rows.getvalue().encode(), name)
    except RehearseError as error:
        raise RehearseError(_as_items(error.message), error.remedy) from error


def _as_items(message: str) -> str:
    """Rows of the CSV in between, as the items and fields of the list that the user wrote."""
    items = re.sub(r"\brow (\d+)", lambda found: f"item {int(found[1]) - 1}", message)
    return items.replace(", column ", ", field ").rstrip()


def _items(raw: bytes, name: str) -> list[dict[str, object]]:
    try:
        content = yaml.safe_load(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RehearseError(f"{name} is not UTF-8 text.", "Save it as UTF-8 and load it again.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "cannot be read"
        raise RehearseError(
            f"{name} is not well-formed YAML{where}: {problem}.", "Quote texts that hold a colon."
        ) from error
    if isinstance(content, dict):
        content = content.get("questions")
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content) or not content:
        raise RehearseError(f"{name} must be a list of questions.", "Begin each with “- id: ...”.")
    return [{str(field): value for field, value in item.items()} for item in content]


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return _JOINED.get(column, " | ").join(" ".join(str(item).split()) for item in value)
    return str(value).strip()
