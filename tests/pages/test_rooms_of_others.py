"""What runs for one person cannot be found, answered, ended or gone on with by another who knows its id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.answering import one_answer
from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.planning.plan import Plan, share_time
from analysis.scoring.scorers import make_scorer
from data.access import NOBODY, Viewer
from data.domain import RehearseError
from data.recordings import Recordings
from data.settings import PROJECT_ROOT, load_settings
from data.store import Store
from pages.widgets import resources
from pages.widgets.answer import under_way
from pages.widgets.interview import interviewing
from tests.stored import open_store, shipped_questions

BANK = {question.id: question for question in shipped_questions()}
ADA, BOB = Viewer("ada"), Viewer("bob")
OTHERS = [
    BOB,
    NOBODY,
    Viewer("root", "admin"),
    Viewer("ivy", "instructor", frozenset({"of ada"})),
]
AS = [pytest.param(viewer, id=f"{viewer.role} {viewer.candidate_id}") for viewer in OTHERS]
Look = Callable[[Viewer], Store]


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Look]:
    """Makes whoever is given the one who is looking."""
    opened = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    scorer = make_scorer("offline", settings)
    folder = Recordings(settings.recordings_url)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    monkeypatch.setattr(resources, "bank", lambda: tuple(BANK.values()))
    monkeypatch.setattr(resources, "scorers", lambda: (scorer,))
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))

    def looking(viewer: Viewer) -> Store:
        seen = opened.seen_by(viewer)
        monkeypatch.setattr(resources, "viewer", lambda: viewer)
        monkeypatch.setattr(resources, "store", lambda: seen)
        return seen

    yield looking
    for running in interviewing._all().everything().values():
        running.conductor.close()
    interviewing._all().clear()
    for pool in (interviewing._quick, interviewing._slow):
        pool().close()
        pool.clear()
    opened.close()


def begun(look: Look) -> Interview:
    """Ada's typed interview, which has asked its first question."""
    look(ADA)
    questions = (BANK["distributed-replica-lag"], BANK["url-shortener"])
    started = interviewing.start(Plan(share_time(questions, 10), 10.0), "typed", "end", "offline")
    found = interviewing.find(started)
    assert found is not None and found.state.phase == "listening"
    return found


@pytest.mark.parametrize("other", AS)
def test_a_running_interview_is_found_by_its_owner_only(look: Look, other: Viewer) -> None:
    made = begun(look)
    look(other)
    assert interviewing.find(made.id) is None
    with pytest.raises(RehearseError, match="not there any more"):
        interviewing.go_on(made.id)
    look(ADA)
    assert interviewing.go_on(made.id).interview.id == made.id


@pytest.mark.parametrize("other", AS)
def test_a_kept_interview_of_another_looks_as_if_it_were_not_there(look: Look, other: Viewer) -> None:
    made = begun(look)
    interviewing._all().clear()
    look(other)
    assert interviewing.find(made.id) is None
    assert interviewing.find("no such interview") is None


@pytest.mark.parametrize("other", AS)
def test_a_running_interview_is_ended_and_discarded_by_its_owner_only(look: Look, other: Viewer) -> None:
    made = begun(look)
    look(other)
    with pytest.raises(RehearseError, match="not there any more"):
        interviewing.end(made.id)
    interviewing.discard(made.id)
    interviewing.forget_all("ada")
    look(ADA)
    found = interviewing.find(made.id)
    assert found is not None and found.state.phase == "listening"
    assert interviewing.go_on(made.id).conductor.interview is found


def test_the_page_shows_nothing_of_an_interview_of_somebody_else(look: Look) -> None:
    made = begun(look)
    look(BOB)
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "interview.py"), default_timeout=60)
    page.query_params["interview"] = made.id
    page.run()
    assert not page.exception
    assert [error.value for error in page.error] == ["Start a new one below."]
    assert not page.text_area and made.question(0).text not in str(page.main)


def test_the_id_of_an_answer_does_not_give_away_its_interview(look: Look) -> None:
    made = begun(look)
    kept = made.rounds[0]
    assert made.id not in kept.attempt_id
    attempt = resources.store().load_result(kept.attempt_id)
    assert attempt is not None and attempt.attempt.session_id == made.id


@pytest.mark.parametrize("other", AS)
def test_whether_an_answer_is_being_scored_is_told_to_its_owner_only(look: Look, other: Viewer) -> None:
    made = begun(look)
    interviewing.go_on(made.id).scoring.add("a round")
    assert interviewing.is_scoring("a round")
    look(other)
    assert not interviewing.is_scoring("a round")


class Silent:
    """Listens to nothing."""

    closed = False

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("other", AS)
def test_an_answer_under_way_is_gone_on_with_by_its_owner_only(look: Look, other: Viewer) -> None:
    store, question, live = look(ADA), BANK["url-shortener"], Silent()
    attempt = one_answer.start_answer(
        store,
        candidate_id="ada",
        session_id="s",
        question=question,
        mode="microphone",
        now=datetime(2026, 11, 24, tzinfo=UTC),
    )
    running = under_way.Running(attempt, question, Path("nowhere"), live)  # type: ignore[arg-type]
    under_way._all_running().obtain(ADA, attempt.id, lambda: running)
    try:
        look(other)
        under_way.go_on(attempt.id)
        assert under_way.current() is None
        assert attempt.id not in under_way.running_ids()
        with pytest.raises(RehearseError):
            under_way.discard(attempt.id)
        assert not live.closed
        look(ADA)
        assert under_way.current() is running
        assert attempt.id in under_way.running_ids()
    finally:
        under_way.forget(attempt.id)
