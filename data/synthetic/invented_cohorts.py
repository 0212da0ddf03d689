"""Invented cohorts: people who improve, stand still, stop, or were set something and did not do it.

Ids begin with "sample-", names with "Invented", the cohorts are marked synthetic and so is every answer.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from data.access import SAMPLE_PREFIX
from data.domain import AttemptResult, Question
from data.domain.cohort import Assignment, Cohort, Person
from data.synthetic.invented_answers import Plan, synthetic_results

_WEEKS = 8
_ASKED = ("system_design", "distributed_systems", "data_infrastructure", "operations", "capacity")
_SEASONS = ("spring", "autumn", "winter", "summer")


@dataclass(frozen=True, slots=True)
class InventedCohort:
    """A cohort with its candidates, what they answered and what they are set."""

    cohort: Cohort
    people: tuple[Person, ...]
    results: tuple[AttemptResult, ...]
    assignment: Assignment


def invented_cohorts(
    questions: Sequence[Question], until: datetime, cohorts: int = 2, candidates: int = 14, sessions: int = 7
) -> tuple[InventedCohort, ...]:
    """The same arguments give the same cohorts; their last week ends at `until`."""
    return tuple(_cohort(number, questions, until, candidates, sessions) for number in range(cohorts))


def _cohort(
    number: int, questions: Sequence[Question], until: datetime, candidates: int, sessions: int
) -> InventedCohort:
    dice = random.Random(f"cohort/{number}")
    name = f"Invented cohort, {_SEASONS[number % len(_SEASONS)]} {2026 + number // len(_SEASONS)}"
    cohort = Cohort(f"{SAMPLE_PREFIX}cohort-{number}", name, synthetic=True)
    began = until - timedelta(weeks=_WEEKS + 1)
    people = tuple(
        Person(
            f"{SAMPLE_PREFIX}{number}-{place:03d}", f"Invented person {place + 1:02d}", "", "candidate", began
        )
        for place in range(candidates)
    )
    designs = [one for one in questions if one.category in _ASKED] or list(questions)
    asked = dice.sample(designs, min(14, len(designs)))
    results = tuple(
        result for person in people for result in _practice(dice, person, asked, until, sessions, number)
    )
    assignment = Assignment(
        f"{cohort.id}-week",
        cohort.id,
        "Two designs and an incident",
        _set(results, until),
        3,
        15.0,
        until + timedelta(days=1, hours=5),
        until - timedelta(weeks=4),
    )
    return InventedCohort(cohort, people, results, assignment)


def _set(results: Sequence[AttemptResult], until: datetime) -> tuple[str, ...]:
    """The three questions that most of them answered lately, so that some have finished."""
    lately = {
        (result.attempt.question_id, result.attempt.candidate_id)
        for result in results
        if result.attempt.started_at >= until - timedelta(weeks=4)
    }
    counted = Counter(question for question, _ in sorted(lately))
    return tuple(question for question, _ in counted.most_common(3))


def _practice(
    dice: random.Random,
    person: Person,
    asked: Sequence[Question],
    until: datetime,
    sessions: int,
    seed: int,
) -> tuple[AttemptResult, ...]:
    kind = dice.choices(("steady", "stopped", "backwards", "new"), (6, 2, 1, 1))[0]
    quiet = timedelta(days=dice.uniform(12, 30) if kind == "stopped" else dice.uniform(0, 4))
    plan = Plan(
        person.id,
        sessions=2 if kind == "new" else max(2, sessions + dice.randint(-2, 2)),
        answers_per_session=2,
        weeks=1.5 if kind == "new" else _WEEKS - quiet.days / 7,
        until=until - quiet,
        seed=seed,
    )
    results = synthetic_results(plan, asked)
    if kind != "backwards":
        return results
    times = [result.attempt.started_at for result in reversed(results)]
    return tuple(
        replace(result, attempt=replace(result.attempt, started_at=moment))
        for result, moment in zip(results, times, strict=True)
    )
