"""Acceptance test 7: without the camera and voice rows every content score is the same, byte for byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, delete

from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.scoring import Scorer
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.reader import ReaderScorer
from data.domain import Answer, AttemptResult, Turn
from data.store import Database, tables
from tests.fake_endpoint import FakeEndpoint, strong_answer
from tests.stored import result, shipped_questions

QUESTION = next(question for question in shipped_questions() if question.category == "system_design")
MEASURED = (tables.delivery, tables.signals, tables.signal_summaries, tables.signal_events)


def a_scorer(name: str) -> Scorer:
    if name == "reader":
        return ReaderScorer()
    forget_servers()
    chat_model = ChatModel("http://judge.test/v1", "key", "m", transport=FakeEndpoint().transport)
    return JudgeScorer(chat_model)


def reloaded(url: str) -> AttemptResult:
    session = Database.open(url).session()
    kept = session.answers.load(result().attempt.id)
    session.database.close()
    assert kept is not None
    return kept


@pytest.mark.slow
@pytest.mark.parametrize("name", ["reader", "judge"])
def test_content_scores_do_not_change_when_camera_and_voice_rows_are_deleted(address: str, name: str) -> None:
    turns = (Turn(0, "interviewer", QUESTION.text), Turn(1, "candidate", strong_answer()))
    session = Database.open(address).session()
    session.answers.save(
        replace(result(), turns=turns, assessment=a_scorer(name).score(Answer(QUESTION, turns)))
    )
    session.database.close()
    before = reloaded(address)
    assert before.delivery is not None
    assert before.frames
    assert before.assessment is not None
    assert before.assessment.scores or any(one.status == "covered" for one in before.assessment.key_points)
    before_again = a_scorer(name).score(Answer(QUESTION, before.turns))

    engine = create_engine(address)
    with engine.begin() as connection:
        for table in MEASURED:
            connection.execute(delete(table))
    engine.dispose()

    after = reloaded(address)
    assert after.delivery is None
    assert not after.frames
    assert repr(after.assessment).encode() == repr(before.assessment).encode()
    after_again = a_scorer(name).score(Answer(QUESTION, after.turns))
    assert repr(after_again.scores).encode() == repr(before_again.scores).encode()
