"""What the camera measured. Landmarks are not in here and are never stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Gaze = Literal["camera", "down", "sideways", "away", "not_measurable"]


@dataclass(frozen=True, slots=True)
class SignalFrame:
    """The signals of one analysed frame. Landmarks are not in here and are never stored.

    Angles in degrees (yaw > 0: to the person's left; pitch > 0: up), lengths in shoulder widths,
    `centring` in frame widths off centre, `motion` in shoulder widths per second.
    """

    seconds: float
    face_found: bool
    gaze: Gaze = "not_measurable"
    gaze_reason: str | None = None
    """Why gaze was not measurable: no_face, too_small, too_dark, backlit, sunglasses, switched_off."""
    yaw_degrees: float | None = None
    pitch_degrees: float | None = None
    roll_degrees: float | None = None
    shoulder_tilt_degrees: float | None = None
    slouch: float | None = None
    lean: float | None = None
    centring: float | None = None
    motion: float | None = None


@dataclass(frozen=True, slots=True)
class SignalSummary:
    """One number for one answer, and the share of speaking time that it was measured in."""

    name: str
    value: float | None
    unit: str
    coverage: float
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SignalEvent:
    """Something worth jumping to ("leaning out of frame")."""

    name: str
    start_seconds: float
    end_seconds: float
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Calibration:
    """One person in one seat: where "looking at the lens" and "reading the screen" are, and sitting upright.

    Gaze angles in degrees as `analysis.signals` computes them; lengths in its own units. None = not taken.
    """

    lens_yaw_degrees: float | None = None
    lens_pitch_degrees: float | None = None
    screen_yaw_degrees: float | None = None
    screen_pitch_degrees: float | None = None
    upright_slouch: float | None = None
    upright_shoulder_width: float | None = None
