"""A drill: one competency, many short questions; and what the weak points are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analysis.interview.drill import make_drill
from analysis.interview.from_set import plan_from_set
from analysis.interview.plan import Wish
from analysis.interview.weak import weakest
from data.domain import COMPETENCIES, RehearseError
from tests.stored import shipped_questions

BANK = shipped_questions()
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize("competency", COMPETENCIES)
@pytest.mark.parametrize("minutes", [5, 10, 15])
def test_a_drill_has_many_short_questions_on_one_thing(competency: str, minutes: int) -> None:
    plan = make_drill(BANK, competency, "Failure modes", Wish(minutes=minutes), now=NOW)
    ids = [planned.question.id for planned in plan.rounds]
    assert len(set(ids)) == len(ids) == {5: 3, 10: 6, 15: 9}[minutes]
    assert {point.competency for planned in plan.rounds for point in planned.question.key_points} == {
        competency
    }
    assert all(planned.question.text.endswith("failure modes.") for planned in plan.rounds)
    assert plan.minutes <= minutes
    assert all(planned.minutes >= 0.75 for planned in plan.rounds)


def test_what_was_seen_lately_does_not_come_again() -> None:
    seen = {question.id: NOW for question in BANK[:-1]}
    with pytest.raises(RehearseError, match="too few questions on failure modes"):
        make_drill(BANK, "C4", "Failure modes", Wish(), now=NOW, seen=seen)


def test_the_two_lowest_levels_are_the_weak_points() -> None:
    assert weakest({"C1": 2.0, "C2": 1.5, "C3": 3.8, "C4": 2.5, "communication": 1.0}) == ("C2", "C1")
    assert weakest({"C1": 3.5}) == ()
    assert weakest({}) == ()


def test_a_set_of_ones_own_gives_what_it_has_with_as_many_kinds_as_possible() -> None:
    coding = [one for one in BANK if one.category == "coding"][:3]
    behavioral = [one for one in BANK if one.category == "behavioral"][:1]
    plan = plan_from_set([*coding, *behavioral], Wish(minutes=10), now=NOW)
    assert [planned.question.category for planned in plan.rounds] == ["coding", "behavioral"]
    assert len(plan_from_set(coding[:1], Wish(minutes=15), now=NOW).rounds) == 1
    with pytest.raises(RehearseError, match="Nothing of this set"):
        plan_from_set(coding[:1], Wish(), now=NOW, seen={coding[0].id: NOW})
