"""The plan of a mock interview: which questions, in which order, with how much time. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.domain import LEVELS, Question, RehearseError

LENGTHS_MINUTES = (5, 10, 15)
MAX_MINUTES = 15
REST = timedelta(days=14)
"""A question seen this recently is not asked again unless it is asked for."""
ARCHITECTURAL = frozenset({"system_design", "distributed_systems", "data_infrastructure"})
ORDER = (
    "experience",
    "coding",
    "capacity",
    "distributed_systems",
    "data_infrastructure",
    "system_design",
    "operations",
    "behavioral",
)
"""Rounds go from warm-up to story, as a loop does."""
_OPENING_AND_CLOSING_MINUTES = 0.5
_LOOPS: Mapping[int, tuple[str, ...]] = {
    5: ("system_design",),
    10: ("distributed_systems", "system_design"),
    15: ("data_infrastructure", "system_design", "operations"),
}


@dataclass(frozen=True, slots=True)
class Round:
    """One question and the minutes it may take, probes included."""

    question: Question
    minutes: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The rounds of one mock interview."""

    rounds: tuple[Round, ...]

    @property
    def minutes(self) -> float:
        """All rounds with greeting and closing; never more than 15."""
        return sum(planned.minutes for planned in self.rounds) + _OPENING_AND_CLOSING_MINUTES


def make_plan(
    questions: Sequence[Question],
    *,
    level: str,
    minutes: int,
    now: datetime,
    seen: Mapping[str, datetime] | None = None,
    category: str | None = None,
    weak: Sequence[str] = (),
    style: str | None = None,
    seed: int = 0,
) -> Plan:
    """Choose the rounds. `seen` maps question ids to when they were last asked; `weak` are competencies.

    `category` asks for that category alone; `style` prefers questions tagged so ("startup", "faang").
    Raises RehearseError when the bank has too few questions for what is asked.
    """
    if minutes not in LENGTHS_MINUTES:
        raise RehearseError(f"A mock takes 5, 10 or 15 minutes, not {minutes}.", "Choose one of the three.")
    rested = [question for question in questions if _is_rested(question, seen or {}, now)]
    chance = random.Random(seed)
    wanted = (category,) * len(_LOOPS[minutes]) if category else _LOOPS[minutes]
    chosen: list[Question] = []
    for kind in wanted:
        fitting = [q for q in rested if q.category == kind and q not in chosen]
        if not fitting:
            raise RehearseError(
                f"There is no {kind.replace('_', ' ')} question left that you have not seen in two weeks.",
                "Choose another focus, or practise that question again on its own.",
            )
        chosen.append(min(fitting, key=lambda q: (_distance(q, level, weak, style), chance.random())))
    chosen.sort(key=lambda question: ORDER.index(question.category))
    return Plan(_share_time(chosen, minutes - _OPENING_AND_CLOSING_MINUTES))


def _is_rested(question: Question, seen: Mapping[str, datetime], now: datetime) -> bool:
    last = seen.get(question.id)
    return last is None or now - last >= REST


def _distance(question: Question, level: str, weak: Sequence[str], style: str | None) -> float:
    """Smaller fits better: the level first, then the weak competencies, then the style."""
    steps = abs(LEVELS.index(question.level) - LEVELS.index(level))
    helps = len(set(weak) & {point.competency for point in question.key_points})
    return steps - 0.3 * helps - (0.2 if style and style in question.tags else 0.0)


def _share_time(questions: Sequence[Question], minutes: float) -> tuple[Round, ...]:
    """Time in proportion to what each question usually takes."""
    usual = sum(question.minutes for question in questions)
    scale = min(1.0, minutes / usual)
    return tuple(Round(question, round(question.minutes * scale, 2)) for question in questions)
