"""A question of which one part is asked: what a drill puts, known again by its words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.domain import KeyPoint, Misconception, Question, Turn
from data.rubrics import load_rubric

ROUND_MINUTES = 1.6
"""What one question of a drill may take: one part of an answer, not a design."""


def cut_down(question: Question, competency: str, title: str) -> Question:
    """The question with only what it asks of one competency; its id stays, so that it counts as seen."""
    points = points_for(question, competency)
    return replace(
        question,
        text=f"{question.text}\n\n{_only(title)}",
        competencies=(competency,),
        minutes=ROUND_MINUTES,
        key_points=points,
        misconceptions=tuple(_moved(one, question.key_points, points) for one in question.misconceptions),
    )


def as_asked(question: Question, turns: Sequence[Turn]) -> Question:
    """The question as these turns put it: cut down when they are a drill's. Its title is the competency's."""
    asked = turns[0].text if turns and turns[0].speaker == "interviewer" else ""
    if asked == question.text:
        return question
    for criterion in load_rubric().criteria:
        if asked.endswith(_only(criterion.title)) and points_for(question, criterion.id):
            return cut_down(question, criterion.id, criterion.title)
    return question


def _moved(claim: Misconception, before: Sequence[KeyPoint], points: Sequence[KeyPoint]) -> Misconception:
    """The claim with the place its key point has among `points`; none where it is not asked for."""
    at = claim.contradicts
    point = before[at - 1] if at and at <= len(before) else None
    return replace(claim, contradicts=points.index(point) + 1 if point in points else None)


def _only(title: str) -> str:
    return f"Answer only this part of it: {title.lower()}."


def points_for(question: Question, competency: str) -> tuple[KeyPoint, ...]:
    """The key points of the question that feed this competency."""
    return tuple(point for point in question.key_points if point.competency == competency)
