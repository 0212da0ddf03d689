"""Analyses a few frames a second of a live stream, on its own thread; drops, never queues."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread

import numpy as np
from numpy.typing import NDArray

from data.domain import SignalFrame, panics_as_errors

Image = NDArray[np.uint8]
CLOSE_SECONDS = 5.0


class Sampler:
    """Takes frames as they arrive and keeps the signals of those it had time for. Thread-safe.

    `detect` runs on the sampler's thread only, one frame at a time. When it raises, that frame is
    lost, one note says so, and the next frame is tried.
    """

    def __init__(self, detect: Callable[[Image, float], SignalFrame], frames_per_second: float = 4) -> None:
        """Start the thread; analyse at most `frames_per_second` of what is offered."""
        self._detect = detect
        self._interval = 1 / frames_per_second
        self._wake = Condition()
        self._waiting: tuple[Callable[[], Image], float] | None = None
        self._due = float("-inf")
        self._frames: list[SignalFrame] = []
        self._note: str | None = None
        self._dropped = 0
        self._closed = False
        self._thread = Thread(target=self._run, name="signal-sampler", daemon=True)
        self._thread.start()

    def offer(self, make_rgb: Callable[[], Image], seconds: float) -> None:
        """Take this frame if one is due; never blocks.

        `make_rgb` is called later, on the sampler's thread, and only for frames that are analysed.
        A frame still waiting is replaced and counted as dropped.
        """
        with self._wake:
            if self._closed or self._too_early(seconds):
                return
            self._dropped += self._waiting is not None
            self._waiting = (make_rgb, seconds)
            due = self._due + self._interval
            self._due = due if due > seconds else seconds + self._interval
            self._wake.notify()

    @property
    def latest(self) -> SignalFrame | None:
        """The newest signals, or None before the first."""
        with self._wake:
            return self._frames[-1] if self._frames else None

    @property
    def analysed(self) -> int:
        """Frames analysed so far."""
        with self._wake:
            return len(self._frames)

    @property
    def dropped(self) -> int:
        """Frames that were due but not analysed, because analysis was still busy."""
        with self._wake:
            return self._dropped

    @property
    def note(self) -> str | None:
        """A plain sentence when analysis failed on some frame, else None."""
        with self._wake:
            return self._note

    def frames(self) -> tuple[SignalFrame, ...]:
        """Return the signals so far, in order of time."""
        with self._wake:
            return tuple(self._frames)

    def close(self) -> tuple[SignalFrame, ...]:
        """Stop, waiting for the frame in work (at most 5 s), and return all signals. Idempotent."""
        with self._wake:
            self._closed = True
            self._waiting = None
            self._wake.notify()
        self._thread.join(CLOSE_SECONDS)
        return self.frames()

    def _too_early(self, seconds: float) -> bool:
        """Say whether the next frame is not due yet; a clock that jumped back does not stall us."""
        return 0 < self._due - seconds <= self._interval

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._closed or self._waiting is not None)
                if self._waiting is None:
                    return
                (make_rgb, seconds), self._waiting = self._waiting, None
            self._analyse(make_rgb, seconds)

    def _analyse(self, make_rgb: Callable[[], Image], seconds: float) -> None:
        try:
            with panics_as_errors():
                frame = self._detect(make_rgb(), seconds)
        except Exception as error:  # thread boundary: one bad frame must not end the analysis
            with self._wake:
                self._note = f"Some camera frames could not be analysed ({error})."
        else:
            with self._wake:
                self._frames.append(frame)
