"""All cohorts beside each other for whoever looks after them, in figures of five people or more.

Answers and levels are published figures (`data.store.publishing`). Members add up over the cohorts, so where
one is left out another may be left out with it (`analysis.cohorts.small_groups`). Cohorts are listed by name;
nobody is named and nothing is ranked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.cohorts.small_groups import HIDDEN, SHOWN, Group, tell_parts

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Level:
    """The median over candidates of their median of the last three answers, and how many candidates."""

    median: float
    candidates: int


@dataclass(frozen=True, slots=True)
class Side:
    """One cohort, or all of them; None where too few people are behind a figure."""

    name: str
    members: int | None
    active: int | None
    """Candidates who answered this week; of all cohorts those of the cohorts that tell theirs."""
    answers: int | None
    levels: Mapping[str, Level]


def side_by_side(week: pd.DataFrame, levels: pd.DataFrame) -> tuple[tuple[Side, ...], Side]:
    """Every cohort by name, and all together, from `all_cohorts_week` and `all_cohorts` of one scorer."""
    rows = {str(row["cohort_id"]): row for row in week.to_dict("records")}
    sizes, size = tell_parts({one: Group(int(row["members"]), 0.0) for one, row in rows.items()})
    known = _levels(levels)
    sides = tuple(_side(row, sizes[one].people, known.get(one, {})) for one, row in rows.items())
    told = [side for side in sides if side.active is not None]
    active = sum(side.active or 0 for side in told) if told else None
    answers = sum(side.answers or 0 for side in told) if told else None
    return sides, Side("All cohorts", size.people, active, answers, {})


def _side(row: Mapping[Any, Any], members: int | None, levels: Mapping[str, Level]) -> Side:
    """Nothing of a cohort that is too small, and nothing of a week in which too few answered."""
    if members is None:
        return Side(str(row["name"]), None, None, None, {})
    published = row["active"] is not None and row["active"] >= SHOWN  # missing is not a number, so not more
    active, answers = (int(row["active"]), int(row["answers"])) if published else (None, None)
    return Side(str(row["name"]), members, active, answers, levels)


def _levels(rows: pd.DataFrame) -> dict[str, dict[str, Level]]:
    """By cohort and criterion; the same are left out as where their mean is shown beside that of all."""
    known: dict[str, dict[str, Level]] = defaultdict(dict)
    for criterion, found in rows.groupby("criterion"):
        each = {str(row["cohort_id"]): row for row in found.to_dict("records")}
        parts = {one: Group(int(row["candidates"]), float(row["total"])) for one, row in each.items()}
        for one, told in tell_parts(parts)[0].items():
            if told != HIDDEN:
                known[one][str(criterion)] = Level(round(float(each[one]["level"]), 1), parts[one].people)
    return known
