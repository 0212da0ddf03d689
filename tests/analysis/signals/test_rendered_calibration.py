"""One person drawn with head and eyes turned by known angles: what the two-point calibration takes away.

The lens is at (0, 0); each seat says where the screen is as seen from the face. Frames for calibrating and
frames for judging differ in place and grain. Printed with `-s`; the figures stand in BENCHMARKS.md.
"""

from __future__ import annotations

import numpy as np
import pytest

from analysis.signals.calibration import calibrate
from analysis.signals.landmarks import Detector, Landmarks
from analysis.signals.measurer import Measurer
from data.domain import Calibration
from tests.turned import turned

pytestmark = pytest.mark.slow

SEATS = {
    "screen below the camera, eyes down": {"yaw": 0.0, "pitch": 0.0, "eye_pitch": -16.0},
    "screen to the left of the camera": {"yaw": 14.0, "pitch": 0.0},
    "screen to the right of the camera": {"yaw": -14.0, "pitch": 0.0},
    "screen above the camera": {"yaw": 0.0, "pitch": 12.0},
}
LENS = {"yaw": 0.0, "pitch": 0.0}
TAKEN, JUDGED = 8, 16
GRAIN = 3.0


def frames(target: dict[str, float], count: int, seed: int) -> list[Landmarks]:
    """`count` frames of looking at one target, each shifted a little and with grain of its own."""
    random, still = np.random.default_rng(seed), turned(**target)  # type: ignore[arg-type]
    with Detector(pose=False) as detector:
        return [
            detector.detect(_grainy(np.roll(still, random.integers(-8, 9, 2), (0, 1)), random), index * 0.2)
            for index in range(count)
        ]


def _grainy(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    noisy = image + random.normal(0, GRAIN, image.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def wrong(looking: list[Landmarks], reading: list[Landmarks], calibration: Calibration | None) -> float:
    """The share of frames whose decision differs from where the person looked."""
    missed = [Measurer(calibration)(frame).gaze != "camera" for frame in looking]
    invented = [Measurer(calibration)(frame).gaze == "camera" for frame in reading]
    return float(np.mean([*missed, *invented]))


def test_calibration_removes_most_of_the_error_of_a_drawn_person() -> None:
    lens, looking = frames(LENS, TAKEN, 1), frames(LENS, JUDGED, 2)
    without, with_it = [], []
    for seat, target in SEATS.items():
        taken = calibrate(lens, frames(target, TAKEN, 3))
        reading = frames(target, JUDGED, 4)
        without.append(wrong(looking, reading, None))
        with_it.append(wrong(looking, reading, taken))
        print(f"{seat}: wrong frames {without[-1]:.0%} without, {with_it[-1]:.0%} with calibration")
    assert np.mean(without) > 0.2
    assert np.mean(with_it) < np.mean(without) / 2
