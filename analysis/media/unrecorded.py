"""Sound that is listened to and written nowhere: what is said while a recording is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.media.mono import Mono
from analysis.media.recorder import AudioTap
from analysis.media.taps import Tap

if TYPE_CHECKING:
    import av

RATE = 16_000
WAITING = 600
"""Frames (12 s) that may wait; when more come the oldest are dropped."""


class Unrecorded:
    """Gives frames to a tap as 16 kHz mono, on a thread of its own."""

    def __init__(self, consume: AudioTap) -> None:
        """Nothing is opened before the first frame."""
        self._consume = consume
        self._mono = Mono(RATE)
        self._tap = Tap(self._hear, keep=WAITING)

    def offer(self, frame: av.AudioFrame) -> None:
        """Take a frame; never waits."""
        self._tap.offer(frame)

    def close(self) -> None:
        """Take nothing more and wait for nothing."""
        self._tap.close(0.0)

    def _hear(self, frame: av.AudioFrame) -> None:
        for piece in self._mono.samples(frame):
            self._consume(piece)
