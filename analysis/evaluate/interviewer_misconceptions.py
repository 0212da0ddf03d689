"""Wrong claims that are challenged, and their right neighbours that are, each said alone to its question.

A row has `question_id`, `wrong` and `near_right`. A challenge is a `challenge_wrong` the planner decides on,
whatever made it: a known misconception, a sum that does not come out, a claim without exception.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.interview.facts.answer_facts import reply_to
from analysis.interview.listener.listener import listen
from analysis.interview.planner.next_move import plan
from analysis.interview.planner.standing import Standing
from analysis.interview.speaker.line import line_for
from data.domain import Answer, Question, Turn
from data.questions import question_by_id


@dataclass(frozen=True, slots=True)
class Tested:
    """Whether one claim and its right neighbour were challenged, and the line that was said to the claim.

    `known`: whether the question's list had the claim.
    """

    question_id: str
    challenged: bool
    known: bool
    false: bool
    line: str
    wrong: str


def measured(
    rows: Sequence[Mapping[str, Any]], questions: Sequence[Question]
) -> tuple[dict[str, Any], list[str]]:
    """The figures, and a line for each claim."""
    tested = claims_tested(rows, questions)
    return figures(tested), [_told(one) for one in tested]


def claims_tested(rows: Sequence[Mapping[str, Any]], questions: Sequence[Question]) -> tuple[Tested, ...]:
    """Every row, each claim taken on its own."""
    found = []
    for row in rows:
        question = question_by_id(questions, row["question_id"])
        challenged, known, line = _challenge(question, row["wrong"])
        false, _, _ = _challenge(question, row["near_right"])
        found.append(Tested(question.id, challenged, known, false, line, row["wrong"]))
    return tuple(found)


def figures(tested: Sequence[Tested]) -> dict[str, Any]:
    """The JSON document."""
    n = len(tested)
    return {
        "n": n,
        "challenged": round(sum(one.challenged for one in tested) / n, 3) if n else None,
        "false": round(sum(one.false for one in tested) / n, 3) if n else None,
        "known": round(sum(one.known for one in tested) / n, 3) if n else None,
    }


def _told(one: Tested) -> str:
    marks = (
        "challenged" if one.challenged else "-",
        "known" if one.known else "",
        "FALSE" if one.false else "",
    )
    return f"{one.question_id:28} {' '.join(marks):24} {one.wrong} → {one.line}"


def _challenge(question: Question, said: str) -> tuple[bool, bool, str]:
    answer = Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", said)))
    standing = Standing(question, question.level, asked=(question.text,), said=said)
    reply = reply_to(said, question)
    if reply is not None:
        return False, False, reply.text
    move = plan(listen(answer), standing)
    return move.kind == "challenge_wrong", move.misconception is not None, line_for(move, standing)
