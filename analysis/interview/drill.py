"""A drill: one competency, many short questions, each cut down to what it asks of that competency. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from analysis.interview.plan import LENGTHS_MINUTES, Plan, Wish, available, change_rounds, fit
from data.domain import KeyPoint, Question, RehearseError, Turn
from data.rubrics import load_rubric

ROUND_MINUTES = 1.6
"""What one question of a drill may take: one part of an answer, not a design."""
FEWEST_POINTS = 1


def make_drill(
    questions: Sequence[Question],
    competency: str,
    title: str,
    wish: Wish,
    *,
    now: datetime,
    seen: Mapping[str, datetime] | None = None,
    seed: int = 0,
) -> Plan:
    """As many questions on `competency` (its name is `title`) as fit into the minutes wished.

    Raises RehearseError when fewer than two are left that were not asked lately.
    """
    if wish.minutes not in LENGTHS_MINUTES:
        raise RehearseError(f"A drill takes 5, 10 or 15 minutes, not {wish.minutes}.", "Choose one of these.")
    chance = random.Random(seed)
    free = available(questions, wish, now, seen or {})
    fitting = [one for one in free if len(_points(one, competency)) >= FEWEST_POINTS]
    if len(fitting) < 2:
        raise RehearseError(
            f"There are too few questions on {title.lower()} that you have not seen in two weeks.",
            "Choose another competency, or allow questions you have seen.",
        )
    order = sorted(fitting, key=lambda one: (fit(one, wish), _share(one, competency), chance.random()))
    count = max(2, int(wish.minutes / ROUND_MINUTES))
    chosen = [cut_down(one, competency, title) for one in reversed(order[-count:])]
    return change_rounds(Plan((), float(wish.minutes)), chosen)


def cut_down(question: Question, competency: str, title: str) -> Question:
    """The question with only what it asks of one competency; its id stays, so that it counts as seen."""
    return replace(
        question,
        text=f"{question.text}\n\n{_only(title)}",
        competencies=(competency,),
        minutes=ROUND_MINUTES,
        key_points=_points(question, competency),
    )


def as_asked(question: Question, turns: Sequence[Turn]) -> Question:
    """The question as these turns put it: cut down when they are a drill's. Its title is the competency's."""
    asked = turns[0].text if turns and turns[0].speaker == "interviewer" else ""
    if asked == question.text:
        return question
    for criterion in load_rubric().criteria:
        if asked.endswith(_only(criterion.title)) and _points(question, criterion.id):
            return cut_down(question, criterion.id, criterion.title)
    return question


def _only(title: str) -> str:
    return f"Answer only this part of it: {title.lower()}."


def _points(question: Question, competency: str) -> tuple[KeyPoint, ...]:
    return tuple(point for point in question.key_points if point.competency == competency)


def _share(question: Question, competency: str) -> float:
    return len(_points(question, competency)) / max(1, len(question.key_points))
