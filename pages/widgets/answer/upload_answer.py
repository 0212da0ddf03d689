"""Answer with a whole recording: made in the browser, or elsewhere (a phone, a meeting tool)."""

from __future__ import annotations

import streamlit as st

from analysis.answering import one_answer, uploaded
from data.domain import Attempt, Question
from pages.widgets import resources
from pages.widgets.answer import guided_setup, record_in_browser
from pages.widgets.answer.record_in_browser import HandedOver

KEEPING = "Keeping your recording ..."


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
    return take(attempt, question, handed)


def take(attempt: Attempt, question: Question, handed: HandedOver) -> str:
    """Keep a handed-over recording and analyse it; the attempt's id."""
    with st.status(KEEPING, type="step") as step:
        world, calibration = resources.world(), guided_setup.calibration_of(attempt)
        kept, notes = uploaded.keep_file(
            world, attempt, handed, lambda waits: step.update(label=waits or KEEPING)
        )
        step.update(label="Listening to it and looking at it ...")
        uploaded.analyse(world, kept, question, calibration, notes)
    return kept.id
