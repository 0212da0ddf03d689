"""What was said and shown in an interview so far, and the guide rail of a design question."""

from __future__ import annotations

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from analysis.live.room_screen import screen_of
from analysis.reading.design_steps import find_steps, time_per_step
from analysis.reading.observed import shown_in
from pages.widgets.interview import steps_rail, talk_log
from pages.widgets.plain import plain


def show(interview: Interview) -> None:
    """Draw what was said, the newest in sight, what was shown, and the rail when it is wished."""
    talk_log.show(screen_of(interview))
    _shown(interview)
    _rail(interview)


def _shown(interview: Interview) -> None:
    """Data of a running system that the interviewer has shown stays in sight."""
    state = interview.state
    seen = shown_in(state.current.question, state.lines)
    if not seen:
        return
    with st.container(border=True, key="interview-shown"):
        st.caption("Shown so far")
        for one in seen:
            st.markdown(f"**{plain(one.ask.capitalize())}**  \n{plain(one.shows)}")


def _rail(interview: Interview) -> None:
    """The guide rail of a design question; shown while answering only when it is wished."""
    if interview.state.current.question.category == "system_design" and st.toggle(
        "Show the six steps while I answer", key="interview-rail"
    ):
        steps_rail.show(time_per_step(find_steps(interview.state.dialogue.turns)))
