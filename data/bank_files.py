"""The long fields of shipped questions: one YAML file per question, `data/bank/<id>.yaml`.

A file has `key_points` (a list of text, competency, probe), `outline`, `reading` and `facts`; for a coding
question also `starter` and `tests` (`data/code_tasks.py`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from data.code_tasks import TASK_FIELDS, read_task
from data.domain import KeyPoint, Question

BANK_FIELDS = ("key_points", "outline", "reading", "facts", *TASK_FIELDS)
KEY_POINT_FIELDS = ("text", "competency", "probe")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def key_point_id(question: Question, index: int) -> str:
    """The id of the `index`-th key point, counted from 1, unique over the whole bank."""
    return f"{question.id}-k{index}"


def with_bank_file(question: Question, file: Path, mistakes: list[str]) -> Question:
    """The question with key points, outline, reading and facts from its YAML file."""
    content = _yaml_mapping(file, mistakes)
    for field in (field for field in content if field not in BANK_FIELDS):
        mistakes.append(_in(file, str(field), f"is not one of {', '.join(BANK_FIELDS)}"))
    outline, starter, tests = (_text(content, field, file, mistakes) for field in ("outline", *TASK_FIELDS))
    return replace(
        question,
        key_points=_key_points(question, content.get("key_points"), file, mistakes),
        outline=outline.strip(),
        reading=_texts(content.get("reading"), "reading", file, mistakes),
        facts=_texts(content.get("facts"), "facts", file, mistakes),
        task=read_task(
            starter,
            tests,
            question.category,
            lambda field, problem: mistakes.append(_in(file, field, problem)),
        ),
    )


def _in(file: Path, field: str, problem: str) -> str:
    return f"{file.name}, field {field}: {problem}"


def _yaml_mapping(file: Path, mistakes: list[str]) -> dict[object, object]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError as error:
        mistakes.append(f"{file.name} cannot be read: {error.strerror or error}")
        return {}
    except UnicodeDecodeError:
        mistakes.append(f"{file.name} is not UTF-8 text")
        return {}
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        mistakes.append(f"{file.name} is not well-formed YAML: {line}{error.problem}")
        return {}
    except yaml.YAMLError as error:
        mistakes.append(f"{file.name} is not well-formed YAML: {' '.join(str(error).split())}")
        return {}
    if not isinstance(content, dict):
        mistakes.append(f"{file.name} must have the fields {', '.join(BANK_FIELDS)}")
        return {}
    return content


def _text(content: dict[object, object], field: str, file: Path, mistakes: list[str]) -> str:
    value = content.get(field, "")
    if isinstance(value, str):
        return value
    mistakes.append(_in(file, field, "must be text"))
    return ""


def _texts(value: object, field: str, file: Path, mistakes: list[str]) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        mistakes.append(_in(file, field, "must be a list of texts"))
        return ()
    for index, item in enumerate(value, start=1):
        if not isinstance(item, str) or not item.strip():
            mistakes.append(_in(file, f"{field}, item {index}", "must be text (quote it if it holds ': ')"))
    return tuple(item.strip() for item in value if isinstance(item, str))


def _key_points(question: Question, value: object, file: Path, mistakes: list[str]) -> tuple[KeyPoint, ...]:
    if not isinstance(value, list):
        mistakes.append(_in(file, "key_points", "must be a list"))
        return ()
    points: list[KeyPoint] = []
    for index, item in enumerate(value, start=1):
        where = f"key_points, item {index}"
        if not isinstance(item, dict):
            mistakes.append(_in(file, where, f"must have {', '.join(KEY_POINT_FIELDS)}"))
            continue
        cells = {str(field): text for field, text in item.items()}
        for field in (field for field in cells if field not in KEY_POINT_FIELDS):
            mistakes.append(_in(file, f"{where}, {field}", f"is not one of {', '.join(KEY_POINT_FIELDS)}"))
        for field in KEY_POINT_FIELDS:
            if not isinstance(cells.get(field), str) or not cells[field].strip():
                mistakes.append(_in(file, f"{where}, {field}", "must be text and is missing or empty"))
        competency = str(cells.get("competency", ""))
        if competency and competency not in question.competencies:
            problem = f"{competency!r} is not among the competencies of the row in the question list"
            mistakes.append(_in(file, f"{where}, competency", problem))
        text, probe = (" ".join(str(cells.get(field, "")).split()) for field in ("text", "probe"))
        points.append(KeyPoint(key_point_id(question, index), text, probe, competency))
    return tuple(points)
