"""Whether somebody has finished speaking, by the sound of the last seconds: Smart Turn v3.2.

It hears melody and tempo, not meaning, and of nobody in particular: nothing of it is kept or shown.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from analysis.models.onnx_session import onnx_session
from analysis.speech.transcribe import RATE, Samples, log_mel
from data.weights import SMART_TURN, Weight

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

SECONDS = 8
"""What the model was taught to look at: the end of what was said, and a short silence after it."""
_LEAST_VARIANCE = 1e-7


class EndOfTurn:
    """One network for the whole server; asked from any thread, one call at a time."""

    def __init__(self, weight: Weight = SMART_TURN) -> None:
        """Nothing is loaded yet."""
        self._weight = weight
        self._lock = threading.Lock()
        self._session: InferenceSession | None = None

    def probability(self, samples: Samples) -> float:
        """How likely (0-1) the turn is over after these samples (16 kHz mono; the last 8 s count).

        Raises RehearseError when the model's file is missing or another one.
        """
        with self._lock:
            if self._session is None:
                self._session = onnx_session(self._weight)
            (found,) = self._session.run(None, {"input_features": turn_features(samples)[np.newaxis]})
        return float(np.ravel(found)[0])


def turn_features(samples: Samples) -> Samples:
    """The spectrogram the model wants: 8 s that end where the sound ends, as loud on average as any other."""
    last = np.asarray(samples[-SECONDS * RATE :], np.float32)
    whole = np.pad(last, (SECONDS * RATE - len(last), 0))
    level = (whole - whole.mean()) / np.sqrt(whole.var() + _LEAST_VARIANCE)
    return log_mel(level.astype(np.float32), SECONDS)
