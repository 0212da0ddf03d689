"""What can be pressed while an interview runs or is paused: done, repeat, hint, skip, pause, end."""

from __future__ import annotations

import streamlit as st

from analysis.interview.moves.commands import CommandName
from analysis.live.interview_running import Running
from analysis.live.voice_floor import VoiceFloor

_CONTROLS: tuple[tuple[CommandName, str, str, str], ...] = (
    ("repeat", "Repeat", ":material/replay:", "Alt+A"),
    ("hint", "Hint", ":material/lightbulb:", "Alt+H"),
    ("skip", "Skip", ":material/skip_next:", "Alt+S"),
)


_SAY = "Say “let us continue”, or press “Go on”. Only that is listened for meanwhile, on this server."


def listening(running: Running) -> str:
    """What is listened for in a pause; "" when nothing is."""
    return _SAY if isinstance(running.floor, VoiceFloor) and running.floor.hears_resume else ""


def show(running: Running) -> None:
    """Draw the buttons that make sense now; each has a key."""
    if running.interview.state.clock.paused:
        _while_paused(running)
    else:
        _while_running(running)


def _while_running(running: Running) -> None:
    free = running.interview.state.phase == "listening"
    send = running.conductor.command
    with st.container(horizontal=True, gap="small"):
        if isinstance(running.floor, VoiceFloor):
            st.button(
                "I'm done",
                type="primary",
                icon=":material/check:",
                on_click=send,
                args=("done",),
                disabled=not free,
                shortcut="Ctrl+Enter",
            )
        for name, label, icon, shortcut in _CONTROLS:
            st.button(label, icon=icon, on_click=send, args=(name,), disabled=not free, shortcut=shortcut)
        st.button("Pause", icon=":material/pause:", on_click=send, args=("pause",), shortcut="Alt+P")
        with st.popover("End", icon=":material/stop_circle:"):
            st.markdown("What you have said is kept and scored.")
            st.button("End the interview", on_click=send, args=("end",), type="primary")


def _while_paused(running: Running) -> None:
    st.info(f"Paused. The clock stands still, and nothing is recorded. {listening(running)}")
    with st.container(horizontal=True):
        st.button(
            "Go on",
            type="primary",
            icon=":material/play_arrow:",
            on_click=running.conductor.command,
            args=("resume",),
            shortcut="Alt+P",
        )
        st.button("End the interview", on_click=running.conductor.command, args=("end",))
