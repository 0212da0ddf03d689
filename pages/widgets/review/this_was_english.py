"""Overrule what a recording was taken for: somebody who spoke English says so, and it is heard again."""

from __future__ import annotations

import streamlit as st

from analysis.answering.heard_again import called_another_language
from data.domain import AttemptResult, Question
from pages.widgets import problem, recording_read, resources, who_receives

HEARING = "Hearing your recording again, as English. You may leave this page."
_HELP = "Hears the recording once more and takes all of it for English. Score the new words afterwards."


def show(result: AttemptResult, question: Question, *, playable: bool) -> None:
    """Draw the button where something was taken for another language and the recording is there."""
    if not (playable and called_another_language(result)):
        return
    who_receives.show("sound")
    running = resources.jobs().is_running(result.attempt.id)
    pressed = st.button(
        "This was English: hear it again",
        key=f"english-{result.attempt.id}",
        disabled=running,
        help="A judge is at work on this answer." if running else _HELP,
    )
    if pressed:
        with problem.show():
            reading = recording_read.readings().hear_as_english(resources.world(), result, question)
            recording_read.wait(reading, HEARING)
            st.rerun()
