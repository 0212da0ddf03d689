"""Questions written for one job: beside the page, stopped at once, kept when they are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.llm.chat_model import ChatModel, forget_servers
from data.settings import Settings, load_settings
from data.store import Session
from pages.widgets import resources
from pages.widgets.study.tailored_writing import _WRITING
from tests.fake_endpoint import FakeEndpoint, Said, status
from tests.stored import open_store
from tests.wild_server import WildServer, serving

SCRIPT = "from pages.widgets.study import tailored\ntailored.show()"
JOB = "We look for a senior back-end developer for payments, ledgers and payouts. " * 3
POINTS = [
    {
        "text": f"Explains step {number} of mending a stuck payout before a seller has waited for a day.",
        "competency": "C4",
        "probe": probe,
    }
    for number, probe in enumerate(
        ("What would you do next?", "How would you know?", "Who else would you ask?")
    )
]
MADE = {
    "questions": [
        {
            "category": "operations",
            "level": "senior",
            "topic": "payouts",
            "title": "The payout that never arrived",
            "question": "A seller says the money has not come. What do you do?",
            "key_points": [*POINTS, {**POINTS[0], "probe": "What if it came again?"}],
        }
    ]
}


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    forget_servers()
    opened = open_store(tmp_path)
    settings: Settings = load_settings({"LLM_BASE_URL": "http://judge.test/v1"}, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(resources, "session", lambda: opened)
    monkeypatch.setattr(resources, "candidate_id", lambda: "me")
    yield opened
    opened.database.close()


def pressed(monkeypatch: pytest.MonkeyPatch, model: ChatModel) -> AppTest:
    monkeypatch.setattr(resources, "tailoring_model", lambda: model)
    page = AppTest.from_string(SCRIPT, default_timeout=60).run()
    page.text_area(key="tailor-text").set_value(JOB).run()
    [write] = [button for button in page.button if button.label == "Write new questions"]
    return shown(write.click().run())


def shown(page: AppTest) -> AppTest:
    assert not page.exception
    return page


def when_written(page: AppTest) -> AppTest:
    if _WRITING in page.session_state:
        assert page.session_state[_WRITING].work.wait(30)
        page.run()
    return shown(page)


def test_what_is_written_is_kept_as_a_set(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = FakeEndpoint(lambda asked: Said(MADE))
    model = ChatModel("http://judge.test/v1", "k", "m", transport=endpoint.transport)
    page = when_written(pressed(monkeypatch, model))
    [kept] = session.sets.of("me")
    assert kept.name == "Tailored: payouts"
    assert _WRITING not in page.session_state


def test_a_silent_server_holds_no_page_up_and_is_left_at_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(WildServer(silent_seconds=300.0)) as wild:
        page = pressed(monkeypatch, ChatModel(wild.url, "k", "m", timeout_seconds=300.0))
        assert wild.arrived.wait(30)
        work = page.session_state[_WRITING].work
        assert "The language model is writing" in page.caption[-1].value
        shown(page.button(key="stop-writing").click().run())
        assert work.wait(30) and _WRITING not in page.session_state


def test_what_went_wrong_is_said_and_the_page_goes_on(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = ChatModel("http://judge.test/v1", "k", "m", transport=FakeEndpoint(status(401)).transport)
    page = when_written(pressed(monkeypatch, model))
    assert "did not accept the key" in page.warning[0].title + page.warning[0].value
    assert not shown(page.run()).warning
