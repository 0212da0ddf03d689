"""Changing a plan before it is played: another question, one round fewer, a chosen question. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from analysis.interview.planning.plan import Plan, Wish, available, beside, change_rounds, fit, too_few
from data.domain import Question, RehearseError


def swap_round(
    plan: Plan,
    at: int,
    questions: Sequence[Question],
    wish: Wish,
    *,
    now: datetime,
    seen: Mapping[str, datetime] | None = None,
    seed: int = 0,
) -> Plan:
    """Another question of the same category in round `at` (from 0), none that was swapped away before."""
    old = _question(plan, at)
    others = [planned.question for planned in plan.rounds if planned.question.id != old.id]
    free = [
        question
        for question in beside(available(questions, wish, now, seen or {}), others)
        if question.category == old.category and question.id not in (old.id, *plan.dropped)
    ]
    if not free:
        raise too_few(old.category)
    chance = random.Random(seed)
    return put_round(plan, at, max(free, key=lambda question: (fit(question, wish), chance.random())))


def put_round(plan: Plan, at: int, question: Question) -> Plan:
    """This very question in round `at`, however recently it was seen."""
    old = _question(plan, at)
    rounds = [planned.question for planned in plan.rounds]
    if question.id in (other.id for place, other in enumerate(rounds) if place != at):
        raise RehearseError(f"{question.title!r} is already in this plan.", "Choose another question.")
    rounds[at] = question
    return change_rounds(plan, rounds, (old.id,))


def remove_round(plan: Plan, at: int) -> Plan:
    """One round fewer; the time goes to the others, up to what each usually takes."""
    removed = _question(plan, at)
    if len(plan.rounds) == 1:
        raise RehearseError("This is the only question of the plan.", "Swap it instead.")
    rest = [planned.question for planned in plan.rounds if planned.question.id != removed.id]
    return change_rounds(plan, rest, (removed.id,))


def described(plan: Plan) -> tuple[str, ...]:
    """One line for each round: number, category, title, minutes."""
    return tuple(
        f"{number}. {planned.question.category.replace('_', ' ').capitalize()}: {planned.question.title} "
        f"({planned.minutes:.1f} min)"
        for number, planned in enumerate(plan.rounds, start=1)
    )


def _question(plan: Plan, at: int) -> Question:
    if not 0 <= at < len(plan.rounds):
        raise RehearseError(f"The plan has no round {at + 1}.", f"It has {len(plan.rounds)}.")
    return plan.rounds[at].question
