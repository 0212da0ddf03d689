"""The switch for people who stutter: fillers and pauses are left out, and it is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Session
from pages.widgets import resources
from tests.stored import open_store


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    opened = open_store(tmp_path)
    monkeypatch.setattr(resources, "session", lambda: opened)
    yield opened
    opened.database.close()


def delivered() -> None:
    from data.domain import Delivery
    from pages.widgets.review import measured

    measured.show_delivery(Delivery(speech_seconds=60, words=140, speaking_rate_wpm=140, pause_share=0.2))


def shown(page: AppTest) -> list[str]:
    return [str(label) for label in page.table[0].value.iloc[:, 0]]


def test_fillers_and_pauses_are_left_out_and_stay_out(session: Session) -> None:
    page = AppTest.from_function(delivered).run()
    assert "Share of silence" in shown(page)
    page.toggle[0].set_value(True).run()
    assert shown(page) == ["Speaking rate", "Articulation rate"]
    again = AppTest.from_function(delivered).run()
    assert shown(again) == ["Speaking rate", "Articulation rate"]


def test_every_value_says_what_it_is_and_where_its_advice_comes_from(session: Session) -> None:
    page = AppTest.from_function(delivered).run()
    texts = "\n".join(line.value for line in (*page.markdown, *page.caption))
    assert "Laske & DiGennaro Reed 2024" in texts
    assert "De Jong & Bosker 2013" in texts
    assert "The advice changes with: under 110, under 120, up to 170, up to 180, above." in texts
