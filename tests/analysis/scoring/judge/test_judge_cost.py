"""What a judging costs, what is remembered of it, and how it is cancelled."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.llm.batch import Watch
from analysis.llm.usage import Price
from analysis.scoring.judge import JudgeScorer
from tests.asked_judge import a_grader, a_judge, an_answer, score_of
from tests.fake_endpoint import (
    FakeEndpoint,
    only,
    status,
    strong_answer,
)

pytestmark = pytest.mark.slow


# cost, cache, cancel ---------------------------------------------------------------------------


def test_a_rerun_from_the_cache_costs_nothing_and_gives_the_same(tmp_path: Path) -> None:
    endpoint = FakeEndpoint()
    judge = JudgeScorer(a_grader(endpoint, tmp_path), find_flags=lambda answer: ())
    first_time = judge.score(an_answer(strong_answer(3)))
    asked = len(endpoint.asked)
    again = judge.score(an_answer(strong_answer(3)))
    assert len(endpoint.asked) == asked
    assert again.scores == first_time.scores
    assert "Judge: 0 calls" in again.notes[-1]


def test_scoring_goes_on_where_it_stopped(tmp_path: Path) -> None:
    answer, flaky = an_answer(strong_answer(3)), FakeEndpoint(only("C5", status(404)))
    broken = JudgeScorer(a_grader(flaky, tmp_path), find_flags=lambda answer: ())
    assert score_of(broken.score(answer), "C5").level is None
    whole = FakeEndpoint()
    found = JudgeScorer(a_grader(whole, tmp_path), find_flags=lambda answer: ()).score(answer)
    assert score_of(found, "C5").level == 3
    assert {asked.criterion for asked in whole.asked} == {"C5"}


def test_a_cancelled_scoring_says_so() -> None:
    watch = Watch()
    watch.cancel.set()
    found = a_judge().score(an_answer(strong_answer()), watch)
    assert {score.reason for score in found.scores} == {"Not scored: It was cancelled."}


def test_the_estimate_covers_the_calls_that_are_made() -> None:
    endpoint = FakeEndpoint()
    chat_model = a_grader(endpoint)
    chat_model.price = Price(1.0, 2.0)
    judge = JudgeScorer(chat_model, find_flags=lambda answer: ())
    estimate = judge.estimate(an_answer(strong_answer(3)))
    assert endpoint.asked == []
    assert "time not known" in estimate.sentence
    assert judge.estimate(an_answer(strong_answer(3)), usual_seconds=4.0).seconds == 4.0 * estimate.calls / 4
    judge.score(an_answer(strong_answer(3)))
    assert estimate.calls == len(endpoint.asked) == 3 * 7 + 2
    assert estimate.price is not None and estimate.price > 0
    assert judge.estimate(an_answer("fine")).calls == 0
