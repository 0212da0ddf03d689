"""The instructors' page with invented cohorts: every section draws, and says that they are invented."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import insert, text
from streamlit import config
from streamlit.testing.v1 import AppTest

from analysis.answering import one_answer
from data.access import Viewer
from data.settings import PROJECT_ROOT
from data.store import Session, cohort_tables
from data.store.newer_figures import NewerFigures
from data.store.to_rows import utc
from data.synthetic.samples import SampleCohorts
from pages.widgets import resources
from tests.drawn_text import as_read
from tests.stored import BEGAN, heard, open_store, question

pytestmark = pytest.mark.slow

PAGE = str(PROJECT_ROOT / "pages" / "cohort.py")
SECTIONS = (
    "This week",
    "Readiness",
    "Weak points",
    "Heard",
    "Questions",
    "Compare",
    "Answers",
    "Assignments and people",
    "Data",
)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    bank = tuple(question(number) for number in range(6))
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "bank", lambda: bank)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


def drawn(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    assert not page.error, page.error
    return page


def words(page: AppTest) -> str:
    parts = (page.markdown, page.caption, page.info)
    return " ".join(element.value for group in parts for element in group)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_draws_invented_cohorts_and_says_so(session: Session, section: str) -> None:
    SampleCohorts(session.database, session.viewer).load(resources.bank(), 2, 6, 5)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    page.session_state["cohort-section"] = section
    drawn(page)
    assert "Synthetic sample" in words(page)
    assert str(page.selectbox[0].value).startswith("sample-cohort")


def test_what_the_reader_heard_in_invented_answers_is_drawn(session: Session) -> None:
    sample = SampleCohorts(session.database, session.viewer)
    sample.load(resources.bank(), 1, 6, 5, read=one_answer.reading_of)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    page.session_state["cohort-section"] = "Heard"
    drawn(page)
    assert len(page.get("plotly_chart")) == 1
    assert "Nothing was heard yet" not in words(page)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_says_what_to_do_in_an_empty_cohort(
    session: Session, section: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    founder = Viewer("ines", "instructor")
    cohort = resources.session().seen_by(founder).cohorts.found("Spring")
    seen = session.seen_by(Viewer("ines", "instructor", frozenset({cohort.id})))
    monkeypatch.setattr(resources, "session", lambda: seen)
    monkeypatch.setattr(resources, "viewer", lambda: seen.viewer)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    page.session_state["cohort-section"] = section
    drawn(page)
    assert "Synthetic" not in words(page)


def test_sql_that_reads_something_else_is_refused_on_the_page(session: Session) -> None:
    SampleCohorts(session.database, session.viewer).load(resources.bank(), 1, 6, 5)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    page.session_state["cohort-section"] = "Data"
    drawn(page)
    page.text_area[0].set_value("SELECT * FROM people")
    next(button for button in page.button if button.label == "Run").click()
    page.run()
    assert not page.exception
    assert page.error


def test_data_can_be_asked_for_with_sql_and_taken_away_as_a_gradebook(session: Session) -> None:
    SampleCohorts(session.database, session.viewer).load(resources.bank(), 1, 12, 5)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    page.session_state["cohort-section"] = "Data"
    drawn(page)
    page.text_area[0].set_value("SELECT count(*) AS views FROM delivery")
    next(button for button in page.button if button.label == "Run").click()
    drawn(page)
    assert page.dataframe[0].value.columns.tolist() == ["views"]
    assert [heading.value for heading in page.subheader] == ["SQL", "Views", "Gradebook"]


def test_without_a_cohort_the_page_offers_to_begin_one(session: Session) -> None:
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    assert "You instruct no cohort yet" in words(page)


def test_all_cohorts_side_by_side_name_nobody(session: Session) -> None:
    SampleCohorts(session.database, session.viewer).load(resources.bank(), 2, 6, 5)
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.session_state["cohorts-seen"] = "All cohorts"
    drawn(page)
    assert "Synthetic sample" in words(page)
    shown = page.dataframe[0].value
    assert shown["Members"].tolist() == ["6", "6", "12"]
    assert shown["Cohort"].tolist()[-1] == "All cohorts"
    assert shown["Failure modes"].tolist()[-1] == ""  # medians of cohorts have no median
    assert not [name for name in shown.astype(str).to_numpy().ravel() if name.startswith("sample-")]


def test_who_looks_first_on_a_day_is_shown_the_last_figures_with_their_day_until_newer_ones_are_there(
    session: Session,
) -> None:
    SampleCohorts(session.database, session.viewer).load(resources.bank(), 2, 6, 5)
    work: list[Callable[[], object]] = []
    session.database.newer = NewerFigures(work.append, lambda: None)
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.session_state["cohorts-seen"] = "All cohorts"
    assert "worked out for the first time and appear here" in words(drawn(page))
    while work:
        work.pop()()
    assert "being worked out" not in words(drawn(page))
    known = page.dataframe[0].value
    with session.database.writing() as connection:
        aged = "UPDATE snapshots SET day = day - INTERVAL '1 day', looked_at = looked_at - INTERVAL '1 day'"
        connection.execute(text(f"{aged} WHERE day > '2001-01-01'"))
    session.database.newer = NewerFigures(work.append, lambda: None)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert f"figures of {yesterday:%d %b %Y} (UTC) and before; newer ones are being" in words(drawn(page))
    assert page.dataframe[0].value.equals(known)
    while work:
        work.pop()()
    page.session_state["cohorts-seen"] = "One cohort"
    page.session_state["cohort-section"] = "Compare"
    assert "being worked out" not in words(drawn(page))


def test_an_administrator_without_a_cohort_comes_for_all_and_is_told_how_to_begin(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = session.seen_by(Viewer("ada", "admin"))
    monkeypatch.setattr(resources, "session", lambda: seen)
    monkeypatch.setattr(resources, "viewer", lambda: seen.viewer)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    assert "There is no cohort yet" in words(page)
    page.session_state["cohorts-seen"] = "One cohort"
    assert "You instruct no cohort yet" in words(drawn(page))


def test_an_instructor_is_not_offered_all_cohorts(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = session.seen_by(Viewer("ines", "instructor"))
    monkeypatch.setattr(resources, "session", lambda: seen)
    monkeypatch.setattr(resources, "viewer", lambda: seen.viewer)
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.session_state["cohorts-seen"] = "All cohorts"
    assert "You instruct no cohort yet" in words(drawn(page))


def test_a_table_on_screen_offers_no_download_of_its_own() -> None:
    """It would give the groups of five to nine people that our files leave out."""
    configured = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name, value in configured["client"].items():
        assert f"client.{name}" in config.get_config_options()
        assert value is True or name != "disableDataExport"
    assert "disableDataExport" in configured["client"]


def test_what_was_put_aside_can_be_read_again_with_its_note(session: Session) -> None:
    SampleCohorts(session.database, session.viewer).load(resources.bank(), 1, 6, 5)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    cohort = str(page.selectbox[0].value)
    member = next(iter(resources.session().cohorts.candidates(cohort)))
    resources.session().cohorts.dismiss(cohort, member, "quiet", "Spoke on [Tuesday](http://x.example)")
    said = words(drawn(page))
    assert as_read(said).count("Spoke on [Tuesday](http://x.example)") == 1
    assert "[Tuesday](http" not in said


def test_what_was_heard_in_a_cohort_is_drawn_without_levels(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(question(), id="url-shortener")
    monkeypatch.setattr(resources, "bank", lambda: (asked,))
    session.bank.keep([asked])
    founder = Viewer("ines", "instructor")
    cohort = session.seen_by(founder).cohorts.found("Spring")
    people = [f"person-{number}" for number in range(5)]
    with session.database.writing() as connection:
        row = {"cohort_id": cohort.id, "role": "candidate", "joined_at": utc(BEGAN - timedelta(days=1))}
        connection.execute(insert(cohort_tables.members), [{**row, "candidate_id": one} for one in people])
        known = {"issuer": "i", "email": "", "role": "candidate", "joined_at": row["joined_at"]}
        named = [{**known, "candidate_id": one, "subject": one, "name": one} for one in people]
        connection.execute(insert(cohort_tables.people), named)
    session.answers.save_many([heard(1, candidate=one) for one in people])
    seen = session.seen_by(Viewer("ines", "instructor", frozenset({cohort.id})))
    monkeypatch.setattr(resources, "session", lambda: seen)
    monkeypatch.setattr(resources, "viewer", lambda: seen.viewer)
    page = drawn(AppTest.from_file(PAGE, default_timeout=60))
    page.session_state["cohort-section"] = "Heard"
    drawn(page)
    assert len(page.get("plotly_chart")) == 1
    assert "it is no level" in words(page)
    assert "5 of 5: Says what breaks." in words(page)
    page.session_state["cohort-section"] = "Answers"
    drawn(page)
    assert "not scored" not in words(page)
    assert "2 of 4 key points heard (pages/answer.py)" in words(page)
