"""Answer with a whole recording: made in the browser, or elsewhere (a phone, a meeting tool)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import BinaryIO

import streamlit as st

from analysis import media, practice
from analysis.recorded import observe
from data.domain import Attempt, Question, RehearseError
from pages.widgets import resources
from pages.widgets.answer import guided_setup, record_in_browser

RECEIVED = ".received"


def show(question: Question) -> str | None:
    """Draw recorder and uploader; returns the attempt's id once a recording has been analysed."""
    handed = record_in_browser.show(f"upload-{question.id}")
    if handed is None or not st.button("Analyse this recording", type="primary"):
        return None
    attempt = practice.start_answer(
        resources.store(),
        candidate_id=resources.candidate_id(),
        session_id=resources.session_id(),
        question=question,
        mode="upload",
    )
    return take(attempt, question, handed.file, handed.suffix)


def take(attempt: Attempt, question: Question, file: BinaryIO, suffix: str) -> str:
    """Keep a handed-over recording and analyse it; the attempt's id."""
    with st.status("Keeping your recording ...", type="step") as step:
        kept = keep_file(attempt, file, suffix)
        step.update(label="Listening to it and looking at it ...")
        return analyse(kept, question)


def keep_file(attempt: Attempt, file: BinaryIO, suffix: str) -> Attempt:
    """Save the file before anything looks into it, then in the form the player needs.

    A file that cannot be read stays among the unfinished answers, to be saved elsewhere or discarded.
    """
    received = resources.recordings().new_recording(attempt.id).with_suffix(f"{suffix}{RECEIVED}")
    with received.open("wb") as copy:
        shutil.copyfileobj(file, copy)
    kept = replace(attempt, recording=received.name)
    resources.store().start_attempt(kept)
    try:
        return playable(kept)
    except RehearseError as failure:
        raise RehearseError(
            failure.message, f"{failure.remedy} What you sent is kept under “Not finished”."
        ) from failure


def is_received(attempt: Attempt) -> bool:
    """Whether the attempt's file is still as it was sent."""
    return (attempt.recording or "").endswith(RECEIVED)


def playable(attempt: Attempt) -> Attempt:
    """The attempt with its received file turned into a recording; RehearseError when it is not one."""
    received = resources.recordings().path(attempt.recording or "")
    target = resources.recordings().part(attempt.id).with_suffix("")
    media.for_playback(received, target)
    kept = replace(attempt, recording=target.name)
    resources.store().start_attempt(kept)
    received.unlink()
    return kept


def analyse(attempt: Attempt, question: Question) -> str:
    """Words and signals of a kept recording, saved; the attempt's id."""
    seen = observe(
        resources.recordings().path(attempt.recording or ""),
        resources.transcriber(),
        frames_per_second=resources.settings().frames_per_second,
        calibration=guided_setup.calibration_of(attempt),
    )
    practice.keep_answer(resources.store(), attempt, question, seen.speech, seen.frames, seen.notes)
    return attempt.id
