"""A whole loop on the Interview page: made, held on different days, looked back on across its sittings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.interview.keeping.kept_interview import Interview, noted, to_kept, with_written
from analysis.interview.keeping.rounds import attempt_of, keep_round, score_round
from analysis.interview.loop.events import Begin, Command, Event, Said
from analysis.interview.loop.state import begin_state
from analysis.interview.loop.step import step
from analysis.interview.planning.plan import Plan, share_time
from analysis.interview.planning.whole_loop import SITTINGS, WholeLoop, read, written
from analysis.scoring.reader import ReaderScorer
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from pages.widgets.interview import kept_loops
from tests.stored import open_store, shipped_questions

BANK = {question.id: question for question in shipped_questions()}
KEY = "interview-loop:"
SAID = (
    "The replicas apply changes asynchronously, so a read sent to a replica shortly after the write can "
    "return the value from before it. I would read from the primary for a while after each write."
)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "bank", lambda: tuple(BANK.values()))
    monkeypatch.setattr(resources, "scorers", lambda: (ReaderScorer(),))
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))
    resources.interviews.clear()
    yield opened
    resources.interviews().close()
    resources.interviews.clear()
    opened.database.close()


def ran(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click()
    return ran(page)


def opened() -> AppTest:
    """The page with “Whole loop” chosen."""
    page = ran(AppTest.from_file(str(PROJECT_ROOT / "pages" / "interview.py"), default_timeout=60))
    kinds = next(one for one in page.button_group if "Whole loop" in one.options)
    kinds.set_value("loop")
    return ran(page)


def shown(page: AppTest) -> str:
    parts = (page.markdown, page.caption, page.info, page.warning, page.subheader)
    return "\n".join(str(one.value) for part in parts for one in part)


def loops(session: Session) -> list[WholeLoop]:
    return [read(text) for text in session.memory.recall_all("local", KEY).values()]


def held(session: Session, interview_id: str = "i") -> Interview:
    """A typed interview of one question that is over, and read."""
    state = begin_state(Plan(share_time((BANK["distributed-replica-lag"],), 10), 10.0), spoken=False)
    made = Interview(interview_id, "local", "typed", datetime(2026, 11, 24, tzinfo=UTC), state)
    events: list[Event] = [Begin(), Said(SAID, 30.0), Command("end", 61.0), Said("", 61.0, done=True)]
    for event in events:
        made = noted(made, step(made.state, event).state, 0.0)
    session.answers.start(attempt_of(made, 0))
    score_round(session, made, 0, keep_round(session, made, 0, attempt_of(made, 0)), ReaderScorer())
    session.interviews.save(to_kept(with_written(made, 0)))
    return made


@pytest.mark.slow
def test_a_loop_is_made_and_its_first_sitting_begins(session: Session) -> None:
    page = opened()
    page.text_input(key="loop-name").input("December")
    page = press(ran(page), "Make this loop")
    text = shown(page)
    assert "**0 of 6 sittings held.** Next: Screen." in text
    assert "Your plan · 2 questions" in text
    modes = next(one for one in page.button_group if "Typed" in one.options)
    modes.set_value("typed")
    page = press(ran(page), "Start the interview")
    (loop,) = loops(session)
    assert loop.name == "December"
    interview_id = loop.interview_of(SITTINGS[0])
    assert interview_id is not None
    kept = session.interviews.find(interview_id)
    assert kept is not None and not kept.over


@pytest.mark.slow
def test_it_shows_what_was_held_what_is_next_and_a_debrief_without_a_verdict(session: Session) -> None:
    first, second = held(session, "i1"), held(session, "i2")
    taken = {"deep_dive": first.id, "screen": second.id, "coding": "was discarded"}
    loop = WholeLoop("l", "December", "senior", taken=taken)
    session.memory.remember("local", KEY + loop.id, written(loop))
    page = opened()
    text = shown(page)
    assert "**2 of 6 sittings held.** Next: Coding." in text
    assert "held on 24 Nov 2026" in text
    tables = "\n".join(table.value.to_csv() for table in page.table)
    assert "Distributed deep-dive" in tables and "key points heard" in tables
    assert "nothing here is a verdict" in text
    assert "No level: no judge that passed its exam" in text
    assert "How they were spoken was not measured." in text
    choice = next(one for one in page.button_group if one.label == "Hold now")
    assert choice.options == ["Coding", "Design", "Operations scenario", "Behavioural"]
    page = press(page, "Report")
    assert "Report" in [one.value for one in page.subheader]


@pytest.mark.slow
def test_a_loop_that_was_held_whole_plans_nothing_more_and_can_be_forgotten(session: Session) -> None:
    made = held(session)
    loop = WholeLoop("l", "December", "senior", taken={one.key: made.id for one in SITTINGS})
    session.memory.remember("local", KEY + loop.id, written(loop))
    page = opened()
    assert "**6 of 6 sittings held.**" in shown(page)
    assert "Your plan" not in shown(page)
    page = press(page, "Forget this loop")
    assert loops(session) == []
    assert session.interviews.find(made.id) is not None


def test_a_sitting_that_goes_on_in_writing_stays_the_one_of_its_loop(session: Session) -> None:
    loop = WholeLoop("l", "December", "senior", taken={"design": "spoken", "coding": "other"})
    session.memory.remember("local", KEY + loop.id, written(loop))
    kept_loops.moved("spoken", "typed")
    assert loops(session) == [
        WholeLoop("l", "December", "senior", None, {"design": "typed", "coding": "other"})
    ]
