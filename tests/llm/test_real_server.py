"""The judge against a real OpenAI-compatible server that nobody here wrote. Run by `make test-llm` only.

Start one with `tests/llm/serve.sh`, or point LLM_TEST_BASE_URL (LLM_TEST_MODEL, LLM_TEST_API_KEY) at yours;
LLM_TEST_REPLY_TOKENS is the longest reply. A small model
judges badly, and that is the point: whatever it says, a whole judging ends in bounded time, and no level
stands without a verified quote. Figures are printed.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from analysis.answering import one_answer
from analysis.live.judging_jobs import Jobs
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel
from analysis.llm.reply_cache import FileCache
from analysis.llm.structured import wire_schema
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge.asked_items import Group
from analysis.scoring.judge.messages import opening, read_request
from analysis.scoring.judge.replies import ReadReply
from analysis.scoring.judge.view import View, show
from data.domain import Answer, Question, Turn
from data.rubrics import criterion
from data.store import Database

pytestmark = [pytest.mark.llm, pytest.mark.timeout(3600)]

TIMEOUT_SECONDS = 600.0
QUESTION = Question(
    "q", "operations", "mid", "Queue", "The job queue keeps growing. What do you do?", "queues", ("C6",), 5.0
)
SAID = (
    "First I look at the consumer lag and the error ratio of the workers. I page when the lag passes ten "
    "thousand for five minutes. If a release caused it I roll back to the old version, which stays warm. "
    "Each job has a request id, so I can follow one slow job through the logs."
)
ANSWER = Answer(QUESTION, (Turn(0, "interviewer", QUESTION.text), Turn(1, "candidate", SAID)))


def a_grader(cache: Path | None = None) -> ChatModel:
    address = os.environ.get("LLM_TEST_BASE_URL")
    if not address:
        pytest.fail("Set LLM_TEST_BASE_URL to a running server; tests/llm/serve.sh starts one.")
    return ChatModel(
        address,
        os.environ.get("LLM_TEST_API_KEY", "none"),
        os.environ.get("LLM_TEST_MODEL", "local"),
        concurrency=1,
        timeout_seconds=TIMEOUT_SECONDS,
        reply_tokens=int(os.environ.get("LLM_TEST_REPLY_TOKENS", "600")),
        cache=FileCache(cache) if cache else None,
    )


def format_used(chat_model: ChatModel) -> str:
    return chat_model.habits.rung


def dropped_quotes(reply: ReadReply, view: View) -> int:
    """How many quotes of a reply are not in the turn they name."""
    quotes = [quote for item in reply.found for quote in item.quotes]
    return sum(view.evidence(quote, ANSWER.turns, "") is None for quote in quotes)


def test_a_real_server_replies_in_the_shape_that_was_asked_for() -> None:
    view, item = show(ANSWER), criterion("C6")
    messages = (*opening(QUESTION, view), read_request(QUESTION, view, Group((item,), ())))
    schema = wire_schema(ReadReply)
    chat_model = a_grader()
    given = dropped = read = 0
    for seed in range(3):
        try:
            reply = chat_model.ask(messages, ReadReply, Call(seed=seed), schema)
        except ChatError as error:
            print(f"\nseed {seed}: {error}")
            assert error.kind in ("unreadable", "refused")
            continue
        read += 1
        given += sum(len(item.quotes) for item in reply.found)
        dropped += dropped_quotes(reply, view)
    print(
        f"\nreplies read {read} of 3 as {format_used(chat_model)}, quotes given {given}, "
        f"dropped by the evidence "
        f"check {dropped}. {chat_model.usage.total.sentence}"
    )
    assert dropped <= given
    assert chat_model.usage.total.calls > 0


def test_a_whole_judging_ends_and_no_level_stands_without_a_verified_quote(tmp_path: Path) -> None:
    session = Database.open(f"duckdb:///{tmp_path}/rehearse.duckdb").session()
    attempt = one_answer.start_answer(
        session, candidate_id="me", session_id="s", question=QUESTION, mode="typed"
    )
    kept = one_answer.keep_answer(session, attempt, QUESTION, one_answer.typed_speech(SAID))
    chat_model = a_grader(tmp_path / "replies")
    job = Jobs().score(session, kept, QUESTION, JudgeScorer(chat_model))
    while job.state == "running":
        assert job.seconds < TIMEOUT_SECONDS * 2 * max(1, job.watch.questions)
        time.sleep(0.2)
    result = session.answers.load(attempt.id)
    session.database.close()
    assert job.state == "done", job.problem
    assert result is not None and result.assessment is not None
    for score in result.assessment.scores:
        print(f"\n{score.criterion}: {score.level} {score.reason or ''} ({len(score.evidence)} quotes)")
        assert (score.level is None) == (score.reason is not None)
        assert score.level is None or score.level == 1 or score.evidence
        assert all(item.quote in SAID for item in score.evidence)
    print(f"{job.watch.settled} of {job.watch.questions} questions in {job.seconds:.0f} s")
    print(*result.assessment.notes, sep="\n")
    assert job.watch.settled == job.watch.questions
