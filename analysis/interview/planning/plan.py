"""The plan of a mock interview: which questions, in which order, with how much time. Pure."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from data.domain import CATEGORIES, LEVELS, Question, RehearseError
from data.questions import question_by_id

MOST = 2
STRONG = 3.3
"""From this level on a competency needs no special practice."""


LENGTHS_MINUTES = (5, 10, 15)
REST = timedelta(days=14)
"""A question seen this recently is not asked again unless it is asked for."""
OPENING_SECONDS = 15.0
CLOSING_SECONDS = 15.0
ARCHITECTURAL = ("system_design", "distributed_systems", "data_infrastructure")
ORDER = (
    "experience",
    "coding",
    "code_reading",
    "ai_coding",
    "capacity",
    "distributed_systems",
    "data_infrastructure",
    "system_design",
    "operations",
    "debugging",
    "behavioral",
)
"""Rounds go from warm-up to story, as a loop does."""
Style = Literal["startup", "faang"]

_TESTS_COMPETENCY: Mapping[str, tuple[str, ...]] = {
    "distributed_systems": ("C2", "C4"),
    "data_infrastructure": ("C3", "C2"),
    "capacity": ("C5",),
    "operations": ("C6", "C4"),
    "coding": ("coding",),
    "code_reading": ("code_reading",),
    "ai_coding": ("ai_coding",),
    "debugging": ("debugging",),
    "experience": ("experience",),
    "behavioral": ("behavioral",),
}
"""What a round of each category tells most about (the rubric's table); system design tests all six."""
_SUITS: Mapping[str, tuple[str, ...]] = {
    "junior": ("coding", "experience"),
    "mid": ("coding", "capacity"),
    "senior": ("operations", "behavioral"),
    "staff": ("operations", "distributed_systems", "behavioral"),
    "faang": ("distributed_systems", "coding"),
    "startup": ("data_infrastructure", "operations", "experience"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the candidate wants to rehearse.

    `role` and `style` are tags that are preferred, `level` one of LEVELS. The focus is everything, or one
    `category`, or the `weak` competencies (C1-C6, companions). `asked_for` are question ids to include
    however recently they were seen; `repeat_seen` lifts the two weeks' rest altogether.
    """

    level: str = "mid"
    minutes: int = 15
    role: str | None = None
    style: Style | None = None
    category: str | None = None
    weak: tuple[str, ...] = ()
    asked_for: tuple[str, ...] = ()
    repeat_seen: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """One question and the minutes it may take, probes included."""

    question: Question
    minutes: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The rounds of one mock interview, and the minutes that nothing may exceed.

    `dropped` are the questions that were swapped away, so that a second swap does not bring them back.
    """

    rounds: tuple[Round, ...]
    limit_minutes: float
    dropped: tuple[str, ...] = ()
    level: str = "mid"
    """The level it is held against."""

    @property
    def minutes(self) -> float:
        """All rounds with greeting and closing; at most `limit_minutes`."""
        edges = (OPENING_SECONDS + CLOSING_SECONDS) / 60
        return round(min(self.limit_minutes, sum(planned.minutes for planned in self.rounds) + edges), 2)

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know about this plan before starting."""
        architectural = sum(planned.question.category in ARCHITECTURAL for planned in self.rounds)
        if self.limit_minutes < max(LENGTHS_MINUTES) or architectural >= 2:
            return ()
        return ("A full loop has at least two rounds on architecture; this plan has fewer.",)


def make_plan(
    questions: Sequence[Question],
    wish: Wish,
    *,
    now: datetime,
    seen: Mapping[str, datetime] | None = None,
    seed: int = 0,
) -> Plan:
    """Choose the rounds. `seen` maps question ids to when they were last asked.

    Raises RehearseError when the wish cannot be read or the bank has too few questions for it.
    """
    check_wish(wish)
    chance = random.Random(seed)
    free = available(questions, wish, now, seen or {})
    wanted = [question_by_id(questions, name) for name in dict.fromkeys(wish.asked_for)]
    chosen = wanted[: _rounds(wish)]
    there = {question.category for question in free}
    for category in _categories(wish, chosen, there, chance):
        chosen.append(_choose(free, category, wish, chosen, chance))
    chosen.sort(key=lambda question: ORDER.index(question.category))
    return Plan(share_time(chosen, wish.minutes), float(wish.minutes), level=wish.level)


def check_wish(wish: Wish) -> None:
    """Raise RehearseError for a length, level or category that does not exist."""
    if wish.minutes not in LENGTHS_MINUTES:
        raise RehearseError(f"A mock takes 5, 10 or 15 minutes, not {wish.minutes}.", "Choose one of these.")
    if wish.level not in LEVELS:
        raise RehearseError(f"There is no level {wish.level!r}.", f"Choose one of {', '.join(LEVELS)}.")
    if wish.category is not None and wish.category not in CATEGORIES:
        known = ", ".join(CATEGORIES)
        raise RehearseError(f"There is no category {wish.category!r}.", f"Choose one of {known}.")


def available(
    questions: Sequence[Question], wish: Wish, now: datetime, seen: Mapping[str, datetime]
) -> tuple[Question, ...]:
    """The questions that were not asked in the last two weeks, or all if that is wished."""
    if wish.repeat_seen:
        return tuple(questions)
    return tuple(q for q in questions if q.id not in seen or now - seen[q.id] >= REST)


def fit(question: Question, wish: Wish) -> float:
    """How well a question fits the wish; more is better. One level off costs more than any preference."""
    steps = abs(LEVELS.index(question.level) - LEVELS.index(wish.level))
    weak = sum(point.competency in wish.weak for point in question.key_points)
    share = weak / max(1, len(question.key_points))
    tagged = (wish.style in question.tags) * 0.3 + (wish.role in question.tags) * 0.2
    return 0.5 * share + tagged - steps


def share_time(questions: Sequence[Question], minutes: float) -> tuple[Round, ...]:
    """Time in proportion to what each question usually takes, and never more than that."""
    usual = [Round(question, question.minutes) for question in questions]
    given = shares(usual, minutes - (OPENING_SECONDS + CLOSING_SECONDS) / 60)
    return tuple(Round(one, _floor(share)) for one, share in zip(questions, given, strict=True))


def shares(rounds: Sequence[Round], minutes_left: float, *, stretch: float = 1.0) -> tuple[float, ...]:
    """The minutes each of these rounds gets of what is left: the plan's, when no time was lost or won.

    In proportion to the planned minutes, so that later rounds share what earlier ones left or took; never
    more than what the question usually takes, times `stretch`.
    """
    planned = sum(one.minutes for one in rounds)
    scale = max(0.0, minutes_left) / planned if planned else 0.0
    return tuple(min(one.question.minutes * stretch, one.minutes * scale) for one in rounds)


def change_rounds(plan: Plan, questions: Sequence[Question], dropped: tuple[str, ...] = ()) -> Plan:
    """The plan with these questions in its place, time shared anew."""
    return replace(plan, rounds=share_time(questions, plan.limit_minutes), dropped=(*plan.dropped, *dropped))


def _floor(minutes: float) -> float:
    return int(minutes * 100) / 100


def _rounds(wish: Wish) -> int:
    return wish.minutes // 5


def _categories(
    wish: Wish, chosen: Sequence[Question], there: Collection[str], chance: random.Random
) -> tuple[str, ...]:
    """The categories still to fill. A full loop has system design and another architectural round.

    Of the others those in `there` come first: a bank of one's own need not have them all.
    """
    open_rounds = _rounds(wish) - len(chosen)
    if wish.category:
        return (wish.category,) * open_rounds
    have = [question.category for question in chosen]
    appeal = {name: _appeal(name, wish) + chance.random() for name in ORDER}
    if _rounds(wish) == 1 and wish.weak:
        appeal["system_design"] = 0.5
        return tuple(sorted(ORDER, key=lambda name: (name not in there, -appeal[name]))[:open_rounds])
    architectural = [name for name in ARCHITECTURAL if name not in have]
    architectural.sort(key=lambda name: (name != "system_design", -appeal[name]))
    needed = max(0, 2 - sum(name in ARCHITECTURAL for name in have))
    first = architectural[: min(needed, open_rounds)]
    rest = (name for name in ORDER if name not in (*have, *first))
    others = sorted(rest, key=lambda name: (name not in there, -appeal[name]))
    return (*first, *others[: open_rounds - len(first)])


def _appeal(category: str, wish: Wish) -> float:
    """Weak points first, then what suits the level and the style."""
    weak = 2.0 * len(set(wish.weak) & set(_TESTS_COMPETENCY.get(category, ())))
    suits = (category in _SUITS[wish.level]) + (category in _SUITS.get(wish.style or "", ()))
    return weak + 0.5 * suits


def _choose(
    free: Sequence[Question],
    category: str,
    wish: Wish,
    chosen: Sequence[Question],
    chance: random.Random,
) -> Question:
    fitting = [question for question in beside(free, chosen) if question.category == category]
    if not fitting:
        raise too_few(category)
    return max(fitting, key=lambda question: (fit(question, wish), chance.random()))


def beside(questions: Sequence[Question], chosen: Sequence[Question]) -> list[Question]:
    """Those that may be asked in one interview with the chosen ones, and are none of them."""
    return [
        one for one in questions if not any(one.id == other.id or one.is_apart(other) for other in chosen)
    ]


def too_few(category: str) -> RehearseError:
    """The error for a category without a question left."""
    return RehearseError(
        f"There are too few {category.replace('_', ' ')} questions that you have not seen in two weeks.",
        "Choose another focus or a shorter interview, or allow questions you have seen.",
    )


def weakest(levels: Mapping[str, float]) -> tuple[str, ...]:
    """At most two criteria, the lowest first; empty when nothing was measured or everything is strong."""
    low = sorted(
        (level, name) for name, level in levels.items() if level < STRONG and name != "communication"
    )
    return tuple(name for _, name in low[:MOST])
