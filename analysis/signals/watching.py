"""Pixels in, signals out: a detector that is made on first use, and a measurer behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.signals.landmarks import Detector
from analysis.signals.measurer import Measurer
from analysis.signals.switches import BODY, FACE, Off
from data.domain import Calibration, SignalFrame


class Watching:
    """Measures the frames of one answer, in order of time. Not thread-safe; `close` gives the models back."""

    def __init__(self, calibration: Calibration | None = None, off: Off = frozenset()) -> None:
        """Nothing is loaded before the first frame, and nothing that only `off` metrics need."""
        self._measure = Measurer(calibration)
        self._halves = {"face": bool(FACE - off), "pose": bool(BODY - off)}
        self._detector: Detector | None = None

    def __call__(self, rgb: NDArray[np.uint8], seconds: float) -> SignalFrame:
        """The signals of one frame (H x W x 3, RGB)."""
        if self._detector is None:
            self._detector = Detector(**self._halves)
        return self._measure(self._detector.detect(rgb, seconds))

    def close(self) -> None:
        """Close the detector. Safe to call again."""
        if self._detector is not None:
            self._detector.close()
            self._detector = None
