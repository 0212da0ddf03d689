"""What the screen of a running interview says: whose turn it is, what was said, how time goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.loop.events import Begin, Command, Event, Quiet, Said
from analysis.interview.loop.state import State, begin_state
from analysis.interview.loop.step import step
from analysis.interview.planning.plan import Plan, share_time
from analysis.live.room_screen import CAPTION_WORDS, Screen, WhoseTurn, screen_of, whose_turn
from tests.stored import shipped_questions

BANK = {question.id: question for question in shipped_questions()}
ASKS = "How many requests a second are there at peak?"


def after(*events: Event, spoken: bool = True) -> State:
    questions = (BANK["rate-limiter"], BANK["debug-every-full-hour"])
    state = begin_state(Plan(share_time(questions, 15), 15.0), spoken=spoken)
    for event in (Begin(), *events):
        state = step(state, event).state
    return state


def screen(state: State) -> Screen:
    return screen_of(Interview("i", "me", "microphone", datetime(2026, 11, 24, tzinfo=UTC), state))


@pytest.mark.parametrize(
    ("state", "read_aloud", "expected"),
    [
        (after(), True, "speaking"),
        (after(), False, "yours"),
        (after(Said("I would", 3.0)), True, "yours"),
        (after(Quiet(0.0, 60.0)), True, "yours"),
        (after(Command("done", 5.0)), True, "collecting"),
        (after(Said("Buckets.", 3.0), Command("done", 5.0), Said("", 5.0, done=True)), True, "thinking"),
        (after(Command("pause", 5.0)), True, "paused"),
    ],
    ids=["reads", "has read", "cut in on", "a voice that never began", "last words", "thinks", "paused"],
)
def test_whose_turn_it_is_can_always_be_told(state: State, read_aloud: bool, expected: WhoseTurn) -> None:
    assert whose_turn(state, read_aloud=read_aloud) == expected


@pytest.mark.slow
def test_the_newest_words_are_captions_until_the_interviewer_answers() -> None:
    many = " ".join(f"word{number}" for number in range(60))
    assert screen(after()).caption == ""
    shown = screen(after(Said(many, 20.0))).caption
    assert shown.startswith("… ") and shown.endswith("word59")
    assert len(shown.split()) == CAPTION_WORDS + 1
    assert screen(after(Said(ASKS, 20.0, done=True))).caption == ""
    assert screen(after(Said(many, 20.0), spoken=False)).caption == ""


def test_a_reply_is_the_line_and_what_is_asked_stays_beside_it() -> None:
    begun = screen(after())
    assert (begun.line, begun.asked) == ("", "")
    told = screen(after(Said(ASKS, 20.0, done=True)))
    assert "200,000" in told.line
    assert told.asked == ""


def test_earlier_rounds_stay_in_the_transcript() -> None:
    second = screen(after(Said("Buckets.", 3.0), Command("skip", 5.0), Said("", 5.0, done=True)))
    assert second.place == "Question 2 of 2"
    assert [turn.text for turn in second.earlier[0]] == [BANK["rate-limiter"].text, "Buckets."]
    assert second.turns == ()


def test_the_bars_say_how_much_of_the_question_and_of_the_whole_is_spent() -> None:
    state = after(Quiet(0.0, 135.0))
    shown = screen(state)
    assert shown.share == pytest.approx(135 / (state.plan.minutes * 60))
    assert shown.round_share == pytest.approx(120 / state.round_seconds)
    late = replace(state, clock=state.clock.at(5000.0))
    assert (screen(late).share, screen(late).round_share) == (1.0, 1.0)
