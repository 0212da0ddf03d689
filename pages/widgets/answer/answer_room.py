"""One answer while it is being given: the question, the camera, one calm line, and Finish."""

from __future__ import annotations

from concurrent.futures import Future, wait
from dataclasses import replace

import streamlit as st

from analysis.live import answers_under_way
from analysis.live.answers_under_way import AnswerRunning
from analysis.live.captures import CameraState
from analysis.live.listening import SILENCE
from analysis.signals.picture_notes import why_not_now
from data.domain import Interval, SignalFrame
from pages.widgets import resources
from pages.widgets.answer import (
    camera,
    live_captions,
    question_picker,
    record_in_browser,
    speak,
    under_way,
    upload_answer,
    writing,
)
from pages.widgets.plain import plain
from pages.widgets.settings import voice_settings

SKIPPED_IS_BUSY = 60
_WRITING = "Your recording is kept. Writing down your words. You may leave this page."
_LOOK_SECONDS = 0.3


def show() -> str | None:
    """Draw the running answer; its attempt's id once it is finished, else None."""
    running = under_way.current()
    if running is None:
        return None
    if running.finishing is not None:
        return _wait(running, running.finishing)
    left, right = st.columns([3, 2], gap="large")
    with left:
        question_picker.card(running.question)
    with right:
        now = camera.show(
            running.attempt.id,
            running.path,
            video=running.attempt.mode == "camera",
            on_audio=running.live.on_audio,
            on_video=running.live.on_video,
            desired_playing=True,
            ice=camera.servers(),
            longest_seconds=resources.settings().recording_seconds,
            on_tick=lambda state: _status(running, state),
        )
    if voice_settings.kept().aloud:
        with left:
            _ask(running, now)
    if now.problem:
        left.info("Discard this and choose “Typed” to answer in writing, or allow the devices and reload.")
    if now.blocked:
        with left:
            handed = _record_here(running)
        if handed:
            return handed
    with left, st.container(horizontal=True):
        if st.button("Finish", type="primary", disabled=not (now.recording or now.ended)):
            under_way.finish(running)
            st.rerun()
        if st.button("Discard", type="tertiary"):
            under_way.discard(running.attempt.id)
            st.rerun()
    writing.show(running.question)
    return None


def _ask(running: AnswerRunning, now: CameraState) -> None:
    """Read the question aloud once the recording runs; the time before the first word counts from its end."""
    if not now.recording:
        return
    spoken = speak.show(running.question.text, running.attempt.id, auto=not running.asked, shown=False)
    if spoken is None or now.began is None:
        if not running.asked:
            running.attempt = replace(running.attempt, question_end_seconds=None)
        return
    asked = Interval(max(0.0, spoken.began - now.began), max(0.0, spoken.ended - now.began))
    if asked not in running.asked:
        running.asked = (*running.asked, asked)
        running.attempt = replace(running.attempt, question_end_seconds=running.asked[0].end_seconds)


def _record_here(running: AnswerRunning) -> str | None:
    """Video cannot reach the server (a firewall, no TURN server): record in the browser and hand it over."""
    st.warning(
        "Your browser cannot send live video to this server. Record here instead: nothing else changes.",
        title="No live connection",
    )
    handed = record_in_browser.show(running.attempt.id, video=running.attempt.mode == "camera")
    if handed is None:
        return None
    kept = upload_answer.keep(running.attempt, handed)
    running.live.close()  # from here on it is read, also when this page is left
    under_way.forget(kept.id)
    return upload_answer.read(kept, running.question)


def _status(running: AnswerRunning, state: CameraState) -> None:
    """One line about the picture and one about what is wrong; nothing that moves while someone thinks."""
    if not state.recording:
        return
    live = running.live
    if running.attempt.mode == "camera":
        frame = live.latest
        st.caption(_seen(frame))
        said = running.cue(frame) if running.cue else None
        if said:
            st.toast(plain(said))
    live_captions.show(live.listener.partial_words())
    if live.silent:
        st.warning(SILENCE)
    if live.busy or state.skipped_by_analysis > SKIPPED_IS_BUSY:
        st.caption("This machine is busy: fewer pictures are measured, so that the recording goes on.")


def _seen(frame: SignalFrame | None) -> str:
    if frame is None:
        return "Looking for your face ..."
    if frame.gaze_reason == "switched_off":
        return "Recorded; your face is not looked at, as you chose."
    if not frame.face_found:
        return "No face in view: eye contact is not measured now"
    why = why_not_now(frame)
    return f"Face found, but {plain(why)}: eye contact is not measured now" if why else "Face found"


def _wait(running: AnswerRunning, finishing: Future[None]) -> str:
    """Wait until the words are kept; a failure leaves the answer among the unfinished ones."""
    question_picker.card(running.question)
    with st.status(_WRITING, type="step") as step:
        try:
            while not finishing.done():
                wait([finishing], _LOOK_SECONDS)
                step.update(label=_WRITING)  # here a run ends whose page was left
            answers_under_way.wait(running, finishing)
        finally:
            if finishing.done():
                under_way.forget(running.attempt.id)
    return running.attempt.id
