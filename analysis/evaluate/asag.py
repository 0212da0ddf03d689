"""`asag FILE.csv`: a judge's grades beside human ones on a graded question set.

Columns: question, reference, answer, score, score_max, and optionally qid or group. Grades are compared
in the unit of the file after scaling each question to `score_max`; within-question figures take each
question's mean off both sides.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.exam.rater_agreement import (
    group_numbers,
    interval,
    mean_group_pearson,
    pearson,
    quadratic_kappa,
    rmse,
    spearman,
    within_pearson,
)
from data.domain import Answer, KeyPoint, Question, RehearseError, Turn

Grader = Callable[["GradedRow"], float | None]
COLUMNS = ("question", "reference", "answer", "score", "score_max")


@dataclass(frozen=True, slots=True)
class GradedRow:
    """One answer with its human grade, 0..`score_max`."""

    group: str
    question: str
    reference: str
    answer: str
    score: float
    score_max: float


def main(argv: Sequence[str]) -> int:
    """Read the file, grade every row, print (and write) the figures."""
    parser = argparse.ArgumentParser(prog="asag", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--scorer", choices=("judge",), default="judge")
    parser.add_argument("--json", type=Path, metavar="OUT")
    arguments = parser.parse_args(argv)
    grader = _grade_by_levels(arguments.scorer)
    rows = read_rows(arguments.file)
    text = json.dumps(measure(rows, [grader(row) for row in rows]), indent=2)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return 0


def read_rows(path: Path) -> tuple[GradedRow, ...]:
    """The rows of a CSV file; a mistake is named by its line."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise RehearseError(f"{path.name} has no column {', '.join(missing)}.", "Add it.")
            return tuple(_row(raw, path.name, reader.line_num) for raw in reader)
    except (OSError, UnicodeDecodeError) as error:
        raise RehearseError(f"{path.name} cannot be read: {error}.", "Give a CSV file in UTF-8.") from error


def measure(rows: Sequence[GradedRow], grades: Sequence[float | None]) -> dict[str, Any]:
    """All figures over the rows that got a grade; None where there is nothing to compute."""
    scored = [(row, grade) for row, grade in zip(rows, grades, strict=True) if grade is not None]
    top = float(np.median([row.score_max for row in rows])) if rows else 1.0
    human = np.array([row.score / row.score_max * top for row, _ in scored])
    given = np.array([grade * top for _, grade in scored])
    groups = group_numbers([row.group for row, _ in scored])
    n = len(scored)
    return {
        "n": len(rows),
        "pearson": _rounded(pearson(given, human)),
        "pearson_interval": interval(lambda at: pearson(given[at], human[at]), n),
        "spearman": _rounded(spearman(given, human)),
        "rmse": _rounded(rmse(given, human)),
        "rmse_interval": interval(lambda at: rmse(given[at], human[at]), n),
        "qwk": _rounded(quadratic_kappa(np.round(given), np.round(human))),
        "within_pearson": _rounded(within_pearson(given, human, groups)),
        "within_pearson_interval": interval(lambda at: within_pearson(given[at], human[at], groups[at]), n),
        "mean_question_pearson": _rounded(mean_group_pearson(given, human, groups)),
        "unscored": len(rows) - n,
        "questions": len(set(groups.tolist())),
    }


def _row(raw: dict[str, str], name: str, line: int) -> GradedRow:
    try:
        score, top = float(raw["score"]), float(raw["score_max"])
    except (TypeError, ValueError) as error:
        raise RehearseError(f"{name}, line {line}: score and score_max must be numbers.") from error
    if not top > 0 or not math.isfinite(score / top):
        raise RehearseError(f"{name}, line {line}: score_max must be above zero, and both must be finite.")
    group = raw.get("qid") or raw.get("group") or raw["question"] or ""
    return GradedRow(group, raw["question"] or "", raw["reference"] or "", raw["answer"] or "", score, top)


def _grade_by_levels(name: str) -> Grader:
    """A scorer that knows levels only: the reference is one key point, levels 1-4 become 0-1."""
    from analysis.scoring.scorers import make_scorer

    scorer = make_scorer(name)

    def graded(row: GradedRow) -> float | None:
        point = KeyPoint("reference", row.reference, "", "C2")
        question = Question(
            row.group, "distributed_systems", "junior", "", row.question, "", ("C2",), 2.0, (point,)
        )
        turns = (Turn(0, "interviewer", row.question), Turn(1, "candidate", row.answer))
        scores = scorer.score(Answer(question, turns)).scores
        level = next((score.level for score in scores if score.criterion == "C2"), None)
        return None if level is None else (level - 1) / 3

    return graded


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
