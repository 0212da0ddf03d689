"""In a live round the interviewer tells what can be seen when it is asked for, and nothing else of it."""

from __future__ import annotations

import pytest

from analysis.interview.facts.answer_facts import reply_to
from analysis.interview.loop.events import Begin, Said, Say
from analysis.interview.loop.state import begin_state
from analysis.interview.loop.step import step
from analysis.interview.planning.plan import Plan, share_time
from tests.stored import shipped_questions

HOURLY = next(one for one in shipped_questions() if one.id == "debug-every-full-hour")


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("Is the connection pool exhausted?", "From twenty seconds past the hour all 50"),
        (
            "Everything is fine between the hours. Which scheduled jobs are there?",
            "At minute 0 of every hour",
        ),
        ("Show me the slow query log.", "At the hour: UPDATE products"),
        ("I would look at the connection pool first.", "From twenty seconds past the hour all 50"),
        ("It is slow for everybody. The request rate, please.", "About 60 orders and 900 reads"),
        ("what is in the slow query log?", "At the hour: UPDATE products"),
    ],
)
def test_what_is_asked_for_is_told(said: str, begins: str) -> None:
    reply = reply_to(said, HOURLY)
    assert reply is not None and reply.move == "answer_fact"
    assert reply.text.startswith(begins)


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["what is in the {}?", "Show me the {}, please.", "Can I see the {}?"])
def test_whatever_can_be_seen_is_told_in_a_running_round(asked: str) -> None:
    begun = step(begin_state(Plan(share_time([HOURLY], 15), 15.0), spoken=False), Begin()).state
    for one in HOURLY.observations:
        said = Said(asked.format(one.ask), 30.0, done=True)
        told = step(begun, said)
        assert any(isinstance(action, Say) and one.shows in action.text for action in told.actions), said
        assert told.state.phase == "listening"


def test_a_fact_is_still_told_where_nothing_of_that_kind_can_be_seen() -> None:
    reply = reply_to("How many rows does the products table have?", HOURLY)
    assert reply is not None and reply.text.startswith("The products table has 400,000 rows")


def test_a_conclusion_about_it_does_not_have_it_told() -> None:
    reply = reply_to("The connection pool is full because orders wait for locks of the job.", HOURLY)
    assert reply is None or reply.text not in [one.shows for one in HOURLY.observations]
