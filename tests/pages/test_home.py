"""The first page: three ways in and what is missing; later the last answer, what is next and the week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.answering import one_answer
from data.access import SAMPLE_CANDIDATE, Viewer
from data.domain import Advice, AttemptResult, ModelExam, Question
from data.language_model import LanguageModel
from data.rubrics import load_rubric
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from data.synthetic.samples import SampleAnswers
from pages.widgets import resources
from pages.widgets.home import what_is_ready
from pages.widgets.settings import model_arrival
from tests.drawn_text import as_read
from tests.hosted_cohorts import SOON, Hosted
from tests.stored import attempt, open_store, result, shipped_questions

PAGE = str(PROJECT_ROOT / "pages" / "home.py")


@pytest.fixture
def led_to(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where presses lead, instead of leading there."""
    found: list[str] = []

    def switch(page: str, *, query_params: dict[str, str] | None = None) -> None:
        found.append(f"{page} {query_params or ''}".strip())
        st.stop()

    monkeypatch.setattr(st, "switch_page", switch)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    return found


def look_as(session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page be drawn for whom the session is bound to, without any model on the disk."""
    environ = {"RECORDINGS_URL": (folder / "recordings").as_uri(), "MODELS_DIR": str(folder / "models")}
    settings, questions = load_settings(environ, folder / "none.toml"), shipped_questions()
    monkeypatch.setattr(resources, "session", lambda: session)
    monkeypatch.setattr(resources, "viewer", lambda: session.viewer)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", lambda: questions)
    monkeypatch.setattr(resources, "bank", lambda: questions)


@pytest.fixture
def session(tmp_path: Path, led_to: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    look_as(opened, tmp_path, monkeypatch)
    yield opened
    opened.database.close()


def drawn() -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30).run()
    assert not page.exception and not page.error
    return page


def words(page: AppTest) -> str:
    parts = (page.title, page.subheader, page.markdown, page.caption, page.info)
    return as_read(" ".join(element.value for group in parts for element in group))


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[AttemptResult]:
    """The answers that the reader was to read; it takes a third of a second for each."""
    given: list[AttemptResult] = []

    def read(result: AttemptResult, _: Question) -> AttemptResult:
        given.append(result)
        return result

    monkeypatch.setattr(one_answer, "reading_of", read)
    return given


@pytest.mark.slow
@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize(
    ("label", "page"),
    [
        ("Plan a mock interview", "pages/interview.py"),
        ("Answer one question", "pages/practice.py"),
        ("Load the sample data", "pages/progress.py"),
    ],
)
def test_a_first_visit_has_three_ways_in_each_one_press(
    session: Session, led_to: list[str], label: str, page: str
) -> None:
    press(drawn(), label)
    assert led_to == [page]


def test_a_first_visit_is_no_form(session: Session) -> None:
    page = drawn()
    assert not [*page.text_input, *page.selectbox, *page.radio, *page.checkbox, *page.button_group]


@pytest.mark.slow
def test_a_look_around_loads_the_labelled_sample_read_and_the_next_visit_leads_to_it(
    session: Session, heard: list[AttemptResult]
) -> None:
    press(drawn(), "Load the sample data")
    assert {one.attempt.candidate_id for one in heard} == {SAMPLE_CANDIDATE}
    assert SampleAnswers(session.database, session.viewer).is_there()
    page = drawn()
    assert "See the sample (pages/progress.py)" in words(page)
    assert "Load the sample data" not in [button.label for button in page.button]


@pytest.fixture
def no_speech_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where none is installed."""
    for looking in (what_is_ready, model_arrival):
        monkeypatch.setattr(looking, "is_installed", lambda model, folder: False)


def test_what_is_missing_has_one_press(session: Session, no_speech_model: None) -> None:
    page = drawn()
    assert "**Speech recognition** · :orange-badge[not here yet]" in words(page)
    assert "Install" in [button.label for button in page.button]
    assert "Connect or install one (pages/settings.py)" in words(page)


def test_what_is_there_is_ready(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    there = replace(resources.settings(), stt_model_dir=Path("somewhere"))
    monkeypatch.setattr(resources, "settings", lambda: there)
    used = LanguageModel("address", "qwen3", "http://127.0.0.1:11434/v1")
    monkeypatch.setattr(resources, "language_model", lambda: used)
    page = drawn()
    assert "**Speech recognition** · :green-badge[ready]" in words(page)
    assert "qwen3, at 127.0.0.1:11434" in words(page)
    assert "has not sat the exam: its levels count nowhere" in words(page)
    assert "To its exam (pages/settings.py)" in words(page)
    assert "Install" not in [button.label for button in page.button]


def test_a_model_that_passed_its_exam_is_ready(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    used = LanguageModel("address", "qwen3", "http://127.0.0.1:11434/v1")
    monkeypatch.setattr(resources, "language_model", lambda: used)
    judge, now = resources.judge(), datetime.now(UTC).replace(microsecond=0)
    assert judge is not None
    rubric = load_rubric().version
    session.exams.keep(ModelExam("judge", judge.version, rubric, "qwen3", "here", now, {}, passed=True))
    page = drawn()
    assert "**Language model** · :green-badge[ready]" in words(page)
    assert "it passed the exam, so its levels count" in words(page)


def test_somebody_who_may_not_configure_is_told_who_does(
    session: Session, tmp_path: Path, no_speech_model: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_as(session.seen_by(Viewer("ann")), tmp_path, monkeypatch)
    page = drawn()
    assert words(page).count("An administrator of this server sees to it.") == 2
    assert "Install" not in [button.label for button in page.button]


@pytest.mark.slow
def test_a_later_visit_shows_the_last_answer_what_is_next_and_the_week(
    session: Session, led_to: list[str]
) -> None:
    session.answers.save_many([result(1, candidate="local"), result(2, candidate="local", days=1)])
    page = drawn()
    said = words(page)
    assert "Your last answer" in said and "Rate it yourself, then see what was found." in said
    assert "Open it (pages/review.py)" in said
    assert "A new week." in said
    press(page, "Answer it")
    assert len(led_to) == 1 and led_to[0].startswith("pages/practice.py {'question': ")


@pytest.mark.slow
def test_what_to_do_next_is_told_once_one_has_rated_oneself(session: Session) -> None:
    kept = replace(result(1, candidate="local"), advice=Advice(("a",), (), "Say how many requests come."))
    session.answers.save(kept)
    assert "Say how many requests come." not in words(drawn())
    session.answers.rate(kept.attempt.id, {"C2": 2.0})
    assert "Do next: Say how many requests come." in words(drawn())


def test_an_answer_that_was_not_finished_is_led_to(session: Session) -> None:
    session.answers.start(attempt(1, "local", status="recording"))
    said = words(drawn())
    assert "An answer that is not finished (pages/practice.py)" in said


def test_a_link_of_the_time_when_practice_was_the_first_page_still_leads_there(
    session: Session, led_to: list[str]
) -> None:
    page = AppTest.from_file(PAGE, default_timeout=30)
    page.query_params["question"] = "lru-cache"
    page.run()
    assert led_to == ["pages/practice.py {'question': 'lru-cache'}"]


@pytest.fixture
def hosted(tmp_path: Path, led_to: list[str]) -> Iterator[Hosted]:
    found = Hosted(open_store(tmp_path))
    yield found
    found.session.database.close()


@pytest.mark.slow
def test_an_instructor_sees_who_needs_them_and_what_is_due(
    hosted: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted.cohorts("instructor").assign(hosted.cohort, "Week three", ("url-shortener",), SOON)
    look_as(hosted.as_("instructor"), tmp_path, monkeypatch)
    said = words(drawn())
    assert "Cohort of instructor" in said and "Due next: Week three" in said
    assert "look this week at member" in said
    assert "Cohort of other instructor" not in said


@pytest.mark.slow
def test_a_candidate_sees_what_their_cohort_set_and_nothing_of_others(
    hosted: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted.cohorts("instructor").assign(hosted.cohort, "Week three", ("lru-cache",), SOON)
    look_as(hosted.as_("member"), tmp_path, monkeypatch)
    said = words(drawn())
    assert "Week three" in said and "look this week" not in said
