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

from analysis.answering import one_answer
from analysis.live import captures
from analysis.live.cue import LiveCue
from analysis.live.executor import Supervised, supervised
from analysis.live.listening import LiveAnswer, start_listening
from analysis.live.registry import Registry
from analysis.live.world import World
from analysis.signals.switches import switched_off
from analysis.speech.echo import without_echo
from data.access import Viewer
from data.domain import Attempt, CaptureMode, Interval, Question, RehearseError

NOT_WRITTEN_DOWN = RehearseError(
    "Your words could not be written down for a reason nobody foresaw; the server's log has it.",
    "Your recording is kept: open Practice and press “Finish it” to try again.",
)
WATCH_SECONDS = 1.0
ABANDONED_SECONDS = 1800.0
"""An answer that has never brought a frame gives its memory back after this long."""


@dataclass(slots=True)
class AnswerRunning:
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

    @property
    def told(self) -> RehearseError | None:
        """Why its words could not be written down, as it is told; None when nothing failed."""
        if self.problem is None or isinstance(self.problem, RehearseError):
            return self.problem
        return NOT_WRITTEN_DOWN


class Answers:
    """All answers under way on this server."""

    def __init__(self, finishers: Supervised) -> None:
        """`finishers` write down words: neither a rerun nor a closed tab interrupts them."""
        self.everyone: Registry[AnswerRunning] = Registry()
        self._finishers = finishers
        self._begin = threading.Lock()

    def find(self, viewer: Viewer, attempt_id: str) -> AnswerRunning | None:
        """The answer under way of that id, if it belongs to whoever is looking."""
        return self.everyone.find(viewer, attempt_id)

    def ids(self, viewer: Viewer) -> frozenset[str]:
        """Attempts being answered or written down right now, in any tab of whoever is looking."""
        running = self.everyone.of(viewer).values()
        return frozenset(
            one.attempt.id for one in running if one.finishing is None or not one.finishing.done()
        )

    def start(
        self, world: World, session_id: str, question: Question, mode: CaptureMode, *, cue: bool = False
    ) -> str:
        """Begin: the attempt is in the database and its file has a place before the first frame; its id."""
        session, on_camera = world.session, mode == "camera"
        attempt = one_answer.start_answer(
            session,
            candidate_id=world.viewer.candidate_id,
            session_id=session_id,
            question=question,
            mode=mode,
        )
        path = world.recordings.new_recording(attempt.id)
        attempt = replace(attempt, recording=path.name)
        session.answers.start(attempt)
        calibration = world.calibrate() if on_camera else None
        off = switched_off(session.memory, attempt.candidate_id)
        live = start_listening(world.settings, video=on_camera, calibration=calibration, off=off)
        running = AnswerRunning(attempt, question, path, live, LiveCue() if cue and on_camera else None)
        self._forget_finished()
        self.everyone.obtain(world.viewer, attempt.id, lambda: running)
        watched = (partial(self._finish_when_left, world, running), None, "watch an answer")
        threading.Thread(target=supervised, args=watched, name="watch an answer", daemon=True).start()
        return attempt.id

    def finish(self, world: World, running: AnswerRunning) -> None:
        """Its recording has ended: begin to write down its words. Safe to call again."""
        with self._begin:
            if running.finishing is None:
                work = partial(_write_down, world, running)
                running.finishing = self._finishers.submit(work, partial(setattr, running, "problem"))

    def discard(self, world: World, attempt_id: str) -> None:
        """Stop and erase an answer that is not wanted."""
        running = self.find(world.viewer, attempt_id)
        if running is not None:
            with suppress(RehearseError):  # nothing was recorded: nothing to end
                captures.finish(attempt_id)
            running.live.close()
            self.everyone.remove(attempt_id, running)
        world.copies.erase_attempt(attempt_id)

    def forget(self, viewer: Viewer, attempt_id: str) -> None:
        """The answer is no longer under way; what was kept of it stays."""
        running = self.find(viewer, attempt_id)
        if running is not None:
            self.everyone.remove(attempt_id, running)

    def _forget_finished(self) -> None:
        for key, one in self.everyone.everything().items():
            if one.finishing and one.finishing.done():
                self.everyone.remove(key)

    def _finish_when_left(self, world: World, running: AnswerRunning) -> None:
        """Write the words down when the recording has ended by itself: a closed tab, a sleeping laptop."""
        attempt_id, began = running.attempt.id, time.monotonic()
        while self.everyone.is_there(attempt_id, running) and running.finishing is None:
            time.sleep(WATCH_SECONDS)
            state = captures.state(attempt_id)
            if state.ended and self.everyone.is_there(attempt_id, running):
                self.finish(world, running)
            elif not state.seconds and time.monotonic() - began > ABANDONED_SECONDS:
                self.everyone.remove(attempt_id, running)
                running.live.close()


def wait(running: AnswerRunning, finishing: Future[None]) -> None:
    """Wait until the words are kept. `RehearseError` when they could not be; the recording is kept."""
    finishing.result()
    if running.told is not None:
        raise running.told from (None if running.told is running.problem else running.problem)


def _write_down(world: World, running: AnswerRunning) -> None:
    seen = running.live.finish(running.path, world.transcriber)
    speech = seen.speech
    for asked in running.asked:
        speech = without_echo(speech, running.question.text, asked)
    one_answer.keep_answer(world.session, running.attempt, running.question, speech, seen.frames, seen.notes)
