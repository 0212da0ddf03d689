"""Cohorts side by side: what is shown of each, and that no figure of a small group follows from it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis.cohorts.side_by_side import Level, Side, side_by_side
from analysis.cohorts.small_groups import SHOWN

_WEEK = ["cohort_id", "name", "members", "active", "answers"]
_LEVELS = ["cohort_id", "name", "criterion", "candidates", "level", "total", "spread"]


def sides(
    cohorts: list[tuple[int, int, int]], levels: list[tuple[str, int, float]] | None = None
) -> tuple[tuple[Side, ...], Side]:
    """Cohorts a, b, c ... as (members, active, answers), and levels of C1 as (cohort, candidates, median)."""
    week = [(chr(97 + place), f"Cohort {place}", *row) for place, row in enumerate(cohorts)]
    known = [(one, one, "C1", n, level, n * level, 0.5) for one, n, level in levels or []]
    return side_by_side(pd.DataFrame(week, columns=_WEEK), pd.DataFrame(known, columns=_LEVELS))


def test_cohorts_of_five_or_more_are_shown_whole() -> None:
    found, whole = sides([(20, 12, 40), (9, 0, 0)], [("a", 15, 2.25)])
    assert found[0] == Side("Cohort 0", 20, 12, 40, {"C1": Level(2.2, 15)})
    assert found[1] == Side("Cohort 1", 9, None, None, {})
    assert whole == Side("All cohorts", 29, 12, 40, {})


def test_a_small_cohort_takes_the_next_smallest_with_it() -> None:
    found, whole = sides([(3, 3, 9), (8, 8, 16), (30, 25, 50)], [("b", 8, 2.0), ("c", 25, 3.0)])
    assert [one.members for one in found] == [None, None, 30]
    assert [one.answers for one in found] == [None, None, 50]
    assert [set(one.levels) for one in found] == [set(), set(), {"C1"}]
    assert (whole.members, whole.active, whole.answers) == (41, 25, 50)


def test_few_who_answered_in_a_large_cohort_are_not_counted() -> None:
    found, whole = sides([(20, 2, 5), (20, 0, 0)])
    assert (found[0].members, found[0].active, found[0].answers) == (20, None, None)
    assert (whole.members, whole.active, whole.answers) == (40, None, None)


def test_what_was_not_published_is_left_out_and_not_nothing() -> None:
    week = pd.DataFrame([("a", "Cohort 0", 20, None, None), ("b", "Cohort 1", 9, 6.0, 12.0)], columns=_WEEK)
    found, whole = side_by_side(week, pd.DataFrame([], columns=_LEVELS))
    assert [(one.active, one.answers) for one in (*found, whole)] == [(None, None), (6, 12), (6, 12)]


def test_no_cohort_at_all_is_no_figure() -> None:
    assert sides([]) == ((), Side("All cohorts", None, None, None, {}))


@pytest.mark.slow
@settings(deadline=None)
@given(some.lists(some.tuples(some.integers(0, 20), some.integers(0, 20)), max_size=8))
def test_nothing_about_fewer_than_five_follows_by_subtraction(drawn: list[tuple[int, int]]) -> None:
    cohorts = [(members, min(members, active), 3 * min(members, active)) for members, active in drawn]
    found, whole = sides(cohorts)
    for place, name in enumerate(("members", "active")):
        shown = [getattr(one, name) for one in found]
        assert all(value is None or value >= SHOWN for value in shown)
        if getattr(whole, name) is not None:
            left = getattr(whole, name) - sum(value for value in shown if value is not None)
            assert left == 0 or left >= SHOWN
            assert getattr(whole, name) <= sum(row[place] for row in cohorts)
