"""What is possible when no sound reaches the interviewer: its plan in writing, or question by question."""

from __future__ import annotations

import streamlit as st

from analysis.live.captures import CameraState
from analysis.live.interview_running import Running
from pages.widgets import resources
from pages.widgets.interview import kept_loops

ADDRESS = "interview"
"""What names an interview in the address of its page."""
TITLE = "No sound reaches the interviewer"
_DENIED = "Allow the microphone in the browser and reload this page."
_BLOCKED = (
    "Live sound does not get from this browser to the server: a firewall, or no TURN server (see "
    "Settings). The interviewer listens while you speak, so a spoken interview needs it."
)


def is_needed(state: CameraState) -> bool:
    """Whether nothing can be heard."""
    return bool(state.problem or state.blocked)


def show(running: Running, state: CameraState) -> None:
    """Draw why nothing is heard, and the ways on."""
    st.warning(_BLOCKED if state.blocked else _DENIED, title=TITLE)
    interview = running.interview
    if interview.state.phase != "waiting":
        st.caption("Or end it here: what you have said is kept and scored.")
        return
    if st.button("Take this interview in writing", type="primary", icon=":material/keyboard:"):
        written = resources.interviews().in_writing(resources.world(), running)
        kept_loops.moved(interview.id, written)
        st.query_params[ADDRESS] = written
        st.rerun()
    st.page_link(
        "pages/practice.py",
        label="Record one question at a time: Practice, “A recording”",
        icon=":material/mic:",
        query_params={"question": interview.question(0).id},
    )
