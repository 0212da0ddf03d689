"""The judge against a real OpenAI-compatible server that nobody here wrote. Run by `make test-llm` only.

Start one with `tests/llm/serve.sh`, or point LLM_TEST_BASE_URL (LLM_TEST_MODEL, LLM_TEST_API_KEY) at yours.
A small model judges badly, and that is the point: whatever it says, no level stands without a verified quote.
"""

from __future__ import annotations

import os

import pytest

from analysis.scoring.grader import Call, Grader
from analysis.scoring.grader_errors import GraderError
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.prompts import criterion_messages, judged_clauses
from analysis.scoring.judge.reading import dropped_quotes
from analysis.scoring.judge.view import show
from analysis.scoring.replies import CriterionReply, wire_schema
from data.domain import Answer, Question, Turn
from data.rubrics import criterion

pytestmark = [pytest.mark.llm, pytest.mark.timeout(3600)]

QUESTION = Question(
    "q", "operations", "mid", "Queue", "The job queue keeps growing. What do you do?", "queues", ("C6",), 5.0
)
SAID = (
    "First I look at the consumer lag and the error ratio of the workers. I page when the lag passes ten "
    "thousand for five minutes. If a release caused it I roll back to the old version, which stays warm. "
    "Each job has a request id, so I can follow one slow job through the logs."
)
ANSWER = Answer(QUESTION, (Turn(0, "interviewer", QUESTION.text), Turn(1, "candidate", SAID)))


def a_grader() -> Grader:
    address = os.environ.get("LLM_TEST_BASE_URL")
    if not address:
        pytest.fail("Set LLM_TEST_BASE_URL to a running server; tests/llm/serve.sh starts one.")
    return Grader(
        address,
        os.environ.get("LLM_TEST_API_KEY", "none"),
        os.environ.get("LLM_TEST_MODEL", "local"),
        concurrency=1,
        timeout_seconds=900.0,
    )


def test_a_real_server_replies_in_the_shape_that_was_asked_for() -> None:
    view, item = show(ANSWER), criterion("C6")
    messages = criterion_messages(QUESTION, view, item, ())
    schema = wire_schema(CriterionReply, clause=judged_clauses(item))
    given = dropped = unread = 0
    for seed in range(3):
        try:
            reply = a_grader().ask(messages, CriterionReply, Call(seed=seed), schema)
        except GraderError as error:
            assert error.kind in ("unreadable", "refused")
            unread += 1
            continue
        given += sum(len(clause.quotes) for clause in reply.clauses)
        dropped += dropped_quotes(reply, ANSWER, view)
        assert reply.status in ("scored", "not_scorable")
    print(f"\nquotes given {given}, dropped by the evidence check {dropped}, unreadable replies {unread}")
    assert dropped <= given


def test_no_level_of_a_real_judge_stands_without_a_verified_quote() -> None:
    grader = a_grader()
    found = JudgeScorer(grader, runs=1, find_flags=lambda answer: ()).score(ANSWER)
    for score in found.scores:
        print(f"\n{score.criterion}: {score.level} {score.reason or ''} ({len(score.evidence)} quotes)")
        assert (score.level is None) == (score.reason is not None)
        assert score.level is None or score.level == 1 or score.evidence
        assert all(item.quote in SAID for item in score.evidence)
    print(found.notes[-1])
    assert grader.usage.total.calls > 0
