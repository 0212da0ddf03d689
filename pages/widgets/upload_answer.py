"""Answer with a file recorded elsewhere: a phone, a meeting tool, a screen recorder."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import streamlit as st

from analysis import media, practice
from analysis.recorded import observe
from data.domain import Attempt, Question
from pages.widgets import resources

_TYPES = ["mp4", "mov", "webm", "mkv", "m4a", "mp3", "wav"]


def show(question: Question) -> str | None:
    """Draw the uploader; returns the attempt's id once the file has been analysed, else None."""
    file = st.file_uploader("Your recording (up to 15 minutes)", _TYPES)
    if file is None or not st.button("Analyse this file", type="primary"):
        return None
    attempt = keep_file(question, file, Path(file.name).suffix)
    with st.status("Listening to the recording and looking at it ...", type="step"):
        return analyse(attempt, question)


def keep_file(question: Question, file: BinaryIO, suffix: str) -> Attempt:
    """Save the file before anything looks into it."""
    attempt = practice.start_answer(
        resources.store(),
        candidate_id=resources.candidate_id(),
        session_id=resources.session_id(),
        question=question,
        mode="upload",
    )
    target = resources.recordings().new_recording(attempt.id)
    source = target.with_suffix(suffix.lower() + ".received")
    with source.open("wb") as received:
        shutil.copyfileobj(file, received)
    try:
        media.for_playback(source, target)
    finally:
        if target.exists():
            source.unlink()
    kept = replace(attempt, recording=target.name)
    resources.store().start_attempt(kept)
    return kept


def analyse(attempt: Attempt, question: Question) -> str:
    """Words and signals of a kept recording, saved; the attempt's id."""
    settings = resources.settings()
    seen = observe(
        resources.recordings().path(attempt.recording or ""),
        resources.transcriber(),
        frames_per_second=settings.frames_per_second if attempt.mode != "microphone" else 0,
    )
    practice.keep_answer(resources.store(), attempt, question, seen.speech, seen.frames, seen.notes)
    return attempt.id
