"""A question read aloud: what the browser tells, on this server's clock, and the kept choice of voice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.settings import load_settings
from pages.widgets import resources
from pages.widgets.answer import speak
from pages.widgets.answer.speak import Spoken, read, sentences
from pages.widgets.settings import voice_settings
from tests.wild_server import WildServer, serving


def told(ahead: float, **more: object) -> dict[str, object]:
    """A browser whose clock is `ahead`: sent at 100 s, seen at 100.2, read from 101 to 104, told at 104."""
    moments = {"first_seen": 100.2, "began": 101.0, "ended": 104.0, "sent": 104.0}
    return {
        "id": "a",
        "server_then": 100.0,
        "aloud": True,
        **{name: (moment + ahead) * 1000 for name, moment in moments.items()},
        **more,
    }


def test_with_clocks_that_agree_the_end_is_exact() -> None:
    spoken = read(told(0.0), received=104.7, steady=50.0)
    assert spoken.ended == pytest.approx(49.3)
    assert spoken.ended - spoken.began == pytest.approx(3.0)


@pytest.mark.parametrize("ahead", [-3600.0, -5.0, 5.0, 3600.0])
def test_a_browser_with_a_wrong_clock_is_off_by_no_more_than_its_messages_took(ahead: float) -> None:
    spoken = read(told(ahead), received=104.1, steady=50.0)
    assert spoken.ended == pytest.approx(49.9, abs=0.2)


def test_a_browser_without_a_voice_says_why() -> None:
    spoken = read(told(0.0, aloud=False, reason="This browser has no voice."), received=104.0, steady=0.0)
    assert spoken == Spoken(False, spoken.began, spoken.ended, reason="This browser has no voice.")


def test_a_voice_is_given_plain_sentences() -> None:
    said = sentences(
        "Design a **rate limiter**. See [the notes](http://x.test/a).  What breaks first?\n\nWhy?"
    )
    assert said == ["Design a rate limiter.", "See the notes.", "What breaks first?", "Why?"]


def spoken_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base_url: str) -> AppTest:
    settings = load_settings({"TTS_BASE_URL": base_url, "TTS_MODEL": "tts"}, tmp_path / "none.toml")
    monkeypatch.setattr(resources, "settings", lambda: settings)
    monkeypatch.setattr(voice_settings, "kept", lambda: voice_settings.Voice(True, "", 1.0))
    script = "from pages.widgets.answer import speak\nspeak.show('What is a shard?', 'one', auto=True)"
    return looked_at(AppTest.from_string(script, default_timeout=60))


def looked_at(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception
    return page


def given(page: AppTest) -> dict[str, object]:
    """What the voice in the browser was given."""
    [drawn] = page.get("bidi_component")
    data: dict[str, object] = json.loads(drawn.proto.json)
    return data


def test_a_silent_voice_server_holds_no_page_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with serving(WildServer(silent_seconds=300.0)) as wild:
        page = spoken_page(monkeypatch, tmp_path, wild.url)
        assert wild.arrived.wait(30)
        assert given(looked_at(page))["waiting"] is True
        assert len(wild.reached) == 1


def test_the_sound_is_handed_to_the_browser_when_it_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving(WildServer(blocks=(b"ID3 some sound",))) as wild:
        page = spoken_page(monkeypatch, tmp_path, wild.url)
        given_now = when_answered(page)
    assert given_now["waiting"] is False and str(given_now["sound"]).startswith("data:audio/mpeg")


def test_the_browsers_own_voice_takes_over_from_a_server_that_fails_and_it_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with serving(WildServer(status=500)) as wild:
        page = spoken_page(monkeypatch, tmp_path, wild.url)
        for _ in range(2):
            given_now = when_answered(page)
            assert (given_now["waiting"], given_now["sound"]) == (False, "")
        assert len(wild.reached) == 1


def when_answered(page: AppTest) -> dict[str, object]:
    place, text = resources.settings().tts_place, "What is a shard?"
    if given(page)["waiting"]:
        assert speak._read_aloud(place or "", "tts", resources.settings().tts_voice, text).wait(30)
    return given(looked_at(page))


def test_nothing_is_read_before_somebody_asks_for_it() -> None:
    def page() -> None:
        import streamlit as st

        from data.store import Database
        from pages.widgets import resources
        from pages.widgets.answer import speak

        if "session" not in st.session_state:
            st.session_state.session = Database.open("duckdb:///:memory:").session()
        resources.session = lambda cookies=None: st.session_state.session
        st.text(str(speak.show("What is a shard?", "one")))

    drawn = AppTest.from_function(page).run()
    assert not drawn.exception
    assert drawn.text[0].value == "None"
