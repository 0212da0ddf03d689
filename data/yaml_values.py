"""What a YAML file of questions says, each value with its line: texts, lists and fields, nothing else."""

from __future__ import annotations

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
