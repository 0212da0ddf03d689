"""What a judging costs, what is remembered of it, and how it is cancelled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.llm.batch import Watch
from analysis.llm.usage import Price
from analysis.scoring.judge import JudgeScorer
from data.questions import question_by_id
from tests.asked_judge import a_grader, a_judge, an_answer, score_of
from tests.fake_endpoint import (
    Asked,
    FakeEndpoint,
    Said,
    honest,
    only,
    status,
    strong_answer,
)
from tests.stored import shipped_questions

pytestmark = pytest.mark.slow


# cost, cache, cancel ---------------------------------------------------------------------------


def test_a_rerun_from_the_cache_costs_nothing_and_gives_the_same(tmp_path: Path) -> None:
    endpoint = FakeEndpoint()
    judge = JudgeScorer(a_grader(endpoint, tmp_path))
    first_time = judge.score(an_answer(strong_answer(3)))
    asked = len(endpoint.asked)
    again = judge.score(an_answer(strong_answer(3)))
    assert len(endpoint.asked) == asked
    assert again.scores == first_time.scores
    assert "Judge: 0 calls" in again.notes[-1]


def test_scoring_goes_on_where_it_stopped(tmp_path: Path) -> None:
    answer, flaky = an_answer(strong_answer(3)), FakeEndpoint(only("C5", status(404)))
    broken = JudgeScorer(a_grader(flaky, tmp_path))
    assert score_of(broken.score(answer), "C5").level is None
    whole = FakeEndpoint()
    found = JudgeScorer(a_grader(whole, tmp_path)).score(answer)
    assert score_of(found, "C5").level == 3
    assert {name for asked in whole.asked for name in asked.criteria} >= {"C5"}
    assert len(whole.asked) < len(flaky.asked)


def test_a_cancelled_scoring_says_so() -> None:
    watch = Watch()
    watch.cancel.set()
    found = a_judge().score(an_answer(strong_answer()), watch)
    assert {score.reason for score in found.scores} == {"Not scored: It was cancelled."}


def test_the_estimate_covers_the_calls_that_are_made() -> None:
    endpoint = FakeEndpoint()
    chat_model = a_grader(endpoint)
    chat_model.price = Price(1.0, 2.0)
    judge = JudgeScorer(chat_model)
    estimate = judge.estimate(an_answer(strong_answer(3)))
    assert endpoint.asked == []
    assert "time not known" in estimate.sentence
    assert judge.estimate(an_answer(strong_answer(3)), usual_seconds=4.0).seconds == 4.0 * estimate.calls / 4
    judge.score(an_answer(strong_answer(3)))
    assert len(endpoint.asked) <= estimate.calls == 3 + 1 + 2 + 1
    assert estimate.price is not None and estimate.price > 0
    assert judge.estimate(an_answer("...")).calls == 0


def test_what_is_kept_of_a_judging_is_known_to_its_last_question(tmp_path: Path) -> None:
    answer, endpoint = an_answer(strong_answer(3)), FakeEndpoint(only("next", status(404)))
    judge = JudgeScorer(a_grader(endpoint, tmp_path))
    judge.score(answer)
    left = judge.estimate(answer)
    assert (left.calls, left.kept) == (1, len(endpoint.asked) - 1)
    whole = JudgeScorer(a_grader(FakeEndpoint(), tmp_path))
    whole.score(answer)
    assert whole.estimate(answer).calls == 0


DESIGN = question_by_id(shipped_questions(), "chat-service")


@pytest.mark.parametrize(
    ("level", "most_calls", "most_tokens"), [(2, 7, 19_000), (3, 7, 19_000), (4, 7, 21_000)]
)
def test_a_design_answer_costs_at_most_so_many_calls_and_tokens(
    level: int, most_calls: int, most_tokens: int
) -> None:
    """Three runs of each criterion took 23 calls, and 63,000 tokens for the answer of level 3."""
    sent, received = [], []

    def counting(asked: Asked) -> Said | None:
        reply = honest(asked)
        sent.append(sum(len(message["content"]) for message in asked.body["messages"]))
        received.append(len(json.dumps(reply)))
        return Said(reply)

    judge = JudgeScorer(a_grader(FakeEndpoint(counting)))
    judge.score(an_answer(strong_answer(level), DESIGN))
    assert len(sent) <= 7
    assert (sum(sent) + sum(received)) / 4 <= most_tokens
