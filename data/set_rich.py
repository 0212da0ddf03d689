"""The rich fields of a set of one's own: nested in YAML, in a table as short notations in one cell each.

Items of a cell are separated by " | ". A fact may begin with its subject ("peak: ..."), an observation begins
with its name, a text for a level with the level; a misconception is "wrong => right => challenge", and if you
like "=> near right => source". `hints` has three for each key point, separated by " / ".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from data.domain import FACT_SUBJECTS, KEY_POINT_KINDS, KeyPoint, Question
from data.domain.letters import visible
from data.long_fields import RICH_FIELDS, with_rich_fields
from data.set_rows import MOST_CHARACTERS, MOST_ITEMS, Row
from data.yaml_values import Fields, Listed, Text, Value

_HINTS = 3
_PARTS = ("wrong", "right", "challenge", "near_right", "source")


def with_rich(question: Question, row: Row, mistakes: list[str]) -> Question:
    """The question with what its row says beyond the plain columns."""
    points = _with_kinds_and_hints(question.key_points, row, mistakes)
    question = replace(question, key_points=points)
    fields = row.nested or Fields(0, [(Text(0, name), value) for name, value in _from_cells(row)])
    over = [
        row.within(line, name.text if isinstance(name, Text) else "", problem)
        for name, value in fields.pairs
        for line, problem in _too_large(value)
    ]
    mistakes += over
    if over or not fields.pairs:
        return question
    return with_rich_fields(
        question,
        _as_read(fields),
        lambda line, path, problem: mistakes.append(row.within(line, path, problem)),
    )


def _with_kinds_and_hints(
    points: tuple[KeyPoint, ...], row: Row, mistakes: list[str]
) -> tuple[KeyPoint, ...]:
    kinds, hints = row.items("kinds"), row.items("hints")
    for column, given in (("kinds", kinds), ("hints", hints)):
        if given and len(given) != len(points):
            mistakes.append(row.at(column, f"{len(given)} items for {len(points)} key points"))
            return points
    for kind in kinds:
        if kind not in KEY_POINT_KINDS:
            mistakes.append(row.at("kinds", f"{kind[:40]!r} is not one of {', '.join(KEY_POINT_KINDS)}"))
            return points
    steps = [tuple(step.strip() for step in one.split(" / ")) for one in hints]
    if any(len(one) != _HINTS for one in steps):
        mistakes.append(row.at("hints", "each key point needs three, separated by ' / '"))
        return points
    known = [next(kind for kind in KEY_POINT_KINDS if kind == one) for one in kinds]
    return tuple(
        replace(
            point,
            kind=known[at] if known else point.kind,
            hints=steps[at] if steps else point.hints,
        )
        for at, point in enumerate(points)
    )


def _from_cells(row: Row) -> Iterator[tuple[str, Value]]:
    for column in RICH_FIELDS:
        cell = row.text(column)
        if not cell:
            continue
        items = [item for part in cell.split(" | ") if (item := part.strip())]
        match column:
            case "facts":
                yield column, Listed(0, [_fact(item) for item in items])
            case "observations":
                yield column, Listed(0, [_pair(item, "ask", "shows") for item in items])
            case "misconceptions":
                yield column, Listed(0, [_misconception(item) for item in items])
            case "twist":
                yield column, _pair(cell, "kind", "text")
            case "expected" | "examples":
                yield column, Fields(0, [_level(item) for item in items])
            case "follow_ups" | "apart":
                yield column, Listed(0, [Text(0, item) for item in items])
            case _:
                yield column, Text(0, cell)


def _fact(item: str) -> Value:
    about, colon, text = item.partition(":")
    if colon and about.strip() in FACT_SUBJECTS:
        return _fields(about=about.strip(), text=text.strip())
    return Text(0, item)


def _misconception(item: str) -> Value:
    parts = [part.strip() for part in item.split("=>")]
    return _fields(**dict(zip(_PARTS, parts, strict=False)))


def _pair(item: str, name: str, rest: str) -> Value:
    first, _, text = item.partition(":")
    return _fields(**{name: first.strip(), rest: text.strip()})


def _level(item: str) -> tuple[Value, Value]:
    level, _, text = item.partition(":")
    return Text(0, level.strip()), Text(0, text.strip())


def _fields(**texts: str) -> Fields:
    return Fields(0, [(Text(0, name), Text(0, text)) for name, text in texts.items()])


def _too_large(value: Value) -> Iterator[tuple[int, str]]:
    if isinstance(value, Text):
        if len(value.text) > MOST_CHARACTERS:
            yield (
                value.line,
                f"a text has {len(value.text):,} characters, at most {MOST_CHARACTERS:,} are read",
            )
        return
    inside = value.items if isinstance(value, Listed) else [one for _, one in value.pairs]
    if len(inside) > MOST_ITEMS:
        yield value.line, f"a list has {len(inside):,} items, at most {MOST_ITEMS} are read"
        return
    for one in inside:
        yield from _too_large(one)


def _as_read(fields: Fields) -> Fields:
    """The same without signs that do not show."""
    return Fields(fields.line, [(_visible(name), _visible(value)) for name, value in fields.pairs])


def _visible(value: Value) -> Value:
    if isinstance(value, Text):
        return Text(value.line, visible(value.text))
    if isinstance(value, Listed):
        return Listed(value.line, [_visible(one) for one in value.items])
    return _as_read(value)
