"""What is shown when somebody asks to see a part of a running system; the ways to ask are the author's."""

from __future__ import annotations

import pytest

from analysis.reading.observed import asked_to_see, shown_in
from tests.stored import shipped_questions

BANK = {question.id: question for question in shipped_questions()}


@pytest.mark.parametrize(
    ("name", "asked", "shown"),
    [
        ("debug-one-in-four", "Can I see the errors split by server?", "errors by server"),
        ("debug-one-in-four", "what time is it on each of the servers", "time on each server"),
        ("debug-one-in-four", "How is the database doing?", "database"),
        ("debug-every-full-hour", "Is the connection pool exhausted?", "connection pool"),
        ("debug-every-full-hour", "Show me the slow query log.", "slow query log"),
        ("debug-every-full-hour", "what cron jobs are there", "scheduled jobs"),
        ("debug-mails-twice", "do the committed offsets move", "committed offsets"),
        ("debug-mails-twice", "How long does one mail take?", "time per mail"),
    ],
)
def test_what_is_asked_for_is_shown(name: str, asked: str, shown: str) -> None:
    assert shown in [one.ask for one in asked_to_see(asked, BANK[name])][:2]


@pytest.mark.parametrize(
    "asked", ["", "??", "what is the weather", "I would use Kafka here", "do you like coffee"]
)
def test_what_asks_for_nothing_there_is_shown_nothing(asked: str) -> None:
    assert asked_to_see(asked, BANK["debug-every-full-hour"]) == ()


def test_a_sentence_that_is_no_question_asks_only_when_it_speaks_of_little_else() -> None:
    question = BANK["debug-every-full-hour"]
    (shown,) = asked_to_see("Let me look at the connection pool.", question, unasked=True)
    assert shown.ask == "connection pool"
    told = "The connection pool is full because orders wait for locks."
    assert asked_to_see(told, question, unasked=True) == ()


def test_a_question_without_observations_has_nothing_to_show() -> None:
    assert asked_to_see("Show me the slow query log.", BANK["lru-cache"]) == ()


def test_what_was_shown_is_found_in_the_lines_that_showed_it() -> None:
    question = BANK["debug-every-full-hour"]
    rate, jobs = question.observations[1], question.observations[5]
    lines = (question.text, f"{rate.shows} {jobs.shows}", "What does that tell you?")
    assert shown_in(question, lines) == (rate, jobs)
    assert shown_in(question, ("Look at the request rate.",)) == ()
