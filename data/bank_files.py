"""The long fields of shipped questions: one YAML file per question, `data/bank/<id>.yaml`.

`docs/writing-questions.md` says what goes into one; `data/long_fields.py` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from data.domain import Question
from data.long_fields import LONG_FIELDS, with_long_fields
from data.yaml_values import Fields, line_at, value_of

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def with_bank_file(question: Question, file: Path, mistakes: list[str]) -> Question:
    """The question with what its YAML file adds; each mistake is noted with file, line and field."""
    content = _yaml_fields(file, mistakes)
    if content is None:
        return question
    return with_long_fields(
        question,
        content,
        lambda line, field, problem: mistakes.append(f"{file.name}, line {line}, field {field}: {problem}"),
    )


def line_of(file: Path, path: Sequence[str | int]) -> int:
    """The line of a place in a bank file, such as ("key_points", 2, "probe"); 1 without such a file."""
    content = _yaml_fields(file, []) if file.is_file() else None
    return line_at(content, path) if content else 1


def _yaml_fields(file: Path, mistakes: list[str]) -> Fields | None:
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
        content = value_of(node) if node is not None else None
    except OSError as error:
        mistakes.append(f"{file.name} cannot be read: {error.strerror or error}")
        return None
    except UnicodeDecodeError:
        mistakes.append(f"{file.name} is not UTF-8 text")
        return None
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        mistakes.append(f"{file.name} is not well-formed YAML: {line}{error.problem}")
        return None
    except yaml.YAMLError as error:
        mistakes.append(f"{file.name} is not well-formed YAML: {' '.join(str(error).split())}")
        return None
    if not isinstance(content, Fields):
        mistakes.append(f"{file.name} must have the fields {', '.join(LONG_FIELDS)}")
        return None
    return content
