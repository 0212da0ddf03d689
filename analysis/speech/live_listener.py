"""Transcribing while the person still speaks, in a process of its own so that capture is not disturbed.

The parent keeps only the audio the worker has not accounted for, so a dead worker loses nothing:
a new worker takes over from there. If it keeps dying, the caller listens to the recorded file.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from analysis.speech.glossary import vocabulary_prompt
from analysis.speech.hear import Heard
from analysis.speech.languages import put_in
from analysis.speech.listen import assemble
from analysis.speech.listening_process import (
    Again,
    Block,
    Done,
    Failed,
    Fillers,
    Finish,
    Flush,
    Flushed,
    serve,
)
from analysis.speech.transcribe import Samples, Transcriber
from data.domain import RehearseError, Speech, Word

RESTARTS = 2
POLL_SECONDS = 0.05


class LiveListener:
    """One answer being listened to. `feed` from any thread, then `finish` once, then `close`."""

    def __init__(
        self,
        transcriber_factory: Callable[[], Transcriber],
        *,
        fillers: bool = True,
        prompt: str | None = None,
        niceness: int = 5,
    ) -> None:
        """`transcriber_factory` must be importable by the worker (a module-level function or partial).

        `prompt` replaces the glossary; "" means none.
        """
        steer = vocabulary_prompt() if prompt is None else prompt or None
        self._arguments = (transcriber_factory, steer, fillers, niceness)
        self._lock = threading.Condition()
        self._waiting: deque[Samples | Flush] = deque()
        self._kept: deque[Samples] = deque()
        self._kept_from = 0
        self._heard: list[Heard] = []
        self._notes: list[str] = []
        self._flushes = self._flushed = 0
        self._finishing = False
        self._done = False
        self._closed = False
        self._problem: RehearseError | None = None
        self._restarts = 0
        self._process, self._pipe = self._start(0)
        self._thread = threading.Thread(target=self._run, name="live-listener", daemon=True)
        self._thread.start()

    def feed(self, samples: Samples) -> None:
        """Hand over the next audio (mono, 16 kHz, float32). Returns at once; ignored after `finish`."""
        with self._lock:
            if not (self._finishing or self._closed) and len(samples):
                self._waiting.append(samples.copy())
                self._lock.notify_all()

    def flush(self) -> int:
        """Have what was fed up to now heard at once, not only when a chunk is full; see `flushed`.

        For a moment of silence: a cut inside a word would spoil it.
        """
        with self._lock:
            self._flushes += 1
            self._waiting.append(Flush(self._flushes))
            self._lock.notify_all()
            return self._flushes

    def flushed(self, number: int, timeout: float) -> bool:
        """Wait until everything fed before that `flush` is among `partial_words`; False: not in time."""
        with self._lock:
            return self._lock.wait_for(
                lambda: self._flushed >= number or self._closed or self._problem is not None, timeout
            )

    def partial_words(self) -> tuple[Word, ...]:
        """Return the words of the chunks finished so far."""
        with self._lock:
            return tuple(word for heard in self._heard for word in heard.words)

    def finish(self, timeout: float) -> Speech:
        """Wait for the last chunk and return everything.

        Raises RehearseError when the engine failed, the worker kept dying or `timeout` seconds
        passed: the caller then runs `listen` on the recorded file.
        """
        deadline = time.monotonic() + timeout
        with self._lock:
            self._finishing = True
            self._lock.notify_all()
            while not (self._done or self._problem):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise RehearseError(
                        f"Transcribing was not done {timeout:.0f} s after the end of the answer.",
                        "The recording is kept and can be transcribed again.",
                    )
                self._lock.wait(left)
            if self._problem:
                raise self._problem
            return assemble(self._heard, self._heard[0].engine if self._heard else "none", self._notes)

    def close(self) -> None:
        """End the worker and give its memory back. May be called at any time, more than once."""
        with self._lock:
            self._closed = True
            self._lock.notify_all()
        self._thread.join(timeout=5)
        _end(self._process)
        self._pipe.close()

    def _start(self, start_samples: int) -> tuple[SpawnProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, *self._arguments, start_samples)
        process = context.Process(target=serve, args=arguments, name="rehearse-speech", daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def _run(self) -> None:
        """Move audio out and results in, until done, failed or closed. The only user of the pipe."""
        finish_sent = False
        while not (self._closed or self._done or self._problem):
            try:
                finish_sent = self._send(finish_sent)
                while self._pipe.poll(0):
                    self._receive(self._pipe.recv())
                if not self._process.is_alive() and not self._pipe.poll(0):
                    raise EOFError
            except (EOFError, OSError):
                finish_sent = False
                self._recover()
                continue
            with self._lock:
                if not self._waiting:
                    self._lock.wait(POLL_SECONDS)

    def _send(self, finish_sent: bool) -> bool:
        while True:
            with self._lock:
                block = self._waiting.popleft() if self._waiting else None
                if block is not None and not isinstance(block, Flush):
                    self._kept.append(block)
                elif block is None and (not self._finishing or finish_sent):
                    return finish_sent
            if block is None:
                self._pipe.send(Finish())
                return True
            self._pipe.send(block if isinstance(block, Flush) else Block(block))

    def _receive(self, message: Heard | Flushed | Fillers | Again | Done | Failed) -> None:
        with self._lock:
            if isinstance(message, Heard):
                self._heard.append(message)
                self._forget(message)
            elif isinstance(message, Flushed):
                self._flushed = message.number
                for heard in message.heard:
                    self._heard.append(heard)
                    self._forget(heard)
            elif isinstance(message, Fillers):
                self._heard = [_with_fillers(heard, message) for heard in self._heard]
            elif isinstance(message, Again):
                self._heard = put_in(self._heard, [message.heard])
            elif isinstance(message, Done):
                self._notes += message.notes
                self._done = True
            else:
                self._problem = RehearseError(message.message, message.remedy)
            self._lock.notify_all()

    def _forget(self, heard: Heard) -> None:
        """Drop the audio a finished chunk accounts for."""
        until = heard.end_samples
        while self._kept and self._kept_from + len(self._kept[0]) <= until:
            self._kept_from += len(self._kept.popleft())

    def _recover(self) -> None:
        with self._lock:
            if self._closed:
                return
            if self._restarts >= RESTARTS:
                self._problem = RehearseError(
                    "The speech engine kept stopping while listening.",
                    "The recording is kept and will be transcribed from the file.",
                )
                self._lock.notify_all()
                return
            self._restarts += 1
            self._notes.append("The speech engine stopped and was started again; nothing was lost.")
            self._requeue()
        _end(self._process)
        self._pipe.close()
        self._process, self._pipe = self._start(self._kept_from)

    def _requeue(self) -> None:
        """Put the unaccounted audio back in front, beginning exactly where the last chunk ended."""
        until = self._heard[-1].end_samples if self._heard else 0
        if self._kept and until > self._kept_from:
            self._kept[0] = self._kept[0][until - self._kept_from :]
        self._kept_from = until
        again: list[Samples | Flush] = [*self._kept]
        if self._flushes > self._flushed:
            again.append(Flush(self._flushes))
        self._waiting.extendleft(reversed(again))
        self._kept.clear()


def _end(process: SpawnProcess) -> None:
    if process.is_alive():
        process.terminate()
        process.join(2)
    if process.is_alive():
        process.kill()
    process.join(2)


def _with_fillers(heard: Heard, told: Fillers) -> Heard:
    return replace(heard, fillers=told.found) if heard.end_samples == told.end_samples else heard
