"""Answers under way: they belong to the server, not to a browser tab, and are written down by themselves.

A reload or a second tab finds them again; one whose tab is gone is finished all the same.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from analysis.answering import one_answer
from analysis.live import captures
from analysis.live.cue import LiveCue
from analysis.live.executor import Supervised, supervised
from analysis.live.listening import LiveAnswer, start_listening
from analysis.live.registry import Registry
from analysis.signals.switches import switched_off
from analysis.speech.echo import without_echo
from analysis.speech.transcribe import Transcriber
from data.domain import Attempt, CaptureMode, Interval, Question, RehearseError
from pages.widgets import resources
from pages.widgets.answer import camera, guided_setup

if TYPE_CHECKING:
    from data.store import Store


_KEY = "answering"
_BEGIN = threading.Lock()
NOT_WRITTEN_DOWN = RehearseError(
    "Your words could not be written down for a reason nobody foresaw; the server's log has it.",
    "Your recording is kept: open Practice and press “Finish it” to try again.",
)
WATCH_SECONDS = 1.0
ABANDONED_SECONDS = 1800.0
"""An answer that has never brought a frame gives its memory back after this long."""


@dataclass(slots=True)
class Running:
    """An answer being given. `finishing` is set once it has ended and its words are being written down.

    `problem` is why they could not be; the recording is kept all the same.
    """

    attempt: Attempt
    question: Question
    path: Path
    live: LiveAnswer
    cue: LiveCue | None = None
    asked: tuple[Interval, ...] = ()
    """When the question was read aloud (again), on the recording's clock."""
    finishing: Future[None] | None = None
    problem: Exception | None = None

    @property
    def owner(self) -> str:
        """Whose answer it is."""
        return self.attempt.candidate_id


@st.cache_resource(show_spinner=False)
def _all_running() -> Registry[Running]:
    return Registry()


def _find(attempt_id: str) -> Running | None:
    """The answer under way of that id, if it belongs to whoever is looking."""
    return _all_running().find(resources.viewer(), attempt_id)


@st.cache_resource(show_spinner=False)
def _finishers() -> Supervised:
    """Answers are finished here, so that neither a rerun nor a closed tab interrupts it."""
    return Supervised(2, "finish an answer")


def current() -> Running | None:
    """The answer this browser session is in the middle of."""
    return _find(st.session_state.get(_KEY, ""))


def is_running() -> bool:
    """Whether this browser session is in the middle of an answer."""
    return current() is not None


def running_ids() -> frozenset[str]:
    """Attempts being answered or written down right now, in any tab of whoever is looking."""
    running = _all_running().of(resources.viewer()).values()
    return frozenset(one.attempt.id for one in running if one.finishing is None or not one.finishing.done())


def go_on(attempt_id: str) -> None:
    """Continue here an answer that runs on the server (after a reload, or from another tab)."""
    st.session_state[_KEY] = attempt_id


def start(question: Question, mode: CaptureMode, *, cue: bool = False) -> None:
    """Begin: the attempt is in the database and its file has a place before the first frame."""
    store, on_camera = resources.store(), mode == "camera"
    attempt = one_answer.start_answer(
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
    for key, one in everyone.everything().items():
        if one.finishing and one.finishing.done():
            everyone.remove(key)
    everyone.obtain(resources.viewer(), attempt.id, lambda: running)
    st.session_state[_KEY] = attempt.id
    watch = partial(_finish_when_left, running, everyone, _finishers(), store, resources.transcriber())
    watched = (watch, None, "watch an answer")
    threading.Thread(target=supervised, args=watched, name="watch an answer", daemon=True).start()


def _finish_when_left(
    running: Running,
    everyone: Registry[Running],
    finishers: Supervised,
    store: Store,
    transcriber: Transcriber,
) -> None:
    """Write the words down when the recording has ended by itself: a closed tab, a sleeping laptop."""
    attempt_id, began = running.attempt.id, time.monotonic()
    while everyone.is_there(attempt_id, running) and running.finishing is None:
        time.sleep(WATCH_SECONDS)
        state = captures.state(attempt_id)
        if state.ended and everyone.is_there(attempt_id, running):
            _begin_finishing(running, finishers, store, transcriber)
        elif not state.seconds and time.monotonic() - began > ABANDONED_SECONDS:
            everyone.remove(attempt_id, running)
            running.live.close()


def finish(running: Running) -> None:
    """End the recording and begin to write down its words. Safe to call again."""
    camera.finish(running.attempt.id)
    _begin_finishing(running, _finishers(), resources.store(), resources.transcriber())


def _begin_finishing(running: Running, finishers: Supervised, store: Store, transcriber: Transcriber) -> None:
    with _BEGIN:
        if running.finishing is None:
            work = partial(_finish, running, store, transcriber)
            running.finishing = finishers.submit(work, partial(setattr, running, "problem"))


def wait(running: Running, finishing: Future[None]) -> None:
    """Wait until the words are kept. `RehearseError` when they could not be; the recording is kept."""
    finishing.result()
    if isinstance(running.problem, RehearseError):
        raise running.problem
    if running.problem is not None:
        raise NOT_WRITTEN_DOWN from running.problem


def _finish(running: Running, store: Store, transcriber: Transcriber) -> None:
    seen = running.live.finish(running.path, transcriber)
    speech = seen.speech
    for asked in running.asked:
        speech = without_echo(speech, running.question.text, asked)
    one_answer.keep_answer(store, running.attempt, running.question, speech, seen.frames, seen.notes)


def discard(attempt_id: str) -> None:
    """Stop and erase an answer that is not wanted."""
    running = _find(attempt_id)
    if running is not None:
        with suppress(RehearseError):  # nothing was recorded: nothing to end
            camera.finish(attempt_id)
        running.live.close()
        forget(attempt_id)
    resources.erase_attempt(attempt_id)


def forget(attempt_id: str) -> None:
    """The answer is no longer under way; what was kept of it stays."""
    running = _find(attempt_id)
    if running is not None:
        _all_running().remove(attempt_id, running)
    if st.session_state.get(_KEY) == attempt_id:
        del st.session_state[_KEY]
