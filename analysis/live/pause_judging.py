"""Beside the silence ladder: whether the sound before a pause was that of a turn that is over."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from analysis.speech.silence import SHOWN_SECONDS, SilenceClock
from analysis.speech.transcribe import RATE, Samples

if TYPE_CHECKING:
    from analysis.speech.end_of_turn import EndOfTurn

JUDGED_AFTER_SECONDS = 0.6
"""A pause is judged once it is this long: shorter ones are between words."""
KEPT_SECONDS = 12.0
"""Older sound is let go of: a model looks at 8 s, and may be asked some seconds late."""

JudgeTurn = Callable[[Samples], float]
"""How likely (0-1) a turn is over after these samples."""


@cache
def end_of_turn() -> EndOfTurn:
    """The one model of this server; its weights are loaded with the first pause."""
    from analysis.speech.end_of_turn import EndOfTurn

    return EndOfTurn()


class PauseJudging:
    """Fed from the recorder's thread, asked from any. Each pause is judged once; without a model none is."""

    def __init__(self, silence: SilenceClock, judge: JudgeTurn | None) -> None:
        """`silence` hears the same sound, before this does."""
        self._silence = silence
        self._judge = judge
        self._lock = threading.Lock()
        self._kept: deque[Samples] = deque()
        self._kept_samples = self._samples = 0
        self._asked_at = 0.0
        self._found: tuple[float, float] | None = None

    @property
    def turn_over(self) -> float | None:
        """What was found for the present pause; None: not measured."""
        found = self._found
        return found[1] if found is not None and found[0] == self._silence.voice_until else None

    def hear(self, samples: Samples) -> None:
        """Take mono samples at 16 kHz."""
        if self._judge is None:
            return
        with self._lock:
            self._kept.append(samples)
            self._samples += len(samples)
            self._kept_samples += len(samples)
            while self._kept_samples - len(self._kept[0]) >= KEPT_SECONDS * RATE:
                self._kept_samples -= len(self._kept.popleft())

    def due(self) -> Callable[[], None] | None:
        """The work of judging the present pause, to be done on another thread; None while nothing is due."""
        voice_until, judge = self._silence.voice_until, self._judge
        silent = self._silence.seconds - voice_until
        if judge is None or voice_until == self._asked_at or silent < JUDGED_AFTER_SECONDS:
            return None
        self._asked_at = voice_until
        sound = self._until(voice_until + SHOWN_SECONDS)
        return lambda: self._look(judge, sound, voice_until)

    def forget(self) -> None:
        """Let go of all sound, and judge nothing more."""
        with self._lock:
            self._judge = None
            self._kept.clear()

    def _look(self, judge: JudgeTurn, sound: Samples, voice_until: float) -> None:
        try:
            self._found = voice_until, judge(sound)
        except Exception:
            self.forget()
            raise

    def _until(self, seconds: float) -> Samples:
        with self._lock:
            kept, after = np.concatenate([np.zeros(0, np.float32), *self._kept]), self._samples
        later = max(0, after - round(seconds * RATE))
        return kept[: max(0, len(kept) - later)]
