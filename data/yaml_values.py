"""What a YAML file of questions says, each value with its line: texts, lists and fields, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

_TEXT_TAG = "tag:yaml.org,2002:str"
_NOTHING_TAG = "tag:yaml.org,2002:null"
_CODE_TAGS = ("tag:yaml.org,2002:python/", "!")


@dataclass(slots=True)
class Text:
    """A text; `other` where YAML itself would read a number, a date or yes and no."""

    line: int
    text: str
    other: bool = False


@dataclass(slots=True)
class Listed:
    """The items of a list."""

    line: int
    items: list[Value]


@dataclass(slots=True)
class Fields:
    """Names and values in the order of the file."""

    line: int
    pairs: list[tuple[Value, Value]]


Value = Text | Listed | Fields


def value_of(node: yaml.Node) -> Value:
    """What stands at a node of a trusted file; nothing is an empty text. MarkedYAMLError for tags (!)."""
    line = node.start_mark.line + 1
    if node.tag.startswith(_CODE_TAGS):
        raise yaml.MarkedYAMLError(problem=f"the tag {node.tag} is not read", problem_mark=node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return Fields(line, [(value_of(name), value_of(inside)) for name, inside in node.value])
    if isinstance(node, yaml.SequenceNode):
        return Listed(line, [value_of(item) for item in node.value])
    if node.tag == _NOTHING_TAG:
        return Text(line, "")
    return Text(line, node.value, node.tag != _TEXT_TAG)


def line_at(value: Value, path: Sequence[str | int]) -> int:
    """The line of what stands at `path` (names and places from 0), or of the last step that is there."""
    for step in path:
        inside = _inside(value, step)
        if inside is None:
            break
        value = inside
    return value.line


def _inside(value: Value, step: str | int) -> Value | None:
    if isinstance(value, Fields):
        named = (one for name, one in value.pairs if isinstance(name, Text) and name.text == step)
        return next(named, None)
    if isinstance(value, Listed) and isinstance(step, int) and step < len(value.items):
        return value.items[step]
    return None
