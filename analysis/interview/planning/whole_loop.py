"""A whole interview loop over several sittings, each an interview of its own on a day of its own. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from analysis.interview.planning.plan import Plan, Style, Wish, available, beside, make_plan, share_time
from data.domain import LEVELS, Question, RehearseError


@dataclass(frozen=True, slots=True)
class Sitting:
    """One interview of a loop: a question of each category. `incident`: one with data to ask for first."""

    key: str
    title: str
    about: str
    minutes: int
    categories: tuple[str, ...]
    incident: bool = False


SITTINGS = (
    Sitting("screen", "Screen", "your background, and a quick estimate", 10, ("experience", "capacity")),
    Sitting("coding", "Coding", "two problems with a back-end flavour", 10, ("coding", "coding")),
    Sitting(
        "design",
        "Design",
        "a system, and the database under it",
        15,
        ("system_design", "data_infrastructure"),
    ),
    Sitting(
        "deep_dive",
        "Distributed deep-dive",
        "consistency, replication, failure",
        15,
        ("distributed_systems", "distributed_systems"),
    ),
    Sitting(
        "operations", "Operations scenario", "an incident as it runs", 10, ("operations", "debugging"), True
    ),
    Sitting("behavioural", "Behavioural", "two stories of your own", 10, ("behavioral", "behavioral")),
)
"""In the order of a loop."""


@dataclass(frozen=True, slots=True)
class WholeLoop:
    """A named loop at one level. `taken` is the interview of each sitting that has begun, by its key."""

    id: str
    name: str
    level: str
    style: Style | None = None
    taken: Mapping[str, str] | None = None

    def interview_of(self, sitting: Sitting) -> str | None:
        """The interview of a sitting; None when it has not begun."""
        return (self.taken or {}).get(sitting.key)

    def with_interview(self, sitting: str, interview_id: str) -> WholeLoop:
        """The loop once a sitting has begun."""
        return replace(self, taken={**(self.taken or {}), sitting: interview_id})


def plan_sitting(
    questions: Sequence[Question],
    loop: WholeLoop,
    sitting: Sitting,
    *,
    now: datetime,
    seen: Mapping[str, datetime] | None = None,
    seed: int = 0,
) -> Plan:
    """The rounds of a sitting: what was not asked lately first, else what there is.

    Raises RehearseError when there is no question of a category at all.
    """
    chosen: list[Question] = []
    for number, category in enumerate(sitting.categories):
        there = [one for one in beside(questions, chosen) if one.category == category]
        there = [one for one in there if sitting.incident and one.observations] or there
        wish = Wish(loop.level, 5, style=loop.style, category=category)
        rested = available(there, wish, now, seen or {})
        repeated = replace(wish, repeat_seen=not rested)
        plan = make_plan(there, repeated, now=now, seen=seen, seed=seed + number)
        chosen.append(plan.rounds[0].question)
    return Plan(share_time(chosen, sitting.minutes), float(sitting.minutes), level=loop.level)


def written(loop: WholeLoop) -> str:
    """The loop as it is kept."""
    return json.dumps(asdict(loop))


def read(text: str) -> WholeLoop:
    """The loop that `written` wrote. RehearseError when it cannot be read."""
    try:
        loop = WholeLoop(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise RehearseError("A kept loop cannot be read.", "Begin a new one.") from error
    if loop.level not in LEVELS:
        raise RehearseError("A kept loop cannot be read.", "Begin a new one.")
    return loop
