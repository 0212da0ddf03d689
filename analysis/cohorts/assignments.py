"""Where one candidate stands with one assignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.domain import Attempt
from data.domain.cohort import MOCK, Assignment
from data.domain.kept import KeptInterview

_COUNTS = ("scored", "unscored", "captured")


@dataclass(frozen=True, slots=True)
class AssignmentStatus:
    """Which questions are answered and which are missing, in order, and that in a sentence."""

    done: tuple[str, ...]
    missing: tuple[str, ...]
    used_up: tuple[str, ...]
    """Questions with more takes than were asked for; only the first ones count."""
    sentence: str


def status_of(
    assignment: Assignment,
    attempts: Sequence[Attempt],
    now: datetime,
    interviews: Sequence[KeptInterview] = (),
) -> AssignmentStatus:
    """What was answered since the assignment was made; an unscored answer is an answer.

    A mock interview is done once one that was begun since then is over.
    """
    since = assignment.created_at
    takes = Counter(
        attempt.question_id
        for attempt in attempts
        if attempt.status in _COUNTS and attempt.started_at >= since
    )
    takes[MOCK] = sum(interview.over and interview.started_at >= since for interview in interviews)
    done = tuple(question for question in assignment.questions if takes[question])
    missing = tuple(question for question in assignment.questions if not takes[question])
    used_up = tuple(question for question in done if takes[question] > assignment.takes)
    return AssignmentStatus(done, missing, used_up, _sentence(assignment, len(done), bool(missing), now))


def _sentence(assignment: Assignment, done: int, open_: bool, now: datetime) -> str:
    count = f"{done} of {len(assignment.questions)} answered"
    if assignment.is_mock:
        count = "a whole mock interview" if open_ else "a mock interview"
    limit = f", up to {assignment.minutes:g} minutes each" if assignment.minutes else ""
    takes = f"{assignment.takes} takes at most" if assignment.takes > 1 else "one take"
    if not open_:
        return f"Done: {count}."
    due = assignment.due_at.astimezone(now.tzinfo)
    left = due - now
    count = count[0].upper() + count[1:]
    if left < timedelta():
        return f"{count}; was due {due:%d %b %Y, %H:%M}. It can still be answered."
    nights = (due.date() - now.date()).days
    days = f"in {nights} day{'s' if nights != 1 else ''}" if nights else "today"
    return f"{count}; due {days} ({due:%d %b %Y, %H:%M}); {takes}{limit}."
