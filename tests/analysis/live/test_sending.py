"""What an interview sends to a chat model: counted, stopped, and nothing of an interview that was left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.answering import one_answer
from analysis.interview.planning.plan import Plan, Round
from analysis.interview.speaker.llm_speaker import ProbeReply
from analysis.live.judging_jobs import UNDER_WAY, Jobs
from analysis.live.sending import Sending, cost_at_most
from analysis.llm.chat_errors import ChatError
from analysis.llm.chat_model import Call, ChatModel, Message, forget_servers
from analysis.scoring.judge import JudgeScorer
from data.domain import AttemptResult
from data.questions import question_by_id
from data.store import Session
from tests.analysis.live.test_judging_jobs import Held, ended
from tests.fake_endpoint import Behaviour, FakeEndpoint, says, strong_answer
from tests.stored import open_store, shipped_questions

pytestmark = pytest.mark.slow

QUESTION = question_by_id(shipped_questions(), "url-shortener")
ASKED = [Message("user", "Word this probe.")]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_store(tmp_path)
    yield opened
    opened.database.close()


def a_model(*behaviours: Behaviour) -> tuple[ChatModel, FakeEndpoint]:
    forget_servers()
    endpoint = FakeEndpoint(*behaviours)
    chat_model = ChatModel("http://judge.test/v1", "k", "m", 1, transport=endpoint.transport)
    chat_model.wait = lambda seconds, cancel: None
    return chat_model, endpoint


def sending(*behaviours: Behaviour, probe: Behaviour | None = None) -> tuple[Sending, FakeEndpoint]:
    chat_model, endpoint = a_model(*behaviours)
    model = a_model(probe or says({"probes": ["What then?"]}))[0]
    judge = JudgeScorer(chat_model)
    return Sending(Jobs(), judge, model, judge.receiver), endpoint


def answered(session: Session) -> AttemptResult:
    attempt = one_answer.start_answer(
        session, candidate_id="me", session_id="s", question=QUESTION, mode="typed"
    )
    return one_answer.keep_answer(session, attempt, QUESTION, one_answer.typed_speech(strong_answer(3)))


def test_probes_and_judging_are_counted_together(session: Session) -> None:
    sends, endpoint = sending()
    assert sends.ask(ASKED, ProbeReply, Call(group="probe")).probes == ["What then?"]
    assert sends.spent.calls == 1
    result = answered(session)
    assert sends.judged(session, result, QUESTION)
    job = sends.jobs.of(result.attempt.id)
    assert job is not None and ended(job).state == "done"
    assert sends.spent.calls == 1 + len(endpoint.asked)
    assert session.answers.assessments(result.attempt.id)[0].scores[0].scorer == "judge"


def test_a_stop_ends_what_runs_names_it_and_sends_nothing_more(session: Session) -> None:
    held = Held(free=2)
    sends, endpoint = sending(held)
    result = answered(session)
    assert sends.judged(session, result, QUESTION)
    assert held.waiting.wait(20)
    assert sends.stop() == (result.attempt.id,)
    held.go.set()
    asked = len(endpoint.asked)
    assert not sends.judged(session, answered(session), QUESTION)
    with pytest.raises(ChatError):
        sends.ask(ASKED, ProbeReply, Call())
    assert session.answers.assessments(result.attempt.id) == ()
    assert len(endpoint.asked) <= asked + 1
    assert session.memory.recall_all("me", UNDER_WAY) == {}


def test_a_model_that_the_candidate_has_not_agreed_to_gets_nothing_until_they_do(session: Session) -> None:
    sends, endpoint = sending()
    sends.agreed_to = "m at http://old.test/v1"
    result = answered(session)
    assert not sends.judged(session, result, QUESTION)
    with pytest.raises(ChatError):
        sends.ask(ASKED, ProbeReply, Call())
    assert endpoint.asked == []
    sends.agree()
    assert sends.judged(session, result, QUESTION)
    job = sends.jobs.of(result.attempt.id)
    assert job is not None and ended(job).state == "done"


def test_the_cost_of_a_whole_interview_is_known_before_it_starts() -> None:
    judge = sending()[0].judge
    plan = Plan((Round(QUESTION, 5.0), Round(QUESTION, 5.0)), 10.0)
    one = cost_at_most(judge, Plan(plan.rounds[:1], 5.0))
    both = cost_at_most(judge, plan)
    assert one.calls > 0 and one.prompt_tokens > 750
    assert (both.calls, both.completion_tokens) == (2 * one.calls, 2 * one.completion_tokens)
