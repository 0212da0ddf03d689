"""Choose a question and answer it: on camera, by microphone, in writing, or from a file."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from data.domain import CaptureMode, Question, RehearseError
from pages.widgets import problem, resources
from pages.widgets.answer import (
    answer_mode,
    answer_room,
    consent,
    cue_toggle,
    device_check,
    guided_setup,
    live_captions,
    question_picker,
    question_source,
    typed_answer,
    under_way,
    unfinished,
    upload_answer,
    writing,
)
from pages.widgets.cohort import set_questions
from pages.widgets.settings import camera_metrics, voice_settings
from pages.widgets.study import checklist

_MODES: tuple[CaptureMode | Literal["checklist"], ...] = (
    "camera",
    "microphone",
    "typed",
    "upload",
    "checklist",
)


def _review(attempt_id: str) -> None:
    st.switch_page("pages/review.py", query_params={"attempt": attempt_id})


def _answer(question: Question, mode: CaptureMode) -> None:
    if mode == "typed":
        finished = typed_answer.show(question)
        if finished:
            _review(finished)
    elif mode == "upload":
        sent_to = resources.settings().stt_place
        agreed = consent.show(resources.session(), resources.candidate_id(), mode, sent_to)
        finished = upload_answer.show(question) if agreed else None
        if finished:
            _review(finished)
    else:
        check = device_check.show(f"check-{mode}", video=mode == "camera")
        voice_settings.toggle()
        live_captions.toggle()
        sent_to = resources.settings().stt_place
        agreed = consent.show(resources.session(), resources.candidate_id(), mode, sent_to)
        cue = False
        if mode == "camera" and agreed:
            camera_metrics.show()
            guided_setup.show()
            cue = cue_toggle.show()
        missing = None if agreed else "Tick the box above first."
        if st.button("Start answering", type="primary", disabled=not agreed or check.failed, help=missing):
            under_way.start(question, mode, cue=cue)
            st.rerun()


st.title("Practice")
try:
    if under_way.is_running():
        finished = answer_room.show()
        if finished:
            _review(finished)
    else:
        set_questions.show(only_open=True)
        unfinished.show()
        question = question_picker.show(question_source.show("practice", roles=True).questions)
        if question:
            mode = answer_mode.show(_MODES, default="camera", key="mode")
            if mode == "checklist":
                checklist.show(question)
            else:
                writing.show(question)
                _answer(question, mode)
except RehearseError as error:
    problem.draw(error)
