"""`answers FILE.jsonl --scorer reader|judge`: points, levels and claims beside labelled ones.

The form of a line is that of `data/exam/answers.jsonl`. Questions are those of `--questions`, of a
`questions.jsonl` beside the file, of the exam, or of the bank, the first that has them. A second rating is
taken from `--second`, or from a `second.jsonl` beside the file. `analysis.exam.exam_figures` says what each
figure is.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.exam.constructed_answers import (
    read_answers,
    read_questions,
    read_ratings,
    shipped_questions,
)
from analysis.exam.sitting import sit
from analysis.scoring.scorers import SCORERS, make_scorer
from data.domain import Question
from data.questions import load_questions


def main(argv: Sequence[str]) -> int:
    """Read the file, score every answer, print (and write) the figures."""
    parser = argparse.ArgumentParser(prog="answers", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--scorer", choices=sorted(SCORERS), default="reader")
    parser.add_argument("--questions", type=Path, metavar="JSONL")
    parser.add_argument("--second", type=Path, metavar="JSONL")
    parser.add_argument("--json", type=Path, metavar="OUT")
    arguments = parser.parse_args(argv)
    rows = read_answers(arguments.file, questions_for(arguments.file, arguments.questions))
    second = read_ratings(arguments.second or arguments.file.with_name("second.jsonl"), rows)
    tell(sit(make_scorer(arguments.scorer), rows, second=second).figures, arguments.json)
    return 0


def questions_for(file: Path, named: Path | None = None) -> tuple[Question, ...]:
    """The questions that a file of answers may be about; of two with the same id the first counts."""
    beside = file.with_name("questions.jsonl")
    near = read_questions(named or beside) if named or beside.is_file() else ()
    found = {one.id: one for one in (*load_questions(), *shipped_questions(), *near)}
    return tuple(found.values())


def tell(figures: dict[str, Any], out: Path | None) -> None:
    """Print the figures, and write them where asked."""
    text = json.dumps(figures, indent=2)
    print(text)
    if out:
        out.write_text(text + "\n", encoding="utf-8")
