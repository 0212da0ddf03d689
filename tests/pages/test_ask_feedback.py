"""Asking about feedback on Review, and the answer tightened: who reads it, what stays, what is not shown."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analysis.llm.chat_model import ChatModel
from data.language_model import LanguageModel
from data.settings import PROJECT_ROOT
from data.store import Session
from pages.widgets import resources, who_receives
from tests.asked_judge import a_grader
from tests.drawn_text import as_read
from tests.fake_endpoint import Behaviour, FakeEndpoint, says, status
from tests.stored import result

ATTEMPT = result().attempt.id


@pytest.fixture
def session(my_store: Session) -> Session:
    my_store.answers.save(result())
    my_store.memory.remember("me", f"self-rating-skipped:{ATTEMPT}", "yes")
    return my_store


def connected(monkeypatch: pytest.MonkeyPatch, *behaviours: Behaviour) -> FakeEndpoint:
    endpoint = FakeEndpoint(*behaviours)
    model: ChatModel = a_grader(endpoint)
    monkeypatch.setattr(resources, "feedback_model", lambda: model)
    used = LanguageModel("address", "m", "http://judge.test/v1")
    monkeypatch.setattr(resources, "language_model", lambda: used)
    monkeypatch.setattr(
        who_receives, "receiver", lambda what: "judge.test, model m" if what in ("asked", "sums") else None
    )
    return endpoint


def run(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def opened() -> AppTest:
    return run(AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=30))


def asked(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question)
    run(page)
    return finished(page, "feedback-talk")


def finished(page: AppTest, key: str) -> AppTest:
    """The page once the work beside it has ended."""
    kept = page.session_state[key]
    if kept.work is not None:
        assert kept.work.wait(20.0)
    return run(page)


def words(page: AppTest) -> str:
    groups = (page.markdown, page.caption, page.error, page.warning)
    return as_read(" ".join(str(one.value) for group in groups for one in group))


@pytest.mark.slow
def test_without_a_connected_model_nothing_can_be_asked(session: Session) -> None:
    page = opened()
    assert "Ask about it" not in [tab.label for tab in page.tabs]
    assert not page.chat_input


@pytest.mark.slow
def test_a_question_is_answered_with_the_words_and_sources_it_goes_by(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = connected(monkeypatch, says('You said "the leader refuses writes" [V-C2].'))
    page = opened()
    assert [tab.label for tab in page.tabs][-1] == "Ask about it"
    assert "Sends what you ask, the question, your words and what was found in them to judge.test" in words(
        page
    )
    assert endpoint.asked == [], "nothing is sent before somebody asks"
    told = words(asked(page, "Why this level?"))
    assert "Why this level?" in told
    assert "You said" in told and "V-C2, verdict: Distributed-systems fundamentals is at level 3." in told
    assert "Replies are written by an AI system: the language model m at judge.test" in told
    assert len(endpoint.asked) == 1


@pytest.mark.slow
def test_a_reply_that_nothing_stands_behind_is_not_shown(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(monkeypatch, says("Use a quorum and hinted handoff."))
    told = words(asked(opened(), "What would be better?"))
    assert "named neither words of your answer nor a source" in told
    assert "hinted handoff" not in told


@pytest.mark.slow
def test_a_model_that_fails_is_told_and_one_can_ask_again(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(monkeypatch, status(401))
    page = asked(opened(), "Why?")
    told = as_read(" ".join(one.value for one in page.warning))
    assert told and page.chat_input


@pytest.mark.slow
def test_the_answer_is_tightened_by_leaving_out_and_says_how_many_words_stay(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "So let me think about it. The leader refuses writes and tells the client."
    session.answers.save(result(text=text))
    connected(monkeypatch, says({"cuts": [{"quote": "So let me think about it", "kind": "empty"}]}))
    page = opened()
    next(one for one in page.button if one.label == "Tighten my answer").click()
    run(page)
    told = words(finished(page, "tightened-answer"))
    assert "8 of 14 words stay." in told
    assert "The leader refuses writes and tells the client." in told
    drawn = " ".join(one.proto.body for one in page.get("html"))
    assert '<del class="empty">So let me think about it.</del>' in drawn


@pytest.mark.slow
def test_sums_are_read_too_when_that_is_asked_for(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Forty pods with a pool of 25, fine. On the database the load is three thousand connections."
    session.answers.save(result(text=text))
    sums = [{"quote": "is three thousand connections", "stated": 3000, "expression": "40 * 25"}]
    endpoint = connected(monkeypatch, says({"sums": sums}))
    page = opened()
    assert "Nothing to recompute" in words(page) and endpoint.asked == []
    assert "Sends the question, what the interviewer said and your words to judge.test" in words(page)
    next(one for one in page.button if one.label == "Have the sums read too").click()
    run(page)
    told = words(finished(page, "sums-read"))
    assert "Check this" in told and "recomputed 1,000 connections" in told
    assert "Replies are written by an AI system" in told and len(endpoint.asked) == 1


@pytest.mark.slow
def test_a_sample_answer_is_sent_to_nobody(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    connected(monkeypatch)
    resources.sample_answers().load(resources.questions()[:3])
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=30)
    page.query_params["attempt"] = session.answers.of("sample")[0].id
    assert "Ask about it" not in [tab.label for tab in run(page).tabs]


@pytest.mark.slow
def test_what_was_written_while_another_model_was_connected_is_sent_to_nobody(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(monkeypatch)
    page = opened()
    page.chat_input[0].set_value("Why?")
    endpoint = connected(monkeypatch)
    other = a_grader(endpoint)
    other.model = "other"
    monkeypatch.setattr(resources, "feedback_model", lambda: other)
    run(page)
    assert endpoint.asked == []
    assert page.chat_input
