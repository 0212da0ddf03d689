"""Whoever receives words, sound, code, sketches or a pasted text is named where it happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.answering import one_answer
from analysis.interview.keeping.kept_interview import Interview, to_kept
from analysis.interview.loop.state import begin_state
from analysis.interview.planning.plan import Plan, Round
from analysis.live.cut_off import CutOff, asked_of
from analysis.live.judging_jobs import UNDER_WAY, Jobs
from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.scorers import make_scorer
from data.domain import Attempt
from data.questions import question_by_id
from data.recordings import Recordings
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from tests.fake_endpoint import FakeEndpoint, strong_answer
from tests.stored import open_store, shipped_questions

QUESTION = question_by_id(shipped_questions(), "url-shortener")
JUDGE, PLACE, EAR = "http://judge.test/v1", "judge.test", "http://ear.test/v1"
Configure = Callable[..., FakeEndpoint]


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "bank", shipped_questions)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    resources.interviews.clear()
    yield opened
    opened.database.close()


@pytest.fixture
def configure(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    def with_settings(**given: str) -> FakeEndpoint:
        forget_servers()
        endpoint, jobs = FakeEndpoint(), Jobs()
        folder = {"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}
        settings = load_settings({**folder, **given}, tmp_path / "none.toml")
        here = make_scorer("reader", settings)
        judge = JudgeScorer(ChatModel(JUDGE, "k", "m", transport=endpoint.transport))
        scorers = (here, judge) if settings.llm_configured else (here,)
        monkeypatch.setattr(resources, "settings", lambda: settings)
        monkeypatch.setattr(resources, "scorers", lambda: scorers)
        monkeypatch.setattr(resources, "jobs", lambda: jobs)
        return endpoint

    return with_settings


def opened(name: str, **query: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / name), default_timeout=60)
    page.query_params.update(query)
    return shown(page.run())


def shown(page: AppTest) -> AppTest:
    assert not page.exception
    return page


def said(page: AppTest) -> str:
    drawn = (*page.markdown, *page.caption, *page.checkbox)
    return seen("\n".join(str(getattr(one, "label", "") or one.value) for one in drawn))


def seen(text: str) -> str:
    """As it reads on screen: data is drawn with a sign before what Markdown would take for its own."""
    return text.replace("\\", "").replace("\N{WORD JOINER}", "")


def test_an_interview_names_who_judges_it_and_the_cost_before_it_starts(configure: Configure) -> None:
    configure(LLM_BASE_URL=JUDGE, LLM_MODEL="m", LLM_PRICE_IN="1", LLM_PRICE_OUT="4")
    page = opened("interview.py")
    assert f"are sent to {PLACE}, model m" in said(page)
    assert "calls" in said(page) and "stop it at any time" in said(page)
    chosen = next(one for one in page.button_group if one.key == "interview-scorer")
    page = shown(chosen.set_value("reader").run())
    assert PLACE not in said(page)
    assert "Nothing of this interview is sent" in said(page)


def test_without_a_judge_an_interview_says_nothing_about_sending(configure: Configure) -> None:
    configure()
    assert "sent" not in said(opened("interview.py")).replace("presented", "")


@pytest.mark.slow
def test_a_running_interview_shows_who_receives_it_what_it_cost_and_a_stop(
    session: Session, configure: Configure
) -> None:
    configure(LLM_BASE_URL=JUDGE, LLM_MODEL="m")
    page = opened("interview.py")
    next(one for one in page.button_group if one.key == "interview-mode").set_value("typed").run()
    next(one for one in page.button if one.label == "Start the interview").click().run()
    assert f"are sent to {PLACE}, model m" in said(page)
    assert "Nothing was sent so far." in said(page)
    next(one for one in page.button if one.label == "Stop sending").click().run()
    assert "Nothing more is sent." in said(shown(page))


@pytest.mark.slow
def test_a_recording_is_looked_at_only_after_consent_which_names_who_hears_it(configure: Configure) -> None:
    configure(STT_BASE_URL=EAR, STT_MODEL="small")
    page = opened("practice.py", question=QUESTION.id)
    next(one for one in page.button_group if one.key == "mode").set_value("upload").run()
    assert f"is sent to {EAR}" in said(shown(page))
    assert not page.get("file_uploader")
    next(one for one in page.checkbox if one.label.startswith("Keep a recording")).check().run()
    (box,) = shown(page).get("file_uploader")
    assert f"{EAR}, model small (set where this server is started)" in seen(box.proto.help)
    assert "stays on this server" not in box.proto.help


@pytest.mark.slow
def test_the_voice_server_is_named_with_all_that_it_is_sent(session: Session, configure: Configure) -> None:
    configure(TTS_BASE_URL="http://voice.test/v1", LLM_BASE_URL=JUDGE, LLM_MODEL="m")
    page = opened("interview.py")
    next(one for one in page.toggle if one.label.startswith("Read the question")).set_value(True).run()
    told = said(shown(page))
    assert "http://voice.test/v1" in told and "may repeat words of yours" in told
    assert "nothing of yours is" not in told


def test_a_pasted_text_names_the_model_that_would_read_it(configure: Configure) -> None:
    configure(LLM_BASE_URL=JUDGE, LLM_MODEL="m")
    page = opened("questions.py")
    assert f"sends the text you pasted to {PLACE}, model m" in said(page)


def cut_off_answer(session: Session, asked: CutOff) -> str:
    attempt = one_answer.start_answer(
        session, candidate_id="local", session_id="s", question=QUESTION, mode="typed"
    )
    one_answer.keep_answer(session, attempt, QUESTION, one_answer.typed_speech(strong_answer(3)))
    session.memory.remember("local", UNDER_WAY + attempt.id, asked.text)
    return attempt.id


def judged(session: Session) -> None:
    deadline = time.monotonic() + 30
    while session.memory.recall_all("local", UNDER_WAY):
        assert time.monotonic() < deadline
        time.sleep(0.01)


GO_ON = "from pages.widgets.review import judging_cut_off\njudging_cut_off.go_on()"


@pytest.mark.slow
def test_judging_that_a_restart_cut_off_goes_on_with_the_next_visit_and_says_where(
    session: Session, configure: Configure
) -> None:
    endpoint = configure(LLM_BASE_URL=JUDGE, LLM_MODEL="m")
    connected = resources.judge()
    assert connected is not None
    attempt_id = cut_off_answer(session, asked_of(connected))
    page = shown(AppTest.from_string(GO_ON, default_timeout=60).run())
    assert PLACE in seen(page.toast[0].value)
    judged(session)
    assert endpoint.asked
    assert session.answers.assessments(attempt_id)[0].scores[0].scorer == "judge"
    asked = len(endpoint.asked)
    shown(page.run())
    assert len(endpoint.asked) == asked


@pytest.mark.slow
@pytest.mark.parametrize("by", ["another address", "another model", "another version", "an app of before"])
def test_judging_that_was_cut_off_is_sent_to_nobody_else_before_the_candidate_says_so(
    session: Session, configure: Configure, by: str
) -> None:
    endpoint = configure(LLM_BASE_URL=JUDGE, LLM_MODEL="m")
    connected = resources.judge()
    assert connected is not None
    same = asked_of(connected)
    asked = {
        "another address": replace(same, receiver="m at http://old.test/v1"),
        "another model": replace(same, version="model=old", receiver=f"old at {JUDGE}"),
        "another version": replace(same, version=f"{same.version} of before"),
        "an app of before": CutOff(),
    }[by]
    attempt_id = cut_off_answer(session, asked)
    shown(AppTest.from_string(GO_ON, default_timeout=60).run())
    assert endpoint.asked == [] and resources.jobs().of(attempt_id) is None
    page = opened("review.py", attempt=attempt_id)
    told = seen(" ".join(one.value for one in page.info))
    assert asked.receiver in told and PLACE in told
    next(one for one in page.button if one.label == "Judge it now").click().run()
    judged(session)
    assert session.answers.assessments(attempt_id)[0].scores[0].scorer == "judge"


@pytest.mark.slow
def test_judging_that_was_cut_off_can_be_left(session: Session, configure: Configure) -> None:
    endpoint = configure(LLM_BASE_URL=JUDGE, LLM_MODEL="m")
    attempt_id = cut_off_answer(session, CutOff("", "old", "old at http://old.test/v1"))
    page = opened("review.py", attempt=attempt_id)
    next(one for one in page.button if one.label == "Leave it").click().run()
    assert session.memory.recall_all("local", UNDER_WAY) == {} and endpoint.asked == []


def recorded_before(session: Session) -> Attempt:
    """A recording that was kept while no speech server was set."""
    attempt = one_answer.start_answer(
        session, candidate_id="local", session_id="s", question=QUESTION, mode="upload"
    )
    received = resources.recordings().receive(attempt.id, ".webm", "talk.webm")
    received.write_bytes(b"sound")
    kept = replace(attempt, recording=received.name)
    session.answers.start(kept)
    return kept


def test_a_recording_of_before_a_speech_server_was_set_is_sent_there_only_with_consent(
    session: Session, configure: Configure, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(STT_BASE_URL=EAR, STT_MODEL="small")
    folder = Recordings(resources.settings().recordings_url)
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    kept = recorded_before(session)
    page = opened("practice.py")
    finish, box = page.button(f"finish-{kept.id}"), page.checkbox(f"consent-of-{kept.id}")
    assert finish.disabled and f"is sent to {EAR}" in seen(box.label)
    shown(box.check().run())
    assert not page.button(f"finish-{kept.id}").disabled


@pytest.mark.slow
def test_a_spoken_interview_begun_before_a_speech_server_was_set_is_gone_on_with_only_with_consent(
    session: Session, configure: Configure
) -> None:
    configure(STT_BASE_URL=EAR, STT_MODEL="small")
    plan = Plan((Round(QUESTION, 5.0),), 5.0)
    begun = Interview("i" * 32, "local", "microphone", datetime.now(UTC), begin_state(plan, spoken=True))
    session.interviews.save(to_kept(begun))
    page = opened("interview.py", interview=begun.id)
    (box,) = page.checkbox
    assert f"is sent to {EAR}" in seen(box.label) and not box.value
    assert resources.interviews().everyone.everything() == {}
    listed = opened("interview.py")
    shown(listed.button(f"end-{begun.id}").click().run())
    assert resources.interviews().everyone.everything() == {}


def test_a_relay_server_is_shown_without_its_password(configure: Configure) -> None:
    configure(TURN_URL="turn:ada:hunter2@turn.test:3478")
    page = opened("settings.py")
    assert "turn.test:3478" in said(page) and "hunter2" not in said(page)
