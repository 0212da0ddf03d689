"""The candidate's own list of questions to practise, in their order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.next_up.suggestions import Seen


@dataclass(frozen=True, slots=True)
class Planned:
    """One question somebody wants to practise, and since when."""

    question_id: str
    since: date


def still_open(planned: Iterable[Planned], seen: Iterable[Seen]) -> tuple[Planned, ...]:
    """What has not been answered after the day it was planned on.

    Days are all that is known of the last answer: one of the same day may have come before the plan.
    """
    last = {one.question_id: one.last_on for one in seen}
    return tuple(one for one in planned if one.question_id not in last or last[one.question_id] <= one.since)


def with_question(planned: Sequence[Planned], question_id: str, today: date) -> tuple[Planned, ...]:
    """The list with a question at its end; one that is there already stays where it is."""
    if any(one.question_id == question_id for one in planned):
        return tuple(planned)
    return (*planned, Planned(question_id, today))


def without_question(planned: Iterable[Planned], question_id: str) -> tuple[Planned, ...]:
    """The list without a question."""
    return tuple(one for one in planned if one.question_id != question_id)


def moved_up(planned: Sequence[Planned], question_id: str) -> tuple[Planned, ...]:
    """The list with a question one place earlier."""
    place = next((at for at, one in enumerate(planned) if one.question_id == question_id), 0)
    if place == 0:
        return tuple(planned)
    return (*planned[: place - 1], planned[place], planned[place - 1], *planned[place + 1 :])
