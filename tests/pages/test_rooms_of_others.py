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
from analysis.live.answers_under_way import AnswerRunning
from analysis.scoring.scorers import make_scorer
from data.access import NOBODY, Viewer
from data.domain import RehearseError
from data.recordings import Recordings
from data.settings import PROJECT_ROOT, load_settings
from data.store import Session
from pages.widgets import resources
from pages.widgets.answer import under_way
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
Look = Callable[[Viewer], Session]


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Look]:
    """Makes whoever is given the one who is looking."""
    opened = open_store(tmp_path)
    settings = load_settings({"RECORDINGS_URL": (tmp_path / "recordings").as_uri()}, tmp_path / "none.toml")
    scorer = make_scorer("reader", settings)
    folder = Recordings(settings.recordings_url)
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "recordings", lambda: folder)
    monkeypatch.setattr(resources, "bank", lambda: tuple(BANK.values()))
    monkeypatch.setattr(resources, "scorers", lambda: (scorer,))
    monkeypatch.setattr(st, "page_link", lambda page, label, **_: st.markdown(f"{label} ({page})"))

    def looking(viewer: Viewer) -> Session:
        seen = opened.seen_by(viewer)
        monkeypatch.setattr(resources, "viewer", lambda: viewer)
        monkeypatch.setattr(resources, "session", lambda: seen)
        return seen

    yield looking
    resources.interviews().close()
    resources.interviews.clear()
    opened.database.close()


def begun(look: Look) -> Interview:
    """Ada's typed interview, which has asked its first question."""
    look(ADA)
    questions = (BANK["distributed-replica-lag"], BANK["url-shortener"])
    started = resources.interviews().start(
        resources.world(), Plan(share_time(questions, 10), 10.0), "typed", "end", "reader"
    )
    found = resources.interviews().find(resources.world(), started)
    assert found is not None and found.state.phase == "listening"
    return found


@pytest.mark.slow
@pytest.mark.parametrize("other", AS)
def test_a_running_interview_is_found_by_its_owner_only(look: Look, other: Viewer) -> None:
    made = begun(look)
    look(other)
    assert resources.interviews().find(resources.world(), made.id) is None
    with pytest.raises(RehearseError, match="not there any more"):
        resources.interviews().go_on(resources.world(), made.id)
    look(ADA)
    assert resources.interviews().go_on(resources.world(), made.id).interview.id == made.id


@pytest.mark.parametrize("other", AS)
def test_a_kept_interview_of_another_looks_as_if_it_were_not_there(look: Look, other: Viewer) -> None:
    made = begun(look)
    resources.interviews().everyone.clear()
    look(other)
    assert resources.interviews().find(resources.world(), made.id) is None
    assert resources.interviews().find(resources.world(), "no such interview") is None


@pytest.mark.parametrize("other", AS)
def test_a_running_interview_is_ended_and_discarded_by_its_owner_only(look: Look, other: Viewer) -> None:
    made = begun(look)
    look(other)
    with pytest.raises(RehearseError, match="not there any more"):
        resources.interviews().end(resources.world(), made.id)
    resources.interviews().discard(resources.world(), made.id)
    resources.interviews().forget_all(resources.world(), "ada")
    look(ADA)
    found = resources.interviews().find(resources.world(), made.id)
    assert found is not None and found.state.phase == "listening"
    assert resources.interviews().go_on(resources.world(), made.id).conductor.interview is found


@pytest.mark.slow
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
    attempt = resources.session().answers.load(kept.attempt_id)
    assert attempt is not None and attempt.attempt.session_id == made.id


@pytest.mark.parametrize("other", AS)
def test_whether_an_answer_is_being_scored_is_told_to_its_owner_only(look: Look, other: Viewer) -> None:
    made = begun(look)
    resources.interviews().go_on(resources.world(), made.id).scoring.add("a round")
    assert resources.interviews().is_scoring(resources.world(), "a round")
    look(other)
    assert not resources.interviews().is_scoring(resources.world(), "a round")


class Silent:
    """Listens to nothing."""

    closed = False

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize("other", AS)
def test_an_answer_under_way_is_gone_on_with_by_its_owner_only(look: Look, other: Viewer) -> None:
    session, question, live = look(ADA), BANK["url-shortener"], Silent()
    attempt = one_answer.start_answer(
        session,
        candidate_id="ada",
        session_id="s",
        question=question,
        mode="microphone",
        now=datetime(2026, 11, 24, tzinfo=UTC),
    )
    running = AnswerRunning(attempt, question, Path("nowhere"), live)  # type: ignore[arg-type]
    resources.answers_under_way().everyone.obtain(ADA, attempt.id, lambda: running)

    def ids() -> frozenset[str]:
        return resources.answers_under_way().ids(resources.viewer())

    try:
        look(other)
        under_way.go_on(attempt.id)
        assert under_way.current() is None
        assert attempt.id not in ids()
        with pytest.raises(RehearseError):
            under_way.discard(attempt.id)
        assert not live.closed
        look(ADA)
        assert under_way.current() is running
        assert attempt.id in ids()
    finally:
        under_way.forget(attempt.id)
