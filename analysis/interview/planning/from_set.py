"""A plan from a set of one's own: whatever it has, as many kinds of questions as possible. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime

from analysis.interview.planning.plan import ORDER, Plan, Wish, available, beside, check_wish, fit, share_time
from data.domain import Question, RehearseError

MINUTES_A_ROUND = 5


def plan_from_set(
    questions: Sequence[Question],
    wish: Wish,
    *,
    now: datetime,
    seen: Mapping[str, datetime] | None = None,
    seed: int = 0,
) -> Plan:
    """Choose the rounds from a set that need not have every category.

    Raises RehearseError when none of it is left that was not asked in the last two weeks.
    """
    check_wish(wish)
    chance = random.Random(seed)
    free = [
        one for one in available(questions, wish, now, seen or {}) if wish.category in (None, one.category)
    ]
    if not free:
        raise RehearseError(
            "Nothing of this set is left that you have not seen in two weeks.",
            "Choose another focus or set, or allow questions you have seen.",
        )
    best = sorted(free, key=lambda one: (-fit(one, wish), chance.random()))
    chosen: list[Question] = []
    while best and len(chosen) < wish.minutes // MINUTES_A_ROUND:
        taken = [one.category for one in chosen]
        following = min(best, key=lambda one: (taken.count(one.category), best.index(one)))
        chosen.append(following)
        best = beside(best, chosen)
    chosen.sort(key=lambda one: ORDER.index(one.category))
    return Plan(share_time(chosen, wish.minutes), float(wish.minutes), level=wish.level)
