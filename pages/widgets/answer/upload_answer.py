"""Answer with a whole recording: made in the browser, or elsewhere (a phone, a meeting tool)."""

from __future__ import annotations

import streamlit as st

from analysis.answering import one_answer, uploaded
from data.domain import Attempt, Question
from pages.widgets import recording_read, resources
from pages.widgets.answer import guided_setup, record_in_browser
from pages.widgets.answer.record_in_browser import HandedOver

KEEPING = "Keeping your recording ..."
READING = "Listening to it and looking at it. You may leave this page."


def show(question: Question) -> str | None:
    """Draw recorder and uploader; returns the attempt's id once a recording has been analysed."""
    handed = record_in_browser.show(f"upload-{question.id}")
    if handed is None or not st.button("Analyse this recording", type="primary"):
        return None
    uploaded.require_room(resources.world(), resources.candidate_id())
    attempt = one_answer.start_answer(
        resources.session(),
        candidate_id=resources.candidate_id(),
        session_id=resources.session_id(),
        question=question,
        mode="upload",
    )
    return read(keep(attempt, handed), question)


def keep(attempt: Attempt, handed: HandedOver) -> Attempt:
    """Keep a handed-over recording before anything looks into it; the attempt with it."""
    with st.spinner(KEEPING):
        return uploaded.keep_file(resources.world(), attempt, handed)


def read(attempt: Attempt, question: Question) -> str:
    """Wait while a recording is read beside the page, which goes on without it; the attempt's id."""
    calibration = guided_setup.calibration_of(attempt)
    reading = recording_read.readings().begin(resources.world(), attempt, question, calibration)
    recording_read.wait(reading, READING)
    return attempt.id
