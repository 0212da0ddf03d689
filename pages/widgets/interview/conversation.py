"""What was said in this round of an interview so far, and the guide rail of a design question."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.interview.keeping.kept_interview import Interview
from analysis.interview.loop.state import Phase
from analysis.live.room_screen import Screen, screen_of
from analysis.reading.design_steps import find_steps, time_per_step
from data.domain import Turn
from pages.widgets.interview import steps_rail
from pages.widgets.plain import plain_lines

LATEST_LINES = 3
_BUSY: Mapping[Phase, str] = {
    "collecting": "Your last words are being written down ...",
    "thinking": "The interviewer is thinking ...",
}


def show(interview: Interview) -> None:
    """Draw the newest lines, what the interviewer is busy with, and the rail when it is wished."""
    _talk(screen_of(interview), interview.state.phase)
    _rail(interview)


def _talk(screen: Screen, phase: Phase) -> None:
    """The newest lines of this round; earlier ones fold away, so that nothing has to be scrolled."""
    with st.container(border=True, key="interview-talk"):
        earlier, latest = screen.turns[:-LATEST_LINES], screen.turns[-LATEST_LINES:]
        if earlier:
            with st.expander("Earlier in this round"):
                for turn in earlier:
                    _line(turn)
        if not latest:
            st.caption("What you and the interviewer say appears here.")
        for turn in latest:
            _line(turn)
        if phase in _BUSY:
            st.caption(_BUSY[phase])


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
