"""Where one candidate stands with one assignment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, inf

from data.domain import Attempt
from data.domain.cohort import MOCK, Assignment
from data.domain.kept import KeptInterview

_COUNTS = ("scored", "unscored", "captured")


@dataclass(frozen=True, slots=True)
class AssignmentStatus:
    """Which questions are answered, which can still be, and which cannot any more, and that in a sentence."""

    done: tuple[str, ...]
    missing: tuple[str, ...]
    used_up: tuple[str, ...]
    """Questions whose takes are all used without one that counts."""
    sentence: str


def status_of(
    assignment: Assignment,
    attempts: Sequence[Attempt],
    now: datetime,
    interviews: Sequence[KeptInterview] = (),
    seconds: Mapping[str, float] | None = None,
) -> AssignmentStatus:
    """What was answered since the assignment was made; an unscored answer is an answer.

    A question is answered by one of its first takes that keeps to the minutes, rounded up; `seconds` says how
    long each spoken answer is, by attempt. The query `cohort_completion` counts the same for instructors. A
    mock interview is done once one that was begun since then is over.
    """
    since, longest = assignment.created_at, ceil(assignment.minutes) if assignment.minutes else inf
    takes: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in sorted(attempts, key=lambda one: (one.started_at, one.id)):
        if attempt.status in _COUNTS and attempt.started_at >= since:
            takes[attempt.question_id].append(attempt)
    lengths = seconds or {}
    answered = {
        question
        for question, found in takes.items()
        if any(ceil(lengths.get(one.id, 0.0) / 60) <= longest for one in found[: assignment.takes])
    }
    if any(interview.over and interview.started_at >= since for interview in interviews):
        answered.add(MOCK)
    done = tuple(question for question in assignment.questions if question in answered)
    left = [question for question in assignment.questions if question not in answered]
    used_up = tuple(question for question in left if len(takes[question]) >= assignment.takes)
    missing = tuple(question for question in left if question not in used_up)
    said = _sentence(assignment, len(done), len(used_up), bool(missing), now)
    return AssignmentStatus(done, missing, used_up, said)


def _sentence(assignment: Assignment, done: int, used_up: int, open_: bool, now: datetime) -> str:
    count = f"{done} of {len(assignment.questions)} answered"
    count += f", {used_up} with no take left" if used_up else ""
    if assignment.is_mock:
        count = "a whole mock interview" if open_ else "a mock interview"
    limit = f", up to {assignment.minutes:g} minutes each" if assignment.minutes else ""
    takes = f"{assignment.takes} takes at most" if assignment.takes > 1 else "one take"
    if not open_ and used_up:
        return f"{count[0].upper()}{count[1:]}: only the first takes within the limit count."
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
