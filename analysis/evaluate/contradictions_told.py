"""`polarity [FILE.jsonl]`: right sentences called the opposite of a point, and wrong ones told so, offline.

A row: question_id, question, key_points, part ("tuning" or "held_back"), right (sentences), wrong (objects
with `said` and `point`, the index of the point it contradicts). Three ways to look, each harder than the one
before: the right sentences of a question as one answer to the whole scorer; each sentence by itself, without
the gates for short answers, as it is within a longer one; each beside every point of its question, whether
or not the scorer would hear that point in it (`beside_points`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.reading.contradiction import is_denied
from analysis.reading.found import hear
from analysis.reading.placed import place, said
from analysis.scoring.offline import OfflineScorer
from data.domain import Answer, KeyPoint, Question, Turn
from data.json_lines import read_objects

GOLD = Path(__file__).parent / "gold" / "polarity.jsonl"
"""Sentences written without knowing the rules, every other question held back; not human-graded."""
CRITERION = "C1"
"""Any: what contradicts does not depend on the competency that a point feeds."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sentence and the index of the point that it contradicts."""

    said: str
    point: int


@dataclass(frozen=True, slots=True)
class PolarityRow:
    """One question with what is right and what is wrong to say."""

    question: Question
    part: str
    right: tuple[str, ...]
    wrong: tuple[Wrong, ...]


def main(argv: Sequence[str]) -> int:
    """Read the file, judge every sentence, print (and write) the figures of each part."""
    parser = argparse.ArgumentParser(prog="polarity", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=GOLD, help="the set that ships, when left out")
    parser.add_argument("--part", help="only this part")
    parser.add_argument("--json", type=Path, metavar="OUT")
    arguments = parser.parse_args(argv)
    rows = read_rows(arguments.file)
    parts = [arguments.part] if arguments.part else sorted({row.part for row in rows})
    text = json.dumps({part: measure([r for r in rows if r.part == part]) for part in parts}, indent=2)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return 0


def read_rows(path: Path = GOLD) -> tuple[PolarityRow, ...]:
    """The rows of a JSONL file; a mistake is named by its line."""
    return read_objects(path, _row, "question_id, question, key_points, part, right and wrong")


def measure(rows: Sequence[PolarityRow]) -> dict[str, Any]:
    """Counts of sentences, with the right ones that were called an opposite."""
    right = [(row.question, sentence) for row in rows for sentence in row.right]
    alarms = [
        {"said": sentence, "point": question.key_points[at].text}
        for question, sentence in right
        for at in beside_points(question, sentence)
    ]
    return {
        "right": len(right),
        "called_opposite_in_answers": sum(len(_denied_of_answer(row)) for row in rows),
        "called_opposite": sum(bool(denied(question, sentence)) for question, sentence in right),
        "called_opposite_beside_points": len({alarm["said"] for alarm in alarms}),
        "wrong": sum(len(row.wrong) for row in rows),
        "told": sum(one.point in denied(row.question, one.said) for row in rows for one in row.wrong),
        "alarms": alarms,
    }


def denied(question: Question, sentence: str) -> tuple[int, ...]:
    """Indices of the points this sentence is said to contradict."""
    placed = place(_answer(question, sentence))
    heard = hear(placed.points, placed.said, placed.given)
    return tuple(at for at, one in enumerate(heard) if one.status == "contradicted")


def beside_points(question: Question, sentence: str) -> tuple[int, ...]:
    """Indices of the points it would contradict if each of them were heard in it."""
    heard = said(sentence)
    points = [said(point.text, remember=True) for point in question.key_points]
    return tuple(at for at, point in enumerate(points) if is_denied(point, heard, heard))


def _denied_of_answer(row: PolarityRow) -> list[str]:
    assessment = OfflineScorer().score(_answer(row.question, " ".join(row.right)))
    return [one.key_point.text for one in assessment.key_points if one.status == "contradicted"]


def _answer(question: Question, text: str) -> Answer:
    return Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", text)))


def _row(raw: Mapping[str, Any], _number: int) -> PolarityRow:
    points = tuple(KeyPoint(f"p{at}", str(text), "", CRITERION) for at, text in enumerate(raw["key_points"]))
    wrong = tuple(Wrong(str(one["said"]), int(one["point"])) for one in raw["wrong"])
    if any(not 0 <= one.point < len(points) for one in wrong):
        raise ValueError(f"a point that the question does not have, of {len(points)}")
    question = Question(
        id=str(raw["question_id"]),
        category="system_design",
        level="senior",
        title="",
        text=str(raw["question"]),
        topic="",
        competencies=(CRITERION,),
        minutes=5.0,
        key_points=points,
    )
    return PolarityRow(question, str(raw["part"]), tuple(map(str, raw["right"])), wrong)
