"""The answer this browser tab is in the middle of; the answer itself runs on the server (`analysis.live`)."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from analysis.live.answers_under_way import AnswerRunning
from data.domain import CaptureMode, Question, RehearseError
from pages.widgets import resources
from pages.widgets.answer import camera, guided_setup

_KEY = "answering"


def current() -> AnswerRunning | None:
    """The answer this browser session is in the middle of."""
    return resources.answers_under_way().find(resources.viewer(), st.session_state.get(_KEY, ""))


def is_running() -> bool:
    """Whether this browser session is in the middle of an answer."""
    return current() is not None


def go_on(attempt_id: str) -> None:
    """Continue here an answer that runs on the server (after a reload, or from another tab)."""
    st.session_state[_KEY] = attempt_id


def start(question: Question, mode: CaptureMode, *, cue: bool = False) -> None:
    """Begin an answer in this tab."""
    world = resources.world(guided_setup.calibration)
    go_on(resources.answers_under_way().start(world, resources.session_id(), question, mode, cue=cue))


def finish(running: AnswerRunning) -> None:
    """End the recording and begin to write down its words. Safe to call again."""
    camera.finish(running.attempt.id)
    resources.answers_under_way().finish(resources.world(), running)


def discard(attempt_id: str) -> None:
    """Stop and erase an answer that is not wanted."""
    if resources.answers_under_way().find(resources.viewer(), attempt_id) is not None:
        with suppress(RehearseError):  # nothing was recorded: nothing to end
            camera.finish(attempt_id)
        _leave(attempt_id)
    resources.answers_under_way().discard(resources.world(), attempt_id)


def forget(attempt_id: str) -> None:
    """The answer is no longer under way; what was kept of it stays."""
    resources.answers_under_way().forget(resources.viewer(), attempt_id)
    _leave(attempt_id)


def _leave(attempt_id: str) -> None:
    if st.session_state.get(_KEY) == attempt_id:
        del st.session_state[_KEY]
