"""A drill: one competency, many short questions, each cut down to what it asks of that competency. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from analysis.answering.part_asked import ROUND_MINUTES, cut_down, points_for
from analysis.interview.planning.plan import (
    LENGTHS_MINUTES,
    Plan,
    Wish,
    available,
    beside,
    change_rounds,
    fit,
)
from data.domain import Question, RehearseError

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
    fitting = [one for one in free if len(points_for(one, competency)) >= FEWEST_POINTS]
    if len(fitting) < 2:
        raise RehearseError(
            f"There are too few questions on {title.lower()} that you have not seen in two weeks.",
            "Choose another competency, or allow questions you have seen.",
        )
    order = sorted(fitting, key=lambda one: (fit(one, wish), _share(one, competency), chance.random()))
    count = max(2, int(wish.minutes / ROUND_MINUTES))
    chosen: list[Question] = []
    while order and len(chosen) < count:
        chosen.append(order[-1])
        order = beside(order, chosen)
    asked = [cut_down(one, competency, title) for one in chosen]
    return change_rounds(Plan((), float(wish.minutes), level=wish.level), asked)


def _share(question: Question, competency: str) -> float:
    return len(points_for(question, competency)) / max(1, len(question.key_points))
