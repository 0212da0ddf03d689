"""Corrected words are kept as a draft before they are scored, and what is scored is the draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.scoring.scorers import make_scorer
from analysis.written.drafts import words_key
from data.domain import Draft
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from tests.stored import open_store, result, shipped_questions

pytestmark = pytest.mark.slow

SAID = (
    "I would ask for the rate first. A token bucket in one store counts the requests of each client, and "
    "when the store does not answer the limiter lets requests through: an outage is worse than a burst."
)
CORRECTED = SAID.replace("the rate", "the peak rate")


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    scorer = make_scorer("reader", settings)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", shipped_questions)
    monkeypatch.setattr(resources, "scorers", lambda: (scorer,))
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


def test_the_kept_draft_is_what_is_scored_and_then_it_is_gone(session: Session) -> None:
    told = result(candidate="local", text=SAID)
    attempt = replace(told.attempt, question_id="rate-limiter", recording=None, status="captured")
    session.answers.save(replace(told, attempt=attempt, assessment=None))
    session.drafts.put("local", words_key(attempt.id), Draft(CORRECTED, "a.3"))
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=30)
    page.query_params["attempt"] = attempt.id
    page.run()
    assert not page.exception and not page.error
    next(button for button in page.button if button.label == "Score this answer").click().run()
    assert not page.exception and not page.error
    corrected = session.answers.load(attempt.id)
    assert corrected is not None and corrected.attempt.status == "scored"
    assert corrected.turns[1].text == CORRECTED
    assert session.drafts.find("local", words_key(attempt.id)) == Draft()
