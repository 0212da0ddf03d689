"""What the two-point calibration removes: one simulated person per seat, with known targets.

The person looks at the lens or reads the screen. What we would measure is the true angle, plus the
person's own zero error, plus a gain error, plus frame noise; the sizes come from the scatter
measured on labelled faces that look at the camera.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.signals.calibration import decide, from_lens
from analysis.signals.eye_contact import GazeAngles
from data.domain import Calibration

PEOPLE = 200
FRAMES = 120
CALIBRATION_FRAMES = 12
NOISE_DEGREES = (3.0, 4.5)
"""Yaw and pitch noise from frame to frame."""
ZERO_DEGREES = (4.0, 6.0)
"""Scatter of a person's own zero: the rest of the scatter between faces that look at the lens."""
GAIN = 0.15
SEED = 7
SEATS = {
    "camera above a laptop screen": (0.0, -12.0),
    "camera on a monitor, 27 inch": (0.0, -16.0),
    "camera on a second screen to the left": (-22.0, -6.0),
    "camera below the screen": (0.0, 12.0),
}
"""Where the screen's centre is as seen from the face, degrees (yaw, pitch) from the lens."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The share of frames decided wrongly in one seat, without and with calibration."""

    seat: str
    uncalibrated: float
    calibrated: float


def simulate(seed: int = SEED) -> tuple[Removed, ...]:
    """Return the error of every seat, averaged over people."""
    random = np.random.default_rng(seed)
    return tuple(_seat(name, screen, random) for name, screen in SEATS.items())


def report() -> str:
    """Return the simulation as a table."""
    lines = ["| seat (simulated) | wrong frames, uncalibrated | wrong frames, calibrated |", "|---|---|---|"]
    lines += [f"| {row.seat} | {row.uncalibrated:.1%} | {row.calibrated:.1%} |" for row in simulate()]
    return "\n".join(lines)


def _seat(name: str, screen: tuple[float, float], random: np.random.Generator) -> Removed:
    errors = [_person(screen, random) for _ in range(PEOPLE)]
    uncalibrated, calibrated = np.mean(errors, axis=0)
    return Removed(name, float(uncalibrated), float(calibrated))


def _person(screen: tuple[float, float], random: np.random.Generator) -> tuple[float, float]:
    zero, gain = random.normal(0, ZERO_DEGREES), 1 + random.normal(0, GAIN)

    def measured(target: tuple[float, float], count: int) -> list[GazeAngles]:
        angles = np.asarray(target) * gain + zero + random.normal(0, NOISE_DEGREES, (count, 2))
        return [GazeAngles(float(yaw), float(pitch)) for yaw, pitch in angles]

    def middle(gazes: list[GazeAngles]) -> tuple[float, float]:
        return float(np.median([gaze.yaw for gaze in gazes])), float(
            np.median([gaze.pitch for gaze in gazes])
        )

    lens_yaw, lens_pitch = middle(measured((0.0, 0.0), CALIBRATION_FRAMES))
    screen_yaw, screen_pitch = middle(measured(screen, CALIBRATION_FRAMES))
    taken = Calibration(lens_yaw, lens_pitch, screen_yaw, screen_pitch)
    looking, reading = measured((0.0, 0.0), FRAMES), measured(screen, FRAMES)
    return _wrong(looking, reading, None), _wrong(looking, reading, taken)


def _wrong(looking: list[GazeAngles], reading: list[GazeAngles], calibration: Calibration | None) -> float:
    missed = sum(decide(from_lens(gaze, calibration), calibration) != "camera" for gaze in looking)
    invented = sum(decide(from_lens(gaze, calibration), calibration) == "camera" for gaze in reading)
    return (missed + invented) / (len(looking) + len(reading))
