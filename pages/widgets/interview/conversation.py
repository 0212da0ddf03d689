"""What was said in an interview so far, and the guide rail of a design question."""

from __future__ import annotations

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from analysis.live.room_screen import screen_of
from analysis.reading.design_steps import find_steps, time_per_step
from pages.widgets.interview import steps_rail, talk_log


def show(interview: Interview) -> None:
    """Draw what was said, the newest in sight, and the rail when it is wished."""
    talk_log.show(screen_of(interview))
    _rail(interview)


def _rail(interview: Interview) -> None:
    """The guide rail of a design question; shown while answering only when it is wished."""
    if interview.state.current.question.category == "system_design" and st.toggle(
        "Show the six steps while I answer", key="interview-rail"
    ):
        steps_rail.show(time_per_step(find_steps(interview.state.dialogue.turns)))
