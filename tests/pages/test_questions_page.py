"""Your questions: what fits a job is kept as a set, a set is removed, and a set that broke says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.domain import QuestionSet
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from tests.stored import open_store, shipped_questions

BANK = shipped_questions()
JOB = (
    "We are looking for a senior back-end developer (Java) for our payments team. You will own the ledger, "
    "reconciliation with card processors and payouts, idempotent APIs, and on-call for PostgreSQL."
)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings = load_settings({}, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "bank", lambda: BANK)
    yield opened
    opened.database.close()


def page() -> AppTest:
    made = AppTest.from_file(str(PROJECT_ROOT / "pages" / "questions.py"), default_timeout=60).run()
    assert not made.exception
    return made


def press(on: AppTest, label: str) -> AppTest:
    next(one for one in on.button if one.label == label).click()
    on.run()
    assert not on.exception
    return on


def test_what_fits_a_job_is_kept_as_a_set_and_the_text_is_not(session: Session, tmp_path: Path) -> None:
    on = page()
    on.text_area[0].input(JOB).run()
    on = press(on, "Find questions that fit")
    assert "Payments with a double-entry ledger" in on.checkbox[0].label
    on.checkbox[1].uncheck().run()
    left_out = on.checkbox[1].label.split("**")[1]
    on = press(on, "Keep these as a set")
    (kept,) = session.sets.of("local")
    titles = [one.title for one in BANK if one.id in kept.content.split()]
    assert "Payments with a double-entry ledger" in titles and left_out not in titles
    assert JOB[:40].encode() not in (tmp_path / "rehearse.duckdb").read_bytes()


def test_too_short_a_text_says_what_to_do(session: Session) -> None:
    on = page()
    on.text_area[0].input("Java developer").run()
    on = press(on, "Find questions that fit")
    assert "20 words" in on.warning[0].value


@pytest.mark.slow
def test_a_set_can_be_removed_and_one_that_cannot_be_read_says_why(session: Session) -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    session.sets.save(QuestionSet("s", "local", "mine", "csv", now, "id,title\n1,2\n"))
    on = page()
    assert "missing columns" in on.warning[0].value
    on = press(on, "Remove the set")
    assert session.sets.of("local") == ()
