"""What was said in an interview so far, scrolled in its own place; the guide rail of a design question."""

from __future__ import annotations

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from analysis.live.room_screen import Screen, screen_of
from analysis.reading.design_steps import find_steps, time_per_step
from data.domain import Turn
from pages.widgets.interview import steps_rail
from pages.widgets.plain import plain_lines

HEIGHT_PX = 360


def show(interview: Interview) -> None:
    """Draw what was said, the newest in sight, and the rail when it is wished."""
    _talk(screen_of(interview))
    _rail(interview)


def _talk(screen: Screen) -> None:
    """Scrolls by itself to the newest line unless somebody reads further up; the page around it stays."""
    with st.container(border=True, key="interview-talk", height=HEIGHT_PX, autoscroll=True):
        for number, turns in enumerate(screen.earlier, start=1):
            st.caption(f"Question {number:d}")
            for turn in turns:
                _line(turn)
        if screen.earlier:
            st.caption(screen.place)
        if not screen.turns:
            st.caption("What you and the interviewer say appears here.")
        for turn in screen.turns:
            _line(turn)


def _rail(interview: Interview) -> None:
    """The guide rail of a design question; shown while answering only when it is wished."""
    if interview.state.current.question.category == "system_design" and st.toggle(
        "Show the six steps while I answer", key="interview-rail"
    ):
        steps_rail.show(time_per_step(find_steps(interview.state.dialogue.turns)))


def _line(turn: Turn) -> None:
    if turn.speaker == "interviewer":
        with st.chat_message("Interviewer", avatar=":material/record_voice_over:"):
            st.markdown(plain_lines(turn.text))
    else:
        with st.chat_message("You", avatar=":material/person:"):
            st.text(turn.text)
