"""One plain sentence says that it is an AI system, which one and where it runs, before it and beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.answering import one_answer
from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.report.content import make_report
from analysis.scoring import written_by
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.scorers import make_scorer
from data.access import Viewer
from data.domain import AttemptResult, Score
from data.language_model import LanguageModel
from data.questions import question_by_id
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from pages.widgets.settings import voice_settings
from tests.drawn_text import as_read
from tests.fake_endpoint import FakeEndpoint, strong_answer
from tests.stored import open_store, shipped_questions

pytestmark = pytest.mark.slow

QUESTION = question_by_id(shipped_questions(), "url-shortener")
MODEL = LanguageModel("address", "small 7b", "https://llm.example/v1")


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings = load_settings(
        {
            "RECORDINGS_URL": (tmp_path / "recordings").as_uri(),
            "LANGUAGE_MODEL_FILE": str(tmp_path / "model.json"),
        },
        tmp_path / "none.toml",
    )
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "bank", shipped_questions)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    resources.interviews.clear()
    yield opened
    opened.database.close()


def opened(name: str, **query: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / name), default_timeout=60)
    page.query_params.update(query)
    page.run()
    assert not page.exception
    return page


def captions(page: AppTest) -> str:
    return as_read("\n".join(one.value for one in page.caption))


def judged(session: Session) -> AttemptResult:
    forget_servers()
    attempt = one_answer.start_answer(
        session, candidate_id="local", session_id="s", question=QUESTION, mode="typed"
    )
    kept = one_answer.keep_answer(session, attempt, QUESTION, one_answer.typed_speech(strong_answer(3)))
    judge = JudgeScorer(ChatModel("http://j.test/v1", "k", MODEL.model, transport=FakeEndpoint().transport))
    scored = one_answer.score_answer(session, kept, QUESTION, judge)
    session.answers.rate(scored.attempt.id, {"C4": 2.0})
    return scored


def test_before_an_interview_the_model_that_leads_it_is_named_with_its_place(session: Session) -> None:
    resources.connect_model(MODEL)
    told = captions(opened("interview.py"))
    assert "The interviewer is an AI system, not a person: the language model small 7b at llm.example" in told
    assert "synthetic" not in told


def test_an_interview_that_no_language_model_leads_says_so(session: Session) -> None:
    told = captions(opened("interview.py"))
    assert "The interviewer is an AI system, not a person" in told
    assert "no language model takes part" in told


def test_an_interview_that_is_kept_from_the_model_says_so(session: Session) -> None:
    resources.connect_model(MODEL)
    page = opened("interview.py")
    next(one for one in page.button_group if one.key == "interview-scorer").set_value("reader").run()
    assert "no language model takes part" in captions(page)


def test_a_synthetic_voice_is_called_synthetic(session: Session) -> None:
    voice_settings.keep(voice_settings.Voice(aloud=True))
    assert "Its voice is synthetic." in captions(opened("interview.py"))
    assert "it is synthetic" in captions(opened("settings.py"))


def test_levels_that_a_model_wrote_are_called_so_with_where_it_runs_while_it_is_known(
    session: Session,
) -> None:
    result = judged(session)
    told = "Written by an AI system: the language model small 7b"
    assert f"{told} gave these" in captions(opened("review.py", attempt=result.attempt.id))
    resources.connect_model(MODEL)
    assert f"{told} at llm.example gave these" in captions(opened("review.py", attempt=result.attempt.id))
    resources.connect_model(replace(MODEL, model="another"))
    assert f"{told} gave these" in captions(opened("review.py", attempt=result.attempt.id))


def test_a_report_says_which_model_wrote_it(session: Session) -> None:
    report = make_report(judged(session), QUESTION)
    assert "Written by an AI system: the language model small 7b gave" in report.scored_by


def test_levels_by_rules_are_not_called_written_by_a_model() -> None:
    version = make_scorer("reader").version
    assert written_by.sentence([Score("C4", 2.0, "plain", version, "r1")]) == ""
    assert written_by.sentence([]) == ""


def test_where_people_sign_in_a_model_of_the_server_is_not_on_their_computer(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources.connect_model(LanguageModel("address", "m", "http://127.0.0.1:11434/v1"))
    assert "on this computer" in captions(opened("interview.py"))
    monkeypatch.setattr(resources, "viewer", lambda: Viewer("carl", "candidate"))
    told = captions(opened("interview.py"))
    assert "127.0.0.1:11434 on this server" in told and "this computer" not in told
