"""One clock, the viewer's: on Monday morning in Auckland it is still Sunday in UTC."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.cohorts.assignments import status_of
from analysis.next_up import progress_sentences
from analysis.report import make_report
from data.domain import Attempt
from data.domain.cohort import Assignment
from data.settings import PROJECT_ROOT
from data.store import Session
from pages.widgets import clock, resources
from tests.stored import open_store, question, result, shipped_questions

MONDAY = datetime(2026, 11, 29, 20, 30, tzinfo=UTC)
"""09:30 on Monday, 30 November in Auckland."""
SUNDAY = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
"""22:30 on Sunday, 29 November in Auckland."""


class Now(datetime):
    """A clock that stands at Monday morning in Auckland."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return MONDAY


@pytest.fixture
def auckland(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: "Pacific/Auckland"))
    monkeypatch.setattr(clock, "datetime", Now)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "questions", shipped_questions)
    monkeypatch.setattr(resources, "bank", shipped_questions)
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    yield opened
    opened.database.close()


@pytest.mark.usefixtures("auckland")
def test_day_week_and_time_are_the_viewers() -> None:
    assert clock.today() == date(2026, 11, 30)
    assert clock.day_and_time(MONDAY) == "30 Nov 2026, 09:30"
    assert clock.day(MONDAY.replace(tzinfo=None)) == "30 Nov 2026", "what is kept has no zone and is UTC"
    assert clock.in_table(MONDAY) == datetime(2026, 11, 30, 9, 30)
    due = clock.end_of(date(2026, 11, 30))
    assert due.astimezone(UTC) == datetime(2026, 11, 30, 10, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", [None, "", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe", "x" * 5000]
)
def test_a_browser_that_names_no_zone_of_this_world_gets_utc(
    monkeypatch: pytest.MonkeyPatch, said: str | None
) -> None:
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: said))
    assert clock.zone().key == "UTC"


@pytest.mark.usefixtures("auckland")
def test_a_week_begins_on_the_viewers_monday(session: Session) -> None:
    for number, at in enumerate((SUNDAY, MONDAY)):
        session.answers.start(Attempt(f"a{number}", "local", "s", "rate-limiter", at, "typed", "scored"))
    weeks = clock.rows_about("time_practised", "local")
    assert [week.to_pydatetime() for week in weeks["week"]] == [
        datetime(2026, 11, 23),
        datetime(2026, 11, 30),
    ]
    assert "1 of the 3 answers" in progress_sentences.this_week(weeks, clock.today(), 3)
    utc = session.query("time_practised", candidate_id="local")
    assert [week.to_pydatetime() for week in utc["week"]] == [datetime(2026, 11, 23)]
    last = clock.rows_about("question_history", "local")["last_at"].iloc[0]
    assert last.to_pydatetime() == datetime(2026, 11, 30, 9, 30)


@pytest.mark.usefixtures("auckland")
def test_progress_counts_this_morning_into_this_week(session: Session) -> None:
    for number, at in enumerate((SUNDAY, MONDAY)):
        session.answers.start(Attempt(f"a{number}", "local", "s", "rate-limiter", at, "typed", "scored"))
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "progress.py"), default_timeout=60)
    page.run()
    assert not page.exception and not page.error
    said = "\n".join(str(one.value) for one in page.caption)
    assert "This week: 1 answer" in said, said


@pytest.mark.usefixtures("auckland")
def test_due_dates_are_told_in_the_viewers_day() -> None:
    made = datetime(2026, 11, 20, tzinfo=UTC)
    due = clock.end_of(date(2026, 11, 30))
    assignment = Assignment("a", "c", "Week 1", ("rate-limiter",), 1, None, due, made)
    said = status_of(assignment, (), clock.now(), ()).sentence
    assert "due today (30 Nov 2026, 23:59)" in said


@pytest.mark.usefixtures("auckland")
def test_a_report_names_the_zone_of_its_date() -> None:
    told = result()
    assert make_report(told, question()).when == "20 November 2026, 18:30 UTC"
    assert make_report(told, question(), zone=clock.zone()).when == "21 November 2026, 07:30 NZDT"


OTHER_CLOCKS = re.compile(r"date\.today\(|\.astimezone\(\)|strftime\(|%H:%M|\(UTC\)\"|:%[A-Za-z]")
PAGES = sorted(path for path in (PROJECT_ROOT / "pages").rglob("*.py") if path.name != "clock.py")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_has_a_clock_of_its_own(path: Path) -> None:
    assert OTHER_CLOCKS.findall(path.read_text()) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_asks_about_a_person_without_saying_whose_clock(path: Path) -> None:
    calls: list[str] = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "query"
        and any(given.arg == "candidate_id" for given in node.keywords)
    ]
    assert calls == []
