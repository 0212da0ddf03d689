"""One clock for a recording: stream timestamps and arrival times in, seconds since its start out.

Pure arithmetic. Sender timestamps say how frames are spaced, arrival times say when they happened: the
least delayed frame so far ties one to the other, so jitter and bursts do not move frames, a resolution
change or reconnect does not reset them, and two streams with different clocks cannot drift apart.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
import numpy.typing as npt

VIDEO_RATE = 90_000
"""Ticks a second of the video time base."""
LEAK = 0.002
"""Seconds a second by which the tie may loosen: far above any crystal's drift (0.0001), far below hearing."""
LATE_SECONDS = 2.0
"""A stream this late for `LATE_PATIENCE_SECONDS` on end did not stall: its clock stood still (sleep)."""
LATE_PATIENCE_SECONDS = 3.0

Samples = TypeVar("Samples", npt.NDArray[np.int16], npt.NDArray[np.float32])


class StreamClock:
    """Times of one stream on the recording's clock; never runs backwards."""

    def __init__(self) -> None:
        """Start untied: the first frame ties it."""
        self._offset: float | None = None
        self._stamp = 0.0
        self._arrived = 0.0
        self._late_since: float | None = None
        self._last = -1.0 / VIDEO_RATE

    def seconds(self, stamp_seconds: float | None, arrived_seconds: float) -> float:
        """The time of a frame; `arrived_seconds` counts from the start of the recording."""
        time = arrived_seconds if stamp_seconds is None else self._tied(stamp_seconds, arrived_seconds)
        self._last = max(self._last + 1.0 / VIDEO_RATE, time, 0.0)
        return self._last

    def _tied(self, stamp: float, arrived: float) -> float:
        delay = arrived - stamp
        if self._offset is None or stamp < self._stamp - LATE_SECONDS or self._stood_still(delay, arrived):
            self._offset, self._late_since = delay, None
        else:
            self._offset = min(self._offset + LEAK * max(0.0, arrived - self._arrived), delay)
        self._stamp, self._arrived = stamp, arrived
        return stamp + self._offset

    def _stood_still(self, delay: float, arrived: float) -> bool:
        if self._offset is None or delay - self._offset < LATE_SECONDS:
            self._late_since = None
            return False
        self._late_since = arrived if self._late_since is None else self._late_since
        return arrived - self._late_since > LATE_PATIENCE_SECONDS


class SampleTimeline:
    """Sound laid end to end so that sample n is heard at n / rate, with gaps as silence.

    Small disagreements (up to `tolerance_seconds`) are left alone, so speech is never cut for jitter.
    """

    def __init__(self, rate: int, tolerance_seconds: float = 0.04, piece_seconds: float = 1.0) -> None:
        """`piece_seconds` bounds the length of one piece of silence, and so memory."""
        self.rate = rate
        self.position = 0
        """Samples laid so far."""
        self._tolerance = round(tolerance_seconds * rate)
        self._piece = max(1, round(piece_seconds * rate))

    @property
    def seconds(self) -> float:
        """How much sound has been laid."""
        return self.position / self.rate

    def place(self, samples: Samples, at_seconds: float) -> list[Samples]:
        """The 1-D pieces to append (and claim) so that `samples` is heard at `at_seconds`."""
        ahead = round(at_seconds * self.rate) - self.position
        pieces: list[Samples] = []
        if ahead > self._tolerance:
            pieces += [np.zeros(size, samples.dtype) for size in self._pieces(ahead)]
        elif ahead < -self._tolerance:
            samples = samples[-ahead:]
        if samples.size:
            pieces.append(samples)
        return pieces

    def claim(self, count: int) -> int:
        """Lay `count` samples; returns the position of the first."""
        self.position += count
        return self.position - count

    def _pieces(self, count: int) -> list[int]:
        whole, rest = divmod(count, self._piece)
        return [self._piece] * whole + ([rest] if rest else [])


def as_clock(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60:,}:{minutes % 60:02}:{rest:02}"


def video_ticks(seconds: float) -> int:
    """Seconds as ticks of 1/90000."""
    return math.floor(seconds * VIDEO_RATE + 0.5)
