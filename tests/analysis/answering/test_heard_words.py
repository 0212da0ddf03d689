"""What was heard is kept beside what was corrected, and can be put back with its times."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from analysis.answering import one_answer
from analysis.reviewing.transcript_lines import marked_lines
from data.domain import Attempt, AttemptResult, Interval, Question, Speech, Transcript, Word
from data.store import Database
from tests.stored import shipped_questions

HEARD = (Word("We", 0.0, 0.2, 0.9), Word("shart", 0.3, 0.6, 0.3), Word("it.", 0.7, 0.9, 0.8))


@pytest.fixture
def question() -> Question:
    return shipped_questions()[0]


def answered(question: Question) -> AttemptResult:
    attempt = Attempt(
        "one", "local", "visit", question.id, datetime(2026, 11, 24, tzinfo=UTC), "microphone", "captured"
    )
    speech = Speech(Transcript(HEARD, "by hand", "en"), (Interval(0.0, 0.9),), (), 1.0)
    return one_answer.measure_answer(attempt, question, speech, ())


def test_a_correction_keeps_what_was_heard_also_after_the_second_one(question: Question) -> None:
    once = one_answer.with_words(answered(question), question, "We shard it.")
    twice = one_answer.with_words(once, question, "We shard it by user.")
    assert twice.speech is not None
    assert twice.speech.heard == HEARD
    assert twice.speech.transcript.words[1] == Word("shard", 0.3, 0.6)


def test_putting_it_back_gives_times_and_sureness_back(question: Question) -> None:
    corrected = one_answer.with_words(answered(question), question, "Something else entirely.")
    back = one_answer.with_words(corrected, question, "We shart it.")
    assert back.speech is not None
    assert back.speech.transcript.words == HEARD


@pytest.mark.slow
def test_what_was_heard_is_found_again_and_erased_with_the_answer(question: Question) -> None:
    session = Database.open("duckdb:///:memory:").session()
    try:
        corrected = one_answer.with_words(answered(question), question, "We shard it.")
        session.answers.save(corrected)
        loaded = session.answers.load("one")
        assert loaded is not None and loaded.speech is not None
        assert loaded.speech.heard == HEARD
        session.answers.erase("one")
        assert session.answers.load("one") is None
    finally:
        session.database.close()


def test_words_that_were_heard_unclearly_are_marked(question: Question) -> None:
    words = [word for line in marked_lines(answered(question).turns) for word in line.words]
    assert [(word.text, word.unsure) for word in words] == [("We", False), ("shart", True), ("it.", False)]
