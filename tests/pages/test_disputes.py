"""“This is wrong” and scoring with a judge on the Review page, with the scripted endpoint behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.answering import one_answer
from analysis.live.judging_jobs import Jobs
from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.llm.reply_cache import FileCache
from analysis.llm.usage import Price
from analysis.scoring import Scorer
from analysis.scoring.judge import JudgeScorer, configured_judge
from analysis.written.drafts import dispute_key
from data.domain import Answer, Assessment, AttemptResult, Draft, Evidence, Score
from data.questions import question_by_id
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from tests.drawn_text import as_read
from tests.fake_endpoint import Behaviour, FakeEndpoint, answer_text, inventing, status
from tests.stored import open_store, shipped_questions

pytestmark = pytest.mark.slow

QUESTION = question_by_id(shipped_questions(), "url-shortener")
REASON = "I said what happens when the queue is lost."
Configure = Callable[..., FakeEndpoint]


class OneLevel:
    """A scorer that finds level 2 in C4."""

    name = "plain"
    version = "1"

    def score(self, answer: Answer) -> Assessment:
        quote = Evidence(" ".join(answer.candidate_text.split()[:4]), turn=1)
        return Assessment((Score("C4", 2.0, self.name, self.version, "r1", 2.0, 2.0, evidence=(quote,)),))


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    jobs, questions = Jobs(), shipped_questions()
    given = {"RECORDINGS_URL": (tmp_path / "recordings").as_uri(), "LLM_BASE_URL": "http://judge.test/v1"}
    settings = load_settings(given, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", lambda: questions)
    monkeypatch.setattr(resources, "jobs", lambda: jobs)
    monkeypatch.setattr(resources, "scorers", lambda: (OneLevel(),))
    monkeypatch.setattr(configured_judge, "JUDGE_CACHE", tmp_path / "replies")
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


@pytest.fixture
def judged_by(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    def configure(*behaviours: Behaviour) -> FakeEndpoint:
        forget_servers()
        endpoint = FakeEndpoint(*behaviours)
        chat_model = ChatModel("http://judge.test/v1", "k", "m", transport=endpoint.transport)
        chat_model.cache, chat_model.price = FileCache(tmp_path / "replies"), Price(1.0, 4.0)
        chat_model.wait = lambda seconds, cancel: None
        scorers: tuple[Scorer, ...] = (OneLevel(), JudgeScorer(chat_model))
        monkeypatch.setattr(resources, "scorers", lambda: scorers)
        return endpoint

    return configure


def answered(session: Session, scored: bool = True) -> AttemptResult:
    attempt = one_answer.start_answer(
        session, candidate_id="local", session_id="s", question=QUESTION, mode="typed"
    )
    kept = one_answer.keep_answer(session, attempt, QUESTION, one_answer.typed_speech(answer_text("C4", 3)))
    session.memory.remember("local", f"self-rating-skipped:{attempt.id}", "yes")
    return one_answer.score_answer(session, kept, QUESTION, OneLevel()) if scored else kept


def review(result: AttemptResult) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=30)
    page.query_params["attempt"] = result.attempt.id
    return shown(page.run())


def shown(page: AppTest) -> AppTest:
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    return shown(next(button for button in page.button if button.label == label).click().run())


def said(page: AppTest) -> str:
    drawn = (*page.markdown, *page.caption, *page.error, *page.info, *page.warning)
    titles = [getattr(one.proto, "title", "") for one in (*page.error, *page.info, *page.warning)]
    return as_read("\n".join([*(str(one.value) for one in drawn), *map(str, titles)]))


def finished(page: AppTest, result: AttemptResult) -> AppTest:
    deadline = time.monotonic() + 20
    while (job := resources.jobs().of(result.attempt.id)) is not None and job.state == "running":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return shown(page.run())


def dispute(page: AppTest, button: str, reason: str = REASON) -> AppTest:
    session, (attempt,) = resources.session(), [one.id for one in resources.session().answers.of("local")]
    found = session.answers.assessments(attempt)[0].scores[0]
    key = dispute_key(attempt, found.scorer, found.criterion)
    session.drafts.put("local", key, Draft(reason, "a.1"))
    return press(page, button)


def test_with_a_judge_a_dispute_is_judged_again_and_both_levels_are_shown(
    session: Session, judged_by: Configure
) -> None:
    endpoint = judged_by()
    result = answered(session)
    page = review(result)
    assert "5 calls" in said(page) and "at most $" in said(page)
    page = finished(dispute(page, "Judge it again"), result)
    text = said(page)
    for part in (REASON.rstrip("."), "First level, by plain", "level 2", "Judged again", "level 3"):
        assert part in text, text
    assert "can be disputed once" in text
    assert not [button for button in page.button if button.label == "Judge it again"]
    assert [asked.kind for asked in endpoint.asked] == ["read", "claims", "next"]


def test_with_a_scorer_without_a_judge_it_is_said_that_there_is_no_second_judge(session: Session) -> None:
    result = answered(session)
    page = review(result)
    assert "no second judge" in said(page)
    text = said(dispute(page, "Keep my disagreement"))
    assert "First level, by plain" in text and "Your reason is kept" in text
    (kept,) = session.disagreements.disputes(result.attempt.id)
    assert (kept.reason, kept.second) == (REASON, None)


def test_another_tab_finds_the_dispute_and_that_there_is_only_one(session: Session) -> None:
    result = answered(session)
    first, second = review(result), review(result)
    dispute(first, "Keep my disagreement")
    text = said(dispute(second, "Keep my disagreement", "Really."))
    assert REASON.rstrip(".") in text and "can be disputed once" in text
    assert len(session.disagreements.disputes(result.attempt.id)) == 1


def test_a_dispute_without_a_reason_asks_for_one(session: Session) -> None:
    result = answered(session)
    assert "A reason is missing" in said(dispute(review(result), "Keep my disagreement", ""))
    assert session.disagreements.disputes(result.attempt.id) == ()


def test_a_failing_judge_says_why_and_can_be_asked_again(session: Session, judged_by: Configure) -> None:
    judged_by(status(500))
    result = answered(session)
    page = finished(dispute(review(result), "Judge it again"), result)
    assert "could not be reached" in said(page) and "earlier levels are kept" in said(page)
    judged_by()
    page = finished(press(page, "Ask the judge"), result)
    assert "Judged again" in said(page)


def test_scoring_with_the_judge_shows_the_cost_before_and_leaves_both_scorers_levels(
    session: Session, judged_by: Configure
) -> None:
    judged_by()
    result = answered(session)
    page = review(result)
    control = next(group for group in page.button_group if group.label == "Scorer")
    page = shown(control.set_value("judge").run())
    assert "Sends the question and your words to judge.test" in said(page)
    page = finished(press(page, "Score again"), result)
    assert (session.memory.recall("local", "judge-seconds-per-call") or "").startswith("gpt-5.4-mini 0.")
    by = next(group for group in page.button_group if group.label == "Levels by")
    assert by.options == ["judge", "plain"]
    assert any("Judge: " in str(note.value) for note in page.caption)
    shown_levels = said(page)
    assert "by the judge scorer" in shown_levels
    page = shown(by.set_value(1).run())
    assert "by the plain scorer" in said(page)


def test_invented_quotes_are_unscored_with_a_reason_that_says_so(
    session: Session, judged_by: Configure
) -> None:
    judged_by(inventing)
    result = answered(session, scored=False)
    page = review(result)
    control = next(group for group in page.button_group if group.label == "Scorer")
    page = shown(control.set_value("judge").run())
    page = finished(press(page, "Score this answer"), result)
    assert "Evidence not found" in said(page)


def test_erasing_an_answer_stops_its_judge(
    session: Session, judged_by: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged_by()
    result = answered(session)
    judge = resources.judge()
    assert judge is not None
    job = resources.jobs().score(session, result, QUESTION, judge)
    resources.world().copies.erase_attempt(result.attempt.id)
    assert job.watch.forget.is_set()
    assert resources.jobs().of(result.attempt.id) is None
    assert session.answers.load(result.attempt.id) is None


def test_an_instructor_reads_the_dispute_and_has_nothing_to_press(
    session: Session, judged_by: Configure
) -> None:
    judged_by()
    result = answered(session)
    assert result.assessment is not None
    session.disagreements.dispute(result.attempt.id, result.assessment.scores[0], REASON)
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "answer.py"), default_timeout=30)
    page.query_params["attempt"] = result.attempt.id
    text = said(shown(page.run()))
    assert "Said to be wrong" in text and REASON.rstrip(".") in text and "Not judged again" in text
    assert not [button for button in page.button if button.label in ("Ask the judge", "Judge it again")]
