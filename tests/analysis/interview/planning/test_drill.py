"""A drill: one competency, many short questions; and what the weak points are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analysis.answering.part_asked import as_asked, cut_down
from analysis.interview.planning.drill import make_drill
from analysis.interview.planning.from_set import plan_from_set
from analysis.interview.planning.plan import Wish, weakest
from data.domain import COMPETENCIES, RehearseError, Turn
from data.rubrics import load_rubric
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


def test_a_wrong_claim_speaks_against_the_same_point_in_a_part_of_the_question() -> None:
    question = next(one for one in BANK if one.id == "rate-limiter")
    whole = [one.contradicts for one in question.misconceptions]
    part = cut_down(question, "C4", "Failure modes")
    for before, claim in zip(whole, part.misconceptions, strict=True):
        point = question.key_points[before - 1] if before else None
        same = part.key_points[claim.contradicts - 1] if claim.contradicts else None
        assert same == (point if point in part.key_points else None)
    assert [claim.contradicts for claim in part.misconceptions if claim.contradicts]


@pytest.mark.parametrize("competency", COMPETENCIES)
def test_its_turns_tell_which_part_of_a_question_was_asked(competency: str) -> None:
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    plan = make_drill(BANK, competency, titles[competency], Wish(minutes=15), now=NOW)
    bank = {question.id: question for question in BANK}
    for planned in plan.rounds:
        whole = bank[planned.question.id]
        drilled = as_asked(whole, (Turn(0, "interviewer", planned.question.text),))
        assert drilled == cut_down(whole, competency, titles[competency])
        assert as_asked(whole, (Turn(0, "interviewer", whole.text),)) == whole
        assert as_asked(whole, ()) == whole
        assert as_asked(drilled, (Turn(0, "interviewer", drilled.text),)) == drilled


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
