"""A question read aloud: what the browser tells, on this server's clock, and the kept choice of voice."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.widgets.answer.speak import Spoken, read, sentences


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
