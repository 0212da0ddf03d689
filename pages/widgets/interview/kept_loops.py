"""The candidate's interview loops as they are kept, and what became of each sitting."""

from __future__ import annotations

from typing import Literal

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.planning.whole_loop import Sitting, WholeLoop, read, written
from pages.widgets import resources

_PREFIX = "interview-loop:"
Standing = Literal["open", "begun", "done"]


def all_of_mine() -> tuple[WholeLoop, ...]:
    """Every loop of whoever is looking, by name."""
    kept = resources.session().memory.recall_all(resources.candidate_id(), _PREFIX)
    return tuple(sorted(map(read, kept.values()), key=lambda loop: (loop.name, loop.id)))


def keep(loop: WholeLoop) -> None:
    """Keep a loop, or how far it has come."""
    resources.session().memory.remember(resources.candidate_id(), _PREFIX + loop.id, written(loop))


def moved(before: str, after: str) -> None:
    """An interview goes on under another id."""
    for loop in all_of_mine():
        for sitting, interview_id in (loop.taken or {}).items():
            if interview_id == before:
                keep(loop.with_interview(sitting, after))


def forget(loop: WholeLoop) -> None:
    """Drop a loop; its interviews and answers stay."""
    resources.session().memory.forget(resources.candidate_id(), _PREFIX + loop.id)


def interview_of(loop: WholeLoop, sitting: Sitting) -> Interview | None:
    """The interview of a sitting; None when it has not begun or was discarded."""
    interview_id = loop.interview_of(sitting)
    return resources.interviews().find(resources.world(), interview_id) if interview_id else None


def standing(interview: Interview | None) -> Standing:
    """Where a sitting stands."""
    if interview is None:
        return "open"
    return "done" if interview.over else "begun"
