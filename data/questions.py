"""The question bank: `questions.csv` is the list, `data/bank/<id>.yaml` the long fields of shipped ones.

A user's own set is one CSV: the columns `key_points`, `probes`, `outline` and `reading` are optional, items
are separated by " | ", and a key point may start with "C4: " to name the competency it feeds (else the row's
first). All mistakes of a set are collected and reported at once, with row and column, or file and field.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from data.bank_files import key_point_id, with_bank_file
from data.code_tasks import TASK_FIELDS, read_task
from data.domain import CATEGORIES, COMPANIONS, COMPETENCIES, LEVELS, KeyPoint, Question, RehearseError

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS_CSV = ROOT / "questions.csv"
BANK = ROOT / "data" / "bank"

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
FEEDS = COMPETENCIES + COMPANIONS
SHORTEST_MINUTES, LONGEST_MINUTES = 0.5, 15.0

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PREFIX = re.compile(rf"({'|'.join(FEEDS)})\s*:\s*", re.IGNORECASE)

Row = dict[str, str]


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


def parse_questions(raw: bytes, name: str, bank: Path | None = None) -> tuple[Question, ...]:
    """The questions in the bytes of a CSV (an upload, say); `name` is what the messages call it."""
    mistakes: list[str] = []
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for number, row in _rows(_decode(raw, name), name, mistakes):
        question = _question(number, row, bank, mistakes)
        if question.id and question.id in seen:
            mistakes.append(_at(number, "id", f"{question.id!r} is already used in row {seen[question.id]}"))
        seen.setdefault(question.id, number)
        questions.append(question)
    if not questions and not mistakes:
        mistakes.append("there is a header row but no question below it")
    if mistakes:
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        listing = "\n".join(f"- {mistake}." for mistake in mistakes)
        raise RehearseError(f"{name} has {count}:\n{listing}\n", "Correct them and load it again.")
    return tuple(questions)


def question_by_id(questions: Sequence[Question], question_id: str) -> Question:
    """The question called `question_id`; RehearseError when the set has none."""
    for question in questions:
        if question.id == question_id:
            return question
    raise RehearseError(
        f"There is no question {question_id!r} in this set.",
        "Choose one from the list; the id is in the first column of the question file.",
    )


# --- from bytes to rows ---------------------------------------------------------------------


def _decode(raw: bytes, name: str) -> str:
    """The text of a CSV in UTF-8, with or without a byte-order mark."""
    remedy = "Save it as 'CSV UTF-8' in your spreadsheet program and load it again."
    if not raw.strip():
        raise RehearseError(f"{name} is empty.", f"It needs a header row: {','.join(REQUIRED_COLUMNS)}.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RehearseError(f"{name} is not UTF-8 text (line {line}).", remedy) from error
    if "\0" in text:
        raise RehearseError(f"{name} is not a CSV: it has binary content.", remedy)
    return text


def _rows(text: str, name: str, mistakes: list[str]) -> Iterator[tuple[int, Row]]:
    """Row number as a spreadsheet counts them (the header is 1), and cells by column name."""
    records = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(records, [])]
        _check_header(header, name)
        for number, cells in enumerate(records, start=2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                mistakes.append(
                    f"row {number}: {len(cells)} cells where the header has {len(header)} "
                    "(put text that holds a separator in double quotes)"
                )
                continue
            yield number, dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        raise RehearseError(
            f"{name} is not a well-formed CSV: near line {records.line_num}, {error}.",
            "Check the double quotes there: a quote inside a text is written twice.",
        ) from error


def _delimiter(text: str) -> str:
    """Comma, or what Excel writes where the comma is the decimal sign: semicolon, or tab."""
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _check_header(header: Sequence[str], name: str) -> None:
    missing = [column for column in REQUIRED_COLUMNS if column not in header]
    unknown = [column for column in header if column not in REQUIRED_COLUMNS + LONG_COLUMNS]
    twice = sorted({column for column in header if header.count(column) > 1})
    parts = [
        f"{label}: {', '.join(repr(column) for column in columns)}"
        for label, columns in (
            ("missing columns", missing),
            ("unknown columns", unknown),
            ("columns given twice", twice),
        )
        if columns
    ]
    if parts:
        raise RehearseError(
            f"The header row (row 1) of {name} is wrong: {'; '.join(parts)}.",
            f"It must be {','.join(REQUIRED_COLUMNS)}, with {', '.join(LONG_COLUMNS)} if you like.",
        )


# --- from a row to a question ---------------------------------------------------------------


def _at(number: int, column: str, problem: str) -> str:
    return f"row {number}, column {column}: {problem}"


def _question(number: int, row: Row, bank: Path | None, mistakes: list[str]) -> Question:
    for column in REQUIRED_COLUMNS[:-1]:
        if not row[column]:
            mistakes.append(_at(number, column, "is empty"))
    for column, known in (("category", CATEGORIES), ("level", LEVELS)):
        if row[column] and row[column] not in known:
            mistakes.append(_at(number, column, f"{row[column]!r} is not one of {', '.join(known)}"))
    slug = _SLUG.fullmatch(row["id"])
    if row["id"] and not slug:
        mistakes.append(
            _at(number, "id", f"{row['id']!r} may only have small letters, digits and single hyphens")
        )
    competencies = _items(row["competencies"], r"[;,]")
    for unknown in (item for item in competencies if item not in FEEDS):
        mistakes.append(_at(number, "competencies", f"{unknown!r} is not one of {', '.join(FEEDS)}"))
    question = Question(
        id=row["id"],
        category=row["category"],
        level=row["level"],
        title=row["title"],
        text=row["question"],
        topic=row["topic"],
        competencies=competencies,
        minutes=_minutes(number, row["minutes"], mistakes),
        tags=_items(row["tags"], r"[;,]"),
    )
    file = bank / f"{question.id}.yaml" if bank is not None and slug else None
    if file is not None and file.is_file():
        mistakes.extend(
            _at(number, column, f"is also given in {file.name}; keep one of the two")
            for column in LONG_COLUMNS
            if row.get(column)
        )
        return with_bank_file(question, file, mistakes)
    return _with_long_columns(question, number, row, mistakes)


def _items(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in re.split(separator, cell) if item.strip())


def _minutes(number: int, cell: str, mistakes: list[str]) -> float:
    """Minutes with a decimal point or comma; 0 stands in for a mistake that has been noted."""
    if not cell:
        return 0.0
    try:
        minutes = float(cell.replace(",", "."))
    except ValueError:
        mistakes.append(_at(number, "minutes", f"{cell!r} is not a number"))
        return 0.0
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        limits = f"{SHORTEST_MINUTES:g} to {LONGEST_MINUTES:g}"
        mistakes.append(_at(number, "minutes", f"{cell} is outside {limits}"))
    return minutes


def _with_long_columns(question: Question, number: int, row: Row, mistakes: list[str]) -> Question:
    texts = _items(row.get("key_points", ""), r"\s\|\s")
    probes = _items(row.get("probes", ""), r"\s\|\s")
    if len(texts) != len(probes):
        mistakes.append(
            _at(number, "probes", f"{len(probes)} probes for {len(texts)} key points; each needs one")
        )
    first = question.competencies[0] if question.competencies else ""
    points: list[KeyPoint] = []
    for index, (text, probe) in enumerate(zip(texts, probes, strict=False), start=1):
        prefix = _PREFIX.match(text)
        competency = _canonical(prefix.group(1)) if prefix else first
        if prefix and competency not in question.competencies:
            problem = f"item {index} feeds {competency}, which is not among the row's competencies"
            mistakes.append(_at(number, "key_points", problem))
        text = text[prefix.end() :] if prefix else text
        points.append(KeyPoint(key_point_id(question, index), text, probe, competency))
    reading = _items(row.get("reading", ""), r"\s\|\s")
    starter, tests = (row.get(field, "").replace("\r\n", "\n") for field in TASK_FIELDS)
    task = read_task(
        starter,
        tests,
        question.category,
        lambda column, problem: mistakes.append(_at(number, column, problem)),
    )
    outline = row.get("outline", "")
    return replace(question, key_points=tuple(points), outline=outline, reading=reading, task=task)


def _canonical(competency: str) -> str:
    return next(known for known in FEEDS if known.lower() == competency.lower())
