"""The long fields of a question, from what its YAML says: every mistake is noted with its line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from data.code_tasks import TASK_FIELDS, read_task
from data.domain import (
    CODE_LANGUAGES,
    FACT_SUBJECTS,
    KEY_POINT_KINDS,
    LEVELS,
    TWIST_KINDS,
    Fact,
    FactSubject,
    KeyPoint,
    KeyPointKind,
    Misconception,
    Observation,
    Question,
    Twist,
    TwistKind,
)
from data.yaml_values import Fields, Listed, Text, Value

RICH_FIELDS = (
    "facts",
    "misconceptions",
    "twist",
    "observations",
    "expected",
    "follow_ups",
    "examples",
    "apart",
    "code",
    "language",
)
"""What an interviewer and a candidate who studies need beyond points and outline."""
LONG_FIELDS = ("key_points", "outline", "reading", *RICH_FIELDS, *TASK_FIELDS)
KEY_POINT_FIELDS = ("text", "competency", "probe")
_MISCONCEPTION_FIELDS = ("wrong", "right", "challenge")
_NEEDS_QUOTES = "must be text (quote it if it holds ': ')"

Note = Callable[[int, str, str], None]
"""Takes the line, the field and what is wrong with it."""


def key_point_id(question: Question, index: int) -> str:
    """The id of the `index`-th key point, counted from 1, unique over the whole bank."""
    return f"{question.id}-k{index}"


def with_long_fields(question: Question, fields: Fields, note: Note) -> Question:
    """The question with what its YAML adds to the row in the list."""
    cells = _Cells.of(fields, "", LONG_FIELDS, note)
    starter, tests = (cells.plain(field) for field in TASK_FIELDS)
    return replace(
        _rich(replace(question, key_points=_key_points(question, cells)), cells),
        outline=cells.plain("outline").strip(),
        reading=cells.texts("reading"),
        task=read_task(
            starter, tests, question.category, lambda field, problem: note(cells.line(field), field, problem)
        ),
    )


def with_rich_fields(question: Question, fields: Fields, note: Note) -> Question:
    """The question with the rich fields of a set of one's own; key points only where they are fields too."""
    cells = _Cells.of(fields, "", ("key_points", *RICH_FIELDS), note)
    points = _key_points(question, cells) if "key_points" in cells.values else question.key_points
    return _rich(replace(question, key_points=points), cells)


def _rich(question: Question, cells: _Cells) -> Question:
    return replace(
        question,
        facts=_facts(cells),
        misconceptions=_misconceptions(cells, len(question.key_points)),
        twist=_twist(cells),
        observations=_observations(cells),
        expected=_by_level(cells, "expected"),
        follow_ups=cells.texts("follow_ups"),
        examples=_by_level(cells, "examples"),
        apart=cells.texts("apart"),
        code=cells.plain("code").rstrip(),
        language=cells.one_of("language", CODE_LANGUAGES, question.language),
    )


@dataclass(slots=True)
class _Cells:
    """The named values at one place of the file, and where to note what is wrong with them."""

    place: str
    start: int
    values: dict[str, Value]
    note: Note

    @classmethod
    def of(cls, fields: Fields, place: str, known: Sequence[str], note: Note) -> _Cells:
        values: dict[str, Value] = {}
        for name, value in fields.pairs:
            field = name.text if isinstance(name, Text) else "a list"
            path = f"{place}, {field}" if place else field
            if field not in known:
                note(name.line, path, f"is not one of {', '.join(known)}")
            elif field in values:
                note(name.line, path, f"is given twice, before in line {values[field].line}")
            else:
                values[field] = value
        return cls(place, fields.line, values, note)

    def line(self, field: str) -> int:
        return self.values[field].line if field in self.values else self.start

    def wrong(self, field: str, problem: str) -> None:
        self.note(self.line(field), f"{self.place}, {field}" if self.place else field, problem)

    def plain(self, field: str) -> str:
        """The text as it stands there, with its lines; empty when there is none."""
        value = self.values.get(field)
        if value is None:
            return ""
        if isinstance(value, Text) and not value.other:
            return value.text
        self.wrong(field, "must be text")
        return ""

    def text(self, field: str, *, needed: bool = True) -> str:
        """The text in one line."""
        value = self.values.get(field)
        text = value.text if isinstance(value, Text) and not value.other else ""
        if not text.strip() and (needed or value is not None):
            self.wrong(field, "must be text and is missing or empty")
        return " ".join(text.split())

    def one_of(self, field: str, known: Sequence[str], otherwise: str = "") -> str:
        """The text, which is one of `known`."""
        text = self.text(field, needed=not otherwise) or otherwise
        if text and text not in known:
            self.wrong(field, f"{text!r} is not one of {', '.join(known)}")
            return otherwise or known[0]
        return text

    def number(self, field: str) -> int | None:
        """A whole number; None when there is none."""
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, Text) and value.text.isdecimal() and len(value.text) < 4:
            return int(value.text)
        self.wrong(field, "must be a whole number")
        return None

    def listed(self, field: str, what: str = "must be a list of texts") -> list[Value]:
        value = self.values.get(field)
        if isinstance(value, Listed):
            return value.items
        if value is not None and not (isinstance(value, Text) and not value.text):
            self.wrong(field, what)
        return []

    def texts(self, field: str) -> tuple[str, ...]:
        found = []
        for index, item in enumerate(self.listed(field), start=1):
            if isinstance(item, Text) and item.text.strip() and not item.other:
                found.append(item.text.strip())
            else:
                path = f"{self.place}, {field}" if self.place else field
                self.note(item.line, f"{path}, item {index}", _NEEDS_QUOTES)
        return tuple(found)

    def groups(self, field: str, known: Sequence[str], needed: Sequence[str]) -> list[_Cells]:
        """The items of a list of fields."""
        found: list[_Cells] = []
        for index, item in enumerate(self.listed(field, "must be a list"), start=1):
            if isinstance(item, Fields):
                found.append(self.inside(item, f"{field}, item {index}", known))
            else:
                self.note(item.line, f"{field}, item {index}", f"must have {', '.join(needed)}")
        return found

    def inside(self, fields: Fields, place: str, known: Sequence[str]) -> _Cells:
        return _Cells.of(fields, place, known, self.note)


def _key_points(question: Question, cells: _Cells) -> tuple[KeyPoint, ...]:
    if "key_points" not in cells.values or isinstance(cells.values["key_points"], Text):
        cells.wrong("key_points", "must be a list")
        return ()
    known = (*KEY_POINT_FIELDS, "kind", "hints")
    groups = cells.groups("key_points", known, KEY_POINT_FIELDS)
    return tuple(_key_point(question, index, group) for index, group in enumerate(groups, start=1))


def _key_point(question: Question, index: int, group: _Cells) -> KeyPoint:
    competency = group.text("competency")
    if competency and competency not in question.competencies:
        problem = f"{competency!r} is not among the competencies of the row in the question list"
        group.wrong("competency", problem)
    return KeyPoint(
        key_point_id(question, index),
        group.text("text"),
        group.text("probe"),
        competency,
        cast(KeyPointKind, group.one_of("kind", KEY_POINT_KINDS, "say")),
        _hints(group),
    )


def _hints(group: _Cells) -> tuple[str, ...]:
    hints = tuple(" ".join(hint.split()) for hint in group.texts("hints"))
    if "hints" in group.values and len(hints) != 3:
        group.wrong(
            "hints", f"has {len(hints)} items; it needs three: a narrower question, a nudge, the content"
        )
    return hints


def _facts(cells: _Cells) -> tuple[Fact, ...]:
    """Facts with their subject, or plain texts as older sets have them."""
    found = []
    for index, item in enumerate(cells.listed("facts"), start=1):
        if isinstance(item, Fields):
            one = cells.inside(item, f"facts, item {index}", ("about", "text"))
            about = one.one_of("about", FACT_SUBJECTS)
            found.append(Fact(cast(FactSubject, about), one.text("text")))
        elif isinstance(item, Text) and item.text.strip() and not item.other:
            found.append(Fact("other", item.text.strip()))
        else:
            cells.note(item.line, f"facts, item {index}", _NEEDS_QUOTES)
    return tuple(found)


def _misconceptions(cells: _Cells, points: int) -> tuple[Misconception, ...]:
    known = (*_MISCONCEPTION_FIELDS, "near_right", "source", "contradicts")
    found = []
    for group in cells.groups("misconceptions", known, _MISCONCEPTION_FIELDS):
        contradicts = group.number("contradicts")
        if contradicts is not None and not 1 <= contradicts <= points:
            group.wrong("contradicts", f"{contradicts} is not a key point; there are {points}")
        wrong, right, challenge = (group.text(field) for field in _MISCONCEPTION_FIELDS)
        near_right, source = (group.text(field, needed=False) for field in ("near_right", "source"))
        found.append(Misconception(wrong, right, challenge, near_right, source, contradicts))
    return tuple(found)


def _twist(cells: _Cells) -> Twist | None:
    value = cells.values.get("twist")
    if value is None:
        return None
    if not isinstance(value, Fields):
        cells.wrong("twist", "must have kind, text")
        return None
    group = cells.inside(value, "twist", ("kind", "text"))
    return Twist(cast(TwistKind, group.one_of("kind", TWIST_KINDS)), group.text("text"))


def _observations(cells: _Cells) -> tuple[Observation, ...]:
    fields = ("ask", "shows")
    groups = cells.groups("observations", fields, fields)
    return tuple(Observation(group.text("ask"), group.text("shows")) for group in groups)


def _by_level(cells: _Cells, field: str) -> dict[str, str]:
    value = cells.values.get(field)
    if value is None:
        return {}
    if not isinstance(value, Fields):
        cells.wrong(field, f"must have {', '.join(LEVELS)}")
        return {}
    group = cells.inside(value, field, LEVELS)
    return {level: group.text(level) for level in LEVELS if level in group.values}
