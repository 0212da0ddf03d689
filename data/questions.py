"""The question bank: `questions.csv` is the list, `data/bank/<id>.yaml` the long fields of shipped ones.

A user's own set is one CSV (or YAML): the columns `key_points`, `probes`, `outline` and `reading` are
optional, items are separated by " | ", and a key point may start with "C4: " to name the competency it feeds
(else the row's first). What else may be given, `data/set_rich.py` reads. All mistakes of a set are collected,
with row and column, line and field, or file.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from data.bank_files import with_bank_file
from data.code_tasks import TASK_FIELDS, read_task
from data.domain import CATEGORIES, COMPANIONS, COMPETENCIES, LEVELS, KeyPoint, Question, RehearseError
from data.long_fields import RICH_FIELDS, key_point_id
from data.set_csv import csv_rows
from data.set_rich import with_rich
from data.set_rows import LONG_COLUMNS, POINT_COLUMNS, REQUIRED_COLUMNS, Row, refuse, shortened, too_large
from data.set_yaml import yaml_rows

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS_CSV = ROOT / "questions.csv"
BANK = ROOT / "data" / "bank"

FEEDS = COMPETENCIES + COMPANIONS
SHORTEST_MINUTES, LONGEST_MINUTES = 0.5, 15.0
LONGEST_ID = 80

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PREFIX = re.compile(rf"({'|'.join(FEEDS)})\s*:\s*", re.IGNORECASE)


def load_questions(path: Path = QUESTIONS_CSV, bank: Path | None = BANK) -> tuple[Question, ...]:
    """All questions of the file at `path`, long fields taken from `bank` when it has a file for the id.

    Raises one RehearseError that lists every mistake found.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RehearseError(
            f"The question list {path.name} cannot be read: {error.strerror or error}.",
            "Check that the file is there and may be read.",
        ) from error
    return parse_questions(raw, path.name, bank)


def parse_questions(
    raw: bytes, name: str, bank: Path | None = None, taken: Container[str] = ()
) -> tuple[Question, ...]:
    """The questions in the bytes of a CSV or YAML file (an upload, say), which the messages call `name`.

    Raises one RehearseError with every mistake and its place; an id among `taken` is one.
    """
    mistakes: list[str] = []
    questions: list[Question] = []
    seen: dict[str, str] = {}
    for row in _rows(raw, name, mistakes):
        if over := too_large(row):
            mistakes += over
            continue
        question = _question(row, bank, mistakes)
        if question.id in seen:
            mistakes.append(row.at("id", f"{question.id!r} is already used in {seen[question.id]}"))
        elif question.id in taken:
            mistakes.append(row.at("id", f"{question.id!r} is already used in another set"))
        if question.id:
            seen.setdefault(question.id, row.place)
        questions.append(question)
    if not questions and not mistakes:
        mistakes.append("there is a header row but no question below it")
    if mistakes:
        raise refuse(name, mistakes)
    return tuple(questions)


def _rows(raw: bytes, name: str, mistakes: list[str]) -> Iterator[Row]:
    if name.lower().endswith((".yaml", ".yml")):
        return yaml_rows(raw, name, mistakes)
    return csv_rows(raw, name, mistakes)


def find_question(questions: Sequence[Question], question_id: str) -> Question | None:
    """The question called `question_id`; None when it is not there, or not any more."""
    return next((question for question in questions if question.id == question_id), None)


def question_by_id(questions: Sequence[Question], question_id: str) -> Question:
    """The question called `question_id`; RehearseError when the set has none."""
    question = find_question(questions, question_id)
    if question is None:
        raise RehearseError(
            f"There is no question {question_id!r} in this set.",
            "Choose one from the list; the id is in the first column of the question file.",
        )
    return question


# --- from a row to a question ---------------------------------------------------------------


def _question(row: Row, bank: Path | None, mistakes: list[str]) -> Question:
    _check_cells(row, mistakes)
    found = Question(
        id=row.text("id"),
        category=row.text("category"),
        level=row.text("level"),
        title=row.text("title"),
        text=row.text("question"),
        topic=row.text("topic"),
        competencies=row.items("competencies"),
        minutes=_minutes(row, mistakes),
        tags=row.items("tags"),
    )
    file = bank / f"{found.id}.yaml" if bank is not None and _SLUG.fullmatch(found.id) else None
    if file is not None and file.is_file():
        mistakes.extend(
            row.at(column, f"is also given in {file.name}; keep one of the two")
            for column in (*LONG_COLUMNS, *RICH_FIELDS, *POINT_COLUMNS)
            if row.text(column)
        )
        return with_bank_file(found, file, mistakes)
    return _with_long_columns(found, row, mistakes)


def _check_cells(row: Row, mistakes: list[str]) -> None:
    for column in REQUIRED_COLUMNS[:-1]:
        if not row.text(column):
            mistakes.append(row.at(column, "is empty"))
    for column, known in (("category", CATEGORIES), ("level", LEVELS)):
        cell = row.text(column)
        if cell and cell not in known:
            mistakes.append(row.at(column, f"{shortened(cell)} is not one of {', '.join(known)}"))
    name = row.text("id")
    if name and not (_SLUG.fullmatch(name) and len(name) <= LONGEST_ID):
        problem = f"{shortened(name)} may only have small letters, digits and single hyphens"
        mistakes.append(row.at("id", f"{problem}, at most {LONGEST_ID} signs"))
    for item in row.items("competencies"):
        if item not in FEEDS:
            mistakes.append(row.at("competencies", f"{shortened(item)} is not one of {', '.join(FEEDS)}"))


def _minutes(row: Row, mistakes: list[str]) -> float:
    """Minutes with a decimal point or comma; 0 stands in for a mistake that has been noted."""
    cell = row.text("minutes")
    if not cell:
        return 0.0
    try:
        minutes = float(cell.replace(",", "."))
    except ValueError:
        mistakes.append(row.at("minutes", f"{shortened(cell)} is not a number"))
        return 0.0
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        limits = f"{SHORTEST_MINUTES:g} to {LONGEST_MINUTES:g}"
        mistakes.append(row.at("minutes", f"{cell} is outside {limits}"))
    return minutes


def _with_long_columns(question: Question, row: Row, mistakes: list[str]) -> Question:
    starter, tests = (row.text(field).replace("\r\n", "\n") for field in TASK_FIELDS)
    task = read_task(
        starter,
        tests,
        question.category,
        lambda column, problem: mistakes.append(row.at(column, problem)),
    )
    points = _key_points(question, row, mistakes)
    given = replace(
        question, key_points=points, outline=row.text("outline"), reading=row.items("reading"), task=task
    )
    return with_rich(given, row, mistakes)


def _key_points(question: Question, row: Row, mistakes: list[str]) -> tuple[KeyPoint, ...]:
    texts, probes = row.items("key_points"), row.items("probes")
    if len(texts) != len(probes):
        mistakes.append(row.at("probes", f"{len(probes)} probes for {len(texts)} key points; each needs one"))
    first = question.competencies[0] if question.competencies else ""
    points: list[KeyPoint] = []
    for index, (text, probe) in enumerate(zip(texts, probes, strict=False), start=1):
        prefix = _PREFIX.match(text)
        competency = _canonical(prefix.group(1)) if prefix else first
        if prefix and competency not in question.competencies:
            problem = f"item {index} feeds {competency}, which is not among the row's competencies"
            mistakes.append(row.at("key_points", problem))
        text = text[prefix.end() :] if prefix else text
        points.append(KeyPoint(key_point_id(question, index), text, probe, competency))
    return tuple(points)


def _canonical(competency: str) -> str:
    return next(known for known in FEEDS if known.lower() == competency.lower())
