"""What takes long is seen on every page but the one that shows it itself: how far, stop, what came of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.live.judging_jobs import Job, Jobs
from analysis.live.model_arrivals import Arrivals
from analysis.live.registry import Registry
from data.access import Viewer
from data.domain import RehearseError
from data.settings import load_settings
from data.store import Session
from pages.widgets import recording_read, resources
from tests.drawn_text import as_read
from tests.scripted_sources import HeldSources, toy
from tests.stored import attempt, open_store, shipped_questions

LINE = """
import streamlit as st
from pages.widgets import under_way_line
under_way_line.show(st.session_state.get("page", ""))
"""


class Nothing:
    """Any registry, with nothing in it."""

    job = None

    def __init__(self) -> None:
        self.everyone: Registry[Any] = Registry()

    def find(self, viewer: Viewer, key: str) -> None:
        return None


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    settings, questions = load_settings({}, tmp_path / "none.toml"), shipped_questions()
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "questions", lambda: questions)
    for name, empty in (("jobs", Jobs()), ("arrivals", Arrivals(tmp_path))):
        monkeypatch.setattr(resources, name, lambda empty=empty: empty)
    nothing = Nothing()
    for name in ("answers_under_way", "interviews", "exam_jobs"):
        monkeypatch.setattr(resources, name, lambda: nothing)
    monkeypatch.setattr(recording_read, "readings", lambda: nothing)
    monkeypatch.setattr(
        st,
        "page_link",
        lambda page, label, query_params=None, **_: st.markdown(f"{label} ({page} {query_params})"),
    )
    yield opened
    opened.database.close()


def drawn(page: str = "", query: dict[str, str] | None = None) -> AppTest:
    test = AppTest.from_string(LINE, default_timeout=30)
    test.session_state["page"] = page
    for name, value in (query or {}).items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def words(page: AppTest) -> str:
    return as_read(" ".join(element.value for group in (page.caption, page.markdown) for element in group))


@pytest.fixture
def fetching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeldSources]:
    """A model on its way that waits after its first third."""
    held = HeldSources()
    arrivals = Arrivals(tmp_path / "models", held.network)
    monkeypatch.setattr(resources, "arrivals", lambda: arrivals)
    arrival = arrivals.begin(toy())
    assert held.inside.wait(20)
    yield held
    held.go.set()
    assert arrival.over.wait(20)


def test_nothing_is_drawn_while_nothing_runs(session: Session) -> None:
    assert words(drawn()) == ""


def test_a_model_on_its_way_is_seen_on_other_pages_and_stopped_there(
    session: Session, fetching: HeldSources
) -> None:
    assert words(drawn("settings")) == "", "that page shows it itself"
    page = drawn("practice")
    assert "Installing Toy 1B · 1 of 3 MB" in words(page)
    assert "Look at it (pages/settings.py {})" in words(page)
    next(button for button in page.button if button.label == "Stop").click().run()
    fetching.go.set()
    for thread in threading.enumerate():
        if thread.name == "fetch a model":
            thread.join(20)
    page = drawn("practice")
    assert "stopped; what had arrived is kept" in words(page)
    next(button for button in page.button if button.label == "Close").click().run()
    assert words(drawn("practice")) == ""


def test_somebody_who_may_not_install_is_not_told_of_it(
    session: Session, fetching: HeldSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "viewer", lambda: Viewer("ann"))
    assert words(drawn("practice")) == ""


def judged(session: Session, monkeypatch: pytest.MonkeyPatch) -> tuple[Jobs, Job]:
    """An answer of the local candidate with a judge at work on it."""
    kept = attempt(1, "local")
    session.answers.start(kept)
    jobs, job = Jobs(), Job(kept.id, owner="local")
    job.watch.questions, job.watch.settled = 40, 12
    jobs._jobs[kept.id] = job
    monkeypatch.setattr(resources, "jobs", lambda: jobs)
    return jobs, job


def test_what_came_of_judging_is_told_where_one_is_with_the_way_to_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, job = judged(session, monkeypatch)
    said = words(drawn("study"))
    assert "Judging “URL shortener at billions of redirects” · 12 of 40 replies" in said and "left" in said
    assert words(drawn("review", {"attempt": job.attempt_id})) == "", "it is shown there"
    assert "Judging" in words(drawn("review", {"attempt": "another"}))
    job.end("done")
    page = drawn("study")
    assert "redirects”: done." in words(page)
    assert f"See the result (pages/review.py {{'attempt': '{job.attempt_id}'}})" in words(page)
    next(button for button in page.button if button.label == "Close").click().run()
    assert jobs.of(job.attempt_id) is None


def test_why_judging_failed_is_told_where_one_is(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _, job = judged(session, monkeypatch)
    job.end("failed", RehearseError("The model is gone.", "Start it."))
    assert "The model is gone. Start it." in words(drawn())


def test_nothing_is_drawn_in_the_middle_of_an_interview(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(session, monkeypatch)
    assert words(drawn("interview", {"interview": "i"})) == ""
    assert "Judging" in words(drawn("measure"))
