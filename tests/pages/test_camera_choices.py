"""What a candidate chooses about the camera before an answer, and that it is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.signals.switches import METRICS, switched_off
from data.store import Session
from pages.widgets import resources
from tests.stored import open_store


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    monkeypatch.setattr(resources, "session", lambda: opened)
    yield opened
    opened.database.close()


def test_the_live_cue_is_off_until_it_is_asked_for_and_then_remembered(session: Session) -> None:
    script = "from pages.widgets.answer import cue_toggle\ncue_toggle.show()"
    page = AppTest.from_string(script).run(timeout=30)
    assert page.toggle[0].value is False
    page.toggle[0].set_value(True).run(timeout=30)
    assert AppTest.from_string(script).run(timeout=30).toggle[0].value is True


def test_every_metric_is_measured_until_its_switch_is_turned_and_then_remembered(session: Session) -> None:
    script = "from pages.widgets.settings import camera_metrics\ncamera_metrics.show()"
    page = AppTest.from_string(script).run(timeout=30)
    assert page.button_group[0].value == list(METRICS)
    page.button_group[0].unselect("eye_contact").run(timeout=30)
    person = resources.candidate_id()
    assert switched_off(session.memory, person) == {"eye_contact"}
    again = AppTest.from_string(script).run(timeout=30)
    assert again.button_group[0].value == [metric for metric in METRICS if metric != "eye_contact"]
