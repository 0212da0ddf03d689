"""How long nobody has spoken, from loudness alone: cheap enough for every block of a live microphone.

It decides only when an interviewer may speak, never what was said: a noise taken for a voice costs patience,
nothing else. Words and pauses come from the voice detector (`voice`).
"""

from __future__ import annotations

import threading

import numpy as np

from analysis.speech.transcribe import RATE, Samples
from analysis.speech.voice import SILENT_PEAK

BLOCK = RATE // 10
ABOVE_FLOOR = 3.0
"""A voice is this many times (10 dB) louder than the quietest moments of the last seconds."""
FLOOR_BLOCKS = 100
"""The noise floor is looked for in this many blocks of 0.1 s."""
SHOWN_SECONDS = 0.3
"""So much silence after a voice is shown to what judges its end by the sound (`end_of_turn`)."""
MIN_BLOCKS = 2
"""A knock is shorter than this many blocks."""


class SilenceClock:
    """Fed from the recorder's thread, asked from any."""

    def __init__(self) -> None:
        """Nothing heard yet."""
        self._lock = threading.Lock()
        self._rest: Samples = np.zeros(0, np.float32)
        self._levels: list[float] = []
        self._loud = 0
        self.seconds = 0.0
        self.voice_until = 0.0

    @property
    def silent_seconds(self) -> float:
        """Seconds of sound since the last voice."""
        with self._lock:
            return self.seconds - self.voice_until

    def hear(self, samples: Samples) -> None:
        """Take mono samples at 16 kHz."""
        with self._lock:
            joined = np.concatenate([self._rest, samples])
            whole = len(joined) // BLOCK
            for block in joined[: whole * BLOCK].reshape(whole, BLOCK):
                self._take(float(np.sqrt(np.mean(np.square(block)))))
            self._rest = joined[whole * BLOCK :]

    def _take(self, level: float) -> None:
        self._levels = [*self._levels[1 - FLOOR_BLOCKS :], level]
        self.seconds += BLOCK / RATE
        floor = float(np.percentile(self._levels, 10))
        self._loud = self._loud + 1 if level > max(SILENT_PEAK, ABOVE_FLOOR * floor) else 0
        if self._loud >= MIN_BLOCKS:
            self.voice_until = self.seconds
