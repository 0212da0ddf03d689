from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from analysis.interview.loop.events import Begin, Command, Said
from analysis.interview.loop.state import begin_state
from analysis.interview.loop.step import step
from analysis.interview.planning.changes import described, put_round, remove_round, swap_round
from analysis.interview.planning.from_set import plan_from_set
from analysis.interview.planning.plan import (
    ARCHITECTURAL,
    LENGTHS_MINUTES,
    OPENING_SECONDS,
    ORDER,
    Plan,
    Round,
    Style,
    Wish,
    make_plan,
    shares,
)
from data.domain import CATEGORIES, LEVELS, RehearseError
from tests.stored import shipped_questions

QUESTIONS = shipped_questions()
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def a_plan(wish: Wish, seed: int = 0, seen: dict[str, datetime] | None = None) -> Plan:
    return make_plan(QUESTIONS, wish, now=NOW, seen=seen, seed=seed)


def ids(plan: Plan) -> list[str]:
    return [planned.question.id for planned in plan.rounds]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("style", [None, "startup", "faang"])
@pytest.mark.parametrize("minutes", LENGTHS_MINUTES)
def test_every_level_style_and_length_has_a_plan_within_its_minutes(
    level: str, style: Style | None, minutes: int
) -> None:
    for seed in range(5):
        plan = a_plan(Wish(level, minutes, "java", style), seed)
        assert plan.minutes <= minutes
        assert len(set(ids(plan))) == len(plan.rounds) == minutes // 5
        if minutes == 15:
            assert sum(planned.question.category in ARCHITECTURAL for planned in plan.rounds) >= 2
            assert plan.notes == ()


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_can_be_asked_for_alone(category: str) -> None:
    plan = a_plan(Wish(category=category))
    assert {planned.question.category for planned in plan.rounds} == {category}
    assert plan.minutes <= 15


def test_rounds_follow_the_order_of_a_loop() -> None:
    places = [ORDER.index(planned.question.category) for planned in a_plan(Wish()).rounds]
    assert places == sorted(places)


def test_weak_competencies_choose_rounds_and_questions() -> None:
    plan = a_plan(Wish(minutes=5, weak=("C5",)))
    assert plan.rounds[0].question.category == "capacity"
    loop = {planned.question.category for planned in a_plan(Wish(weak=("C6",))).rounds}
    assert "operations" in loop


@pytest.mark.parametrize("seed", range(6))
def test_questions_that_are_kept_apart_are_never_planned_together(seed: int) -> None:
    designs = [replace(one, apart=()) for one in QUESTIONS if one.category == "system_design"]
    others = [replace(one, apart=()) for one in QUESTIONS if one.category == "capacity"]
    apart = tuple(one.id for one in others[1:])
    bank = [*designs[:4], *(replace(one, apart=(*(d.id for d in designs[:4]),)) for one in others[1:])]
    plan = plan_from_set([*bank, others[0]], Wish(), now=NOW, seed=seed)
    assert {*ids(plan)} & {*apart} == set() or {*ids(plan)} & {one.id for one in designs} == set()
    wish = Wish(asked_for=(designs[0].id,), category="capacity")
    loop = make_plan([*bank, others[0]], replace(wish, minutes=10), now=NOW, seed=seed)
    assert ids(loop) == [others[0].id, designs[0].id]
    with pytest.raises(RehearseError, match="too few capacity"):
        swap_round(loop, 0, bank, Wish(), now=NOW, seed=seed)


def test_a_bank_without_the_newer_kinds_of_round_gives_a_plan() -> None:
    newer = ("code_reading", "ai_coding", "debugging")
    bank = [question for question in QUESTIONS if question.category not in newer]
    for seed in range(20):
        assert len(make_plan(bank, Wish(weak=newer), now=NOW, seed=seed).rounds) == 3
        assert len(make_plan(bank, Wish(minutes=5, weak=newer), now=NOW, seed=seed).rounds) == 1


def test_a_question_seen_in_the_last_two_weeks_is_not_asked_again() -> None:
    seen: dict[str, datetime] = {}
    for seed in range(4):
        plan = a_plan(Wish(), seed, seen)
        assert not set(ids(plan)) & set(seen)
        seen |= dict.fromkeys(ids(plan), NOW - timedelta(days=13))
    rested = dict.fromkeys(seen, NOW - timedelta(days=14))
    assert ids(a_plan(Wish(), 0, rested)) == ids(a_plan(Wish(), 0))


def test_a_seen_question_comes_back_when_it_is_asked_for() -> None:
    seen = {question.id: NOW for question in QUESTIONS}
    plan = a_plan(Wish(repeat_seen=True, asked_for=("url-shortener",)), seen=seen)
    assert "url-shortener" in ids(plan)
    assert ids(a_plan(Wish(minutes=5, asked_for=("url-shortener",)), seen=seen)) == ["url-shortener"]


def test_too_few_questions_are_said_plainly_with_what_to_do() -> None:
    seen = {question.id: NOW for question in QUESTIONS if question.category == "system_design"}
    with pytest.raises(RehearseError, match="too few system design questions.*another focus"):
        a_plan(Wish(), seen=seen)


@pytest.mark.parametrize(
    "wish", [Wish(minutes=20), Wish(level="boss"), Wish(category="chess"), Wish(asked_for=("no-such",))]
)
def test_a_wish_that_cannot_be_met_is_refused_with_the_choices(wish: Wish) -> None:
    with pytest.raises(RehearseError) as caught:
        a_plan(wish)
    assert caught.value.remedy


def test_swapping_never_brings_back_what_was_swapped_away() -> None:
    plan, offered = a_plan(Wish()), set()
    for _ in range(6):
        offered.add(plan.rounds[0].question.id)
        category = plan.rounds[0].question.category
        plan = swap_round(plan, 0, QUESTIONS, Wish(), now=NOW)
        assert plan.rounds[0].question.id not in offered
        assert plan.rounds[0].question.category == category
        assert plan.minutes <= 15


def test_removing_a_round_gives_its_time_to_the_others_and_says_when_architecture_is_thin() -> None:
    plan = a_plan(Wish())
    design = next(at for at, one in enumerate(plan.rounds) if one.question.category == "system_design")
    less = remove_round(plan, design)
    assert len(less.rounds) == 2 and less.minutes <= 15
    assert less.notes
    kept = {planned.question.id: planned.minutes for planned in plan.rounds}
    assert all(planned.minutes >= kept[planned.question.id] for planned in less.rounds)
    with pytest.raises(RehearseError, match="only question"):
        remove_round(remove_round(less, 0), 0)


def test_a_chosen_question_can_be_put_in_but_not_twice() -> None:
    plan = a_plan(Wish(minutes=10))
    wanted = next(question for question in QUESTIONS if question.id not in ids(plan))
    changed = put_round(plan, 0, wanted)
    assert changed.rounds[0].question == wanted
    with pytest.raises(RehearseError, match="already in this plan"):
        put_round(changed, 1, wanted)
    with pytest.raises(RehearseError, match="no round 9"):
        put_round(plan, 8, wanted)


def test_the_plan_is_shown_a_line_for_each_round() -> None:
    shown = described(a_plan(Wish()))
    assert len(shown) == 3 and shown[0].startswith("1. ") and "min)" in shown[0]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("minutes", LENGTHS_MINUTES)
def test_a_round_is_given_the_minutes_its_plan_shows(level: str, minutes: int) -> None:
    for seed in range(5):
        plan = a_plan(Wish(level, minutes), seed)
        state, spent = step(begin_state(plan), Begin()).state, OPENING_SECONDS
        for at, planned in enumerate(plan.rounds):
            assert (state.round, state.phase) == (at, "listening")
            assert state.round_seconds == pytest.approx(planned.minutes * 60, abs=1)
            spent += planned.minutes * 60
            collecting = step(state, Command("skip", spent)).state
            state = step(collecting, Said("", spent)).state


def test_what_a_short_round_leaves_goes_to_the_later_ones_up_to_what_they_usually_take() -> None:
    rounds = (Round(replace(QUESTIONS[0], minutes=4), 3), Round(replace(QUESTIONS[1], minutes=8), 6))
    assert shares(rounds, 9) == (3, 6)
    assert shares(rounds, 4.5) == (1.5, 3)
    assert shares(rounds, 10.5) == (3.5, 7)
    assert shares(rounds, 20) == (4, 8)
    assert shares(rounds, -1) == (0, 0)
    assert shares((), 5) == ()
