"""The rows of a set of questions in YAML: a list of mappings with the columns of the CSV.

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

Only lists, fields and text are read. Every value is the text that stands there: `no` is not False, `010` not
eight, a date not a date. Anchors, aliases and tags are refused, so a file costs what its length says.
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from data.domain import RehearseError
from data.long_fields import RICH_FIELDS
from data.set_rows import COLUMNS, LIST_COLUMNS, MOST_QUESTIONS, Cell, Row, decoded, shortened
from data.yaml_values import Fields, Listed, Text, Value

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 6
"""A hint in the hints of a key point of a question in the list."""
_MOST_VALUES = 100_000
_BEGIN = "Begin each with “- id: ...”."


def yaml_rows(raw: bytes, name: str, mistakes: list[str]) -> Iterator[Row]:
    """The questions of the list; `mistakes` takes what is wrong with one, RehearseError with the file."""
    text = decoded(raw, name, "Save it as UTF-8 and load it again.")
    try:
        listed = _Reader(text, name, mistakes).whole()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" in line {mark.line + 1}" if mark else ""
        raise RehearseError(
            f"{name} is not well-formed YAML{where}: {error.problem or 'cannot be read'}.",
            "Quote texts that hold a colon.",
        ) from error
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", None) or 0) + 1
        raise RehearseError(
            f"{name} holds a sign near line {line} that YAML does not allow.", "Remove it and load it again."
        ) from error
    for number, item in enumerate(listed, start=1):
        if number > MOST_QUESTIONS:
            mistakes.append(
                f"line {item.line}: a set has at most {MOST_QUESTIONS:,} questions; the rest was not read"
            )
            return
        if isinstance(item, Fields):
            yield _row(number, item, mistakes)
        else:
            mistakes.append(f"line {item.line}, item {number}: is not a question. {_BEGIN}")


def _row(number: int, item: Fields, mistakes: list[str]) -> Row:
    cells: dict[str, Cell] = {}
    places: dict[str, str] = {}
    nested: list[tuple[Value, Value]] = []
    for field, value in item.pairs:
        column = field.text if isinstance(field, Text) else ""
        place = f"line {field.line}, item {number}"
        if is_nested(column, value):
            nested.append((field, value))
        elif column not in COLUMNS:
            mistakes.append(f"{place}, field {column[:40]}: is not one of {', '.join(COLUMNS)}")
        elif column in cells:
            before = places[column].partition(",")[0]
            mistakes.append(f"{place}, field {column}: is given twice, before in {before}")
        else:
            places[column] = place
            cells[column] = _cell(column, value, place, mistakes)
    inside = Fields(item.line, nested) if nested else None
    return Row(cells, f"line {item.line}, item {number}", "field", places, inside)


def is_nested(column: str, value: Value) -> bool:
    """Whether a field is read as the bank's own files are: its value may hold fields."""
    as_fields = isinstance(value, Listed) and any(isinstance(one, Fields) for one in value.items)
    return column in RICH_FIELDS or (column == "key_points" and as_fields)


def _cell(column: str, value: Value, place: str, mistakes: list[str]) -> Cell:
    if isinstance(value, Text):
        return value.text.strip()
    items = value.items if isinstance(value, Listed) else []
    texts = tuple(" ".join(item.text.split()) for item in items if isinstance(item, Text))
    where = f"{place}, field {column}"
    if column not in LIST_COLUMNS:
        mistakes.append(f"{where}: must be text (quote it if it holds ': ' or begins with a bracket)")
    elif isinstance(value, Fields) or len(texts) != len(items):
        mistakes.append(f"{where}: must be a list of texts (quote a text that holds ': ')")
    return texts if column in LIST_COLUMNS else ""


class _Reader:
    """Builds the values of one document from the events of the parser, within limits."""

    def __init__(self, text: str, name: str, mistakes: list[str]) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._name = name
        self._mistakes = mistakes
        self._values = 0

    def whole(self) -> list[Value]:
        """The items of the one list in the file."""
        listed: list[Value] | None = None
        for event in self._events:
            if isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                continue
            if isinstance(event, yaml.DocumentStartEvent) and listed is None:
                first = next(self._events)
                depth = 0 if isinstance(first, yaml.MappingStartEvent) else 1
                listed = self._list_in(self._value(first, depth))
            else:
                line = _line(event)
                raise RehearseError(f"{self._name} has a second part in line {line}.", "Keep one list.")
        if not listed:
            raise RehearseError(f"{self._name} must be a list of questions.", _BEGIN)
        return listed

    def _list_in(self, value: Value) -> list[Value]:
        """The list itself, or what stands under `questions`."""
        if isinstance(value, Fields):
            listed: list[Value] = []
            for field, inside in value.pairs:
                if isinstance(field, Text) and field.text == "questions" and isinstance(inside, Listed):
                    listed = inside.items
                else:
                    said = shortened(field.text) if isinstance(field, Text) else "a list"
                    self._mistakes.append(f"line {field.line}: {said} stands beside the list of questions")
            return listed
        return value.items if isinstance(value, Listed) else []

    def _value(self, event: yaml.Event, depth: int) -> Value:
        line = _line(event)
        self._values += 1
        if depth > _DEEPEST or self._values > _MOST_VALUES:
            what = "is nested too deep" if depth > _DEEPEST else "holds too much"
            raise RehearseError(f"{self._name} {what} in line {line}.", f"A set is a plain list. {_BEGIN}")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self._mistakes.append(
                f"line {line}: anchors and aliases (& and *) are not read; write the text out"
            )
        if getattr(event, "tag", None) is not None:
            self._mistakes.append(f"line {line}: tags (!) are not read; quote a text that begins with one")
        if isinstance(event, yaml.SequenceStartEvent):
            return Listed(line, [self._value(one, depth + 1) for one in self._until(yaml.SequenceEndEvent)])
        if isinstance(event, yaml.MappingStartEvent):
            return Fields(
                line,
                [
                    (self._value(one, depth + 1), self._value(next(self._events), depth + 1))
                    for one in self._until(yaml.MappingEndEvent)
                ],
            )
        return Text(line, event.value if isinstance(event, yaml.ScalarEvent) else "")

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event


def _line(event: yaml.Event) -> int:
    """Where it begins, counted from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1
