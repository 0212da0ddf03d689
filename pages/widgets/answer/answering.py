"""One answer while it is being given, and what becomes of it: recording, words, signals, all kept.

Running answers belong to the server, not to a browser tab: a reload or a second tab finds them again.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from analysis import practice
from analysis.live_answer import SILENCE, LiveAnswer, start_listening
from analysis.live_cue import LiveCue
from analysis.signals.switches import switched_off
from analysis.speech.echo import without_echo
from analysis.speech.transcribe import Transcriber
from data.domain import Attempt, CaptureMode, Interval, Question, RehearseError, SignalFrame
from pages.widgets import resources
from pages.widgets.answer import (
    camera,
    captures,
    guided_setup,
    live_captions,
    question_picker,
    record_in_browser,
    speak,
    upload_answer,
    writing,
)
from pages.widgets.answer.captures import CameraState
from pages.widgets.settings import voice_settings

if TYPE_CHECKING:
    from data.store import Store


_KEY = "answering"
_BEGIN = threading.Lock()
WATCH_SECONDS = 1.0
SKIPPED_IS_BUSY = 60
ABANDONED_SECONDS = 1800.0
"""An answer that has never brought a frame gives its memory back after this long."""


@dataclass(slots=True)
class Running:
    """An answer being given. `finishing` is set once it has ended and its words are being written down."""

    attempt: Attempt
    question: Question
    path: Path
    live: LiveAnswer
    cue: LiveCue | None = None
    asked: tuple[Interval, ...] = ()
    """When the question was read aloud (again), on the recording's clock."""
    finishing: Future[None] | None = None


@st.cache_resource(show_spinner=False)
def _all_running() -> dict[str, Running]:
    return {}


@st.cache_resource(show_spinner=False)
def _finishers() -> ThreadPoolExecutor:
    """Answers are finished here, so that neither a rerun nor a closed tab interrupts it."""
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="finish an answer")


def is_running() -> bool:
    """Whether this browser session is in the middle of an answer."""
    return st.session_state.get(_KEY) in _all_running()


def running_ids() -> frozenset[str]:
    """Attempts being answered or written down right now, in any tab."""
    running = list(_all_running().values())
    return frozenset(one.attempt.id for one in running if one.finishing is None or not one.finishing.done())


def go_on(attempt_id: str) -> None:
    """Continue here an answer that runs on the server (after a reload, or from another tab)."""
    st.session_state[_KEY] = attempt_id


def start(question: Question, mode: CaptureMode, *, cue: bool = False) -> None:
    """Begin: the attempt is in the database and its file has a place before the first frame."""
    store, on_camera = resources.store(), mode == "camera"
    attempt = practice.start_answer(
        store,
        candidate_id=resources.candidate_id(),
        session_id=resources.session_id(),
        question=question,
        mode=mode,
    )
    path = resources.recordings().new_recording(attempt.id)
    attempt = replace(attempt, recording=path.name)
    store.start_attempt(attempt)
    calibration = guided_setup.calibration() if on_camera else None
    off = switched_off(store, attempt.candidate_id)
    live = start_listening(resources.settings(), video=on_camera, calibration=calibration, off=off)
    running = Running(attempt, question, path, live, LiveCue() if cue and on_camera else None)
    everyone = _all_running()
    for old in [key for key, one in everyone.items() if one.finishing and one.finishing.done()]:
        del everyone[old]
    everyone[attempt.id] = running
    st.session_state[_KEY] = attempt.id
    words = (running, everyone, _finishers(), store, resources.transcriber())
    threading.Thread(target=_finish_when_left, args=words, name="watch an answer", daemon=True).start()


def _finish_when_left(
    running: Running,
    everyone: dict[str, Running],
    finishers: ThreadPoolExecutor,
    store: Store,
    transcriber: Transcriber,
) -> None:
    """Write the words down when the recording has ended by itself: a closed tab, a sleeping laptop."""
    attempt_id, began = running.attempt.id, time.monotonic()
    while attempt_id in everyone and running.finishing is None:
        time.sleep(WATCH_SECONDS)
        state = captures.state(attempt_id)
        if state.ended and attempt_id in everyone:
            _begin_finishing(running, finishers, store, transcriber)
        elif not state.seconds and time.monotonic() - began > ABANDONED_SECONDS:
            everyone.pop(attempt_id, None)
            running.live.close()


def keep_typed(question: Question, text: str) -> str:
    """Keep a typed answer; its attempt's id."""
    attempt = practice.start_answer(
        resources.store(),
        candidate_id=resources.candidate_id(),
        session_id=resources.session_id(),
        question=question,
        mode="typed",
    )
    practice.keep_answer(resources.store(), attempt, question, practice.typed_speech(text))
    return attempt.id


def show() -> str | None:
    """Draw the running answer; its attempt's id once it is finished, else None."""
    running = _all_running()[st.session_state[_KEY]]
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
            ice=resources.ice_servers(),
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
            finish(running)
            st.rerun()
        if st.button("Discard", type="tertiary"):
            discard(running.attempt.id)
            st.rerun()
    writing.show(running.question)
    return None


def _ask(running: Running, now: CameraState) -> None:
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


def _record_here(running: Running) -> str | None:
    """Video cannot reach the server (a firewall, no TURN server): record in the browser and hand it over."""
    st.warning(
        "Your browser cannot send live video to this server. Record here instead: nothing else changes.",
        title="No live connection",
    )
    handed = record_in_browser.show(running.attempt.id, video=running.attempt.mode == "camera")
    if handed is None:
        return None
    attempt_id = upload_answer.take(running.attempt, running.question, handed.file, handed.suffix)
    running.live.close()
    _forget(attempt_id)
    return attempt_id


def _status(running: Running, state: CameraState) -> None:
    """One line about the picture and one about what is wrong; nothing that moves while someone thinks."""
    if not state.recording:
        return
    live = running.live
    if running.attempt.mode == "camera":
        frame = live.latest
        st.caption(_seen(frame))
        said = running.cue(frame) if running.cue else None
        if said:
            st.toast(said)
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
    return "Face found" if frame.face_found else "No face in view: eye contact is not measured now"


def finish(running: Running) -> None:
    """End the recording and begin to write down its words. Safe to call again."""
    camera.finish(running.attempt.id)
    _begin_finishing(running, _finishers(), resources.store(), resources.transcriber())


def _begin_finishing(
    running: Running, finishers: ThreadPoolExecutor, store: Store, transcriber: Transcriber
) -> None:
    with _BEGIN:
        if running.finishing is None:
            running.finishing = finishers.submit(_finish, running, store, transcriber)


def _finish(running: Running, store: Store, transcriber: Transcriber) -> None:
    seen = running.live.finish(running.path, transcriber)
    speech = seen.speech
    for asked in running.asked:
        speech = without_echo(speech, running.question.text, asked)
    practice.keep_answer(store, running.attempt, running.question, speech, seen.frames, seen.notes)


def _wait(running: Running, finishing: Future[None]) -> str:
    """Wait until the words are kept; a failure leaves the answer among the unfinished ones."""
    question_picker.card(running.question)
    with st.status("Your recording is kept. Writing down your words ...", type="step"):
        try:
            finishing.result()
        finally:
            if finishing.done():
                _forget(running.attempt.id)
    return running.attempt.id


def discard(attempt_id: str) -> None:
    """Stop and erase an answer that is not wanted."""
    running = _all_running().get(attempt_id)
    if running is not None:
        with suppress(RehearseError):  # nothing was recorded: nothing to end
            camera.finish(attempt_id)
        running.live.close()
        _forget(attempt_id)
    resources.erase_attempt(attempt_id)


def _forget(attempt_id: str) -> None:
    _all_running().pop(attempt_id, None)
    if st.session_state.get(_KEY) == attempt_id:
        del st.session_state[_KEY]
