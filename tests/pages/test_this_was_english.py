"""Review: an answer that was taken for another language is heard again as English by one press."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.answering.from_recording import hear
from analysis.live import long_work
from analysis.live.recordings_read import Readings
from analysis.scoring.scorers import make_scorer
from analysis.speech.transcribe import RATE, Readiness, Samples
from data.domain import AttemptResult, RehearseError, Transcript, Word
from data.recordings import Recordings
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import recording_read, resources
from tests.stored import open_store, result, shipped_questions
from tests.strange import BUGS

pytestmark = pytest.mark.slow

PRESS = "This was English: hear it again"
REMEDY = "Try again later, or type the answer."
SAID = "I would put a queue between the two services and let the workers drain it"


class TakesItForJapanese:
    """Hears Japanese until it is told that it is English; `fails` then."""

    name = "by hand"

    def __init__(self, *, told: bool = False, fails: bool = False) -> None:
        self.told, self.fails = told, fails

    def readiness(self) -> Readiness:
        return Readiness(True, "")

    def told_english(self) -> TakesItForJapanese:
        return TakesItForJapanese(told=True, fails=self.fails)

    def transcribe(self, samples: Samples, *, prompt: str | None) -> Transcript:
        if not self.told:
            return Transcript((), self.name, "ja")
        if self.fails:
            raise RehearseError("The engine failed.", REMEDY)
        words, step = SAID.split(), len(samples) / RATE / len(SAID.split())
        timed = (Word(text, step * at, step * at + step, 0.9) for at, text in enumerate(words))
        return Transcript(tuple(timed), self.name, "en")


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    scorer, folder = make_scorer("reader", settings), Recordings(settings.recordings_url)
    readings = Readings()
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", shipped_questions)
    monkeypatch.setattr(resources, "scorers", lambda: (scorer,))
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    monkeypatch.setattr(recording_read, "readings", lambda: readings)
    monkeypatch.setattr(resources, "transcriber", TakesItForJapanese)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


def misheard(session: Session) -> AttemptResult:
    """An answer as it is kept when its recording was called Japanese."""
    told = result(candidate="local", text="")
    path = resources.recordings().new_recording(told.attempt.id).with_suffix(".wav")
    shutil.copy(BUGS / "english_called_japanese.wav", path)
    speech = hear(path, TakesItForJapanese())
    attempt = replace(
        told.attempt, question_id="rate-limiter", recording=path.name, mode="upload", status="captured"
    )
    kept = replace(
        told, attempt=attempt, turns=told.turns[:1], speech=speech, notes=speech.notes, assessment=None
    )
    session.answers.save(kept)
    return kept


def review(attempt_id: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=30)
    page.query_params["attempt"] = attempt_id
    page.run()
    assert not page.exception
    return page


def pressed(page: AppTest) -> AppTest:
    next(button for button in page.button if button.label == PRESS).click().run()
    assert not page.exception
    return page


def test_a_press_hears_an_answer_called_japanese_again_as_english_and_then_is_not_offered(
    session: Session,
) -> None:
    kept = misheard(session)
    page = review(kept.attempt.id)
    assert any("sounded like Japanese" in caption.value for caption in page.caption)
    page = pressed(page)
    again = session.answers.load(kept.attempt.id)
    assert again is not None and again.speech is not None
    assert again.speech.transcript.text == SAID
    assert again.turns[-1].text == SAID
    assert again.notes == ()
    assert all(button.label != PRESS for button in page.button)


def test_an_answer_stays_as_it_was_when_it_cannot_be_heard_again_and_the_reason_is_told(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "transcriber", lambda: TakesItForJapanese(fails=True))
    kept = misheard(session)
    page = pressed(review(kept.attempt.id))
    assert page.error[0].value == REMEDY
    again = session.answers.load(kept.attempt.id)
    assert again is not None and again.notes == kept.notes


def test_the_line_of_what_is_under_way_leads_to_the_answer_that_is_heard_again(session: Session) -> None:
    kept = misheard(session)
    question = next(one for one in shipped_questions() if one.id == "rate-limiter")
    reading = recording_read.readings().hear_as_english(resources.world(), kept, question)
    assert reading.over.wait(60)
    (told,) = long_work.of_readings(recording_read.readings(), session.viewer)
    assert (told.what, told.page, told.state) == ("Hearing again what you said to", "review", "done")
