"""A whole loop: six sittings at one level, each with a plan of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from analysis.interview.planning.plan import LENGTHS_MINUTES
from analysis.interview.planning.whole_loop import (
    SITTINGS,
    Sitting,
    WholeLoop,
    plan_sitting,
    read,
    written,
)
from data.domain import CATEGORIES, RehearseError
from tests.stored import shipped_questions

BANK = shipped_questions()
NOW = datetime(2026, 11, 24, tzinfo=UTC)
LOOP = WholeLoop("l", "December", "senior")
OPERATIONS = next(one for one in SITTINGS if one.key == "operations")


def test_the_sittings_are_those_of_a_loop() -> None:
    assert [one.key for one in SITTINGS] == [
        "screen",
        "coding",
        "design",
        "deep_dive",
        "operations",
        "behavioural",
    ]
    assert {name for one in SITTINGS for name in one.categories} <= set(CATEGORIES)
    assert {one.minutes for one in SITTINGS} <= set(LENGTHS_MINUTES)


@pytest.mark.parametrize("sitting", SITTINGS, ids=lambda one: one.key)
def test_a_sitting_asks_a_question_of_each_category_within_its_minutes(sitting: Sitting) -> None:
    plan = plan_sitting(BANK, LOOP, sitting, now=NOW)
    assert [one.question.category for one in plan.rounds] == list(sitting.categories)
    assert len({one.question.id for one in plan.rounds}) == len(plan.rounds)
    assert plan.minutes <= sitting.minutes
    assert plan.level == "senior"


def test_an_incident_has_data_to_ask_for() -> None:
    plan = plan_sitting(BANK, LOOP, OPERATIONS, now=NOW)
    assert all(one.question.observations for one in plan.rounds)


def test_what_was_not_asked_lately_comes_first_and_a_loop_never_runs_out() -> None:
    fresh = next(one for one in BANK if one.category == "debugging")
    lately = NOW - timedelta(days=1)
    seen = {one.id: lately for one in BANK if one.id != fresh.id}
    plan = plan_sitting(BANK, LOOP, OPERATIONS, now=NOW, seen=seen)
    assert plan.rounds[1].question == fresh
    all_seen = plan_sitting(BANK, LOOP, OPERATIONS, now=NOW, seen=seen | {fresh.id: lately})
    assert len(all_seen.rounds) == 2


def test_a_category_without_a_question_is_told() -> None:
    with pytest.raises(RehearseError):
        plan_sitting([one for one in BANK if one.category != "debugging"], LOOP, OPERATIONS, now=NOW)


def test_a_loop_is_kept_with_what_was_held() -> None:
    held = LOOP.with_interview("coding", "i1").with_interview("design", "i2")
    assert read(written(held)) == held
    assert held.interview_of(SITTINGS[1]) == "i1"
    assert held.interview_of(SITTINGS[0]) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id": "l", "name": "n", "level": "king"}'])
def test_what_is_no_loop_is_refused(text: str) -> None:
    with pytest.raises(RehearseError):
        read(text)
