"""Every signal the camera gives, one line each: the app's labels and "How we measure" read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Metric = Literal["eye_contact", "head", "posture", "centring", "motion"]
"""What a candidate can switch off; a metric is one or more signals."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: its name in the store, its words on screen, and how far to trust it."""

    name: str
    title: str
    unit: str
    definition: str
    source: str
    known_error: str
    metric: Metric


_GAZE = "head rotation from the face mesh plus eye angle from iris and blendshapes"
_HEAD = "33 rigid face-mesh points laid onto MediaPipe's canonical face"
_BODY = "MediaPipe pose lite, ears and shoulders, at most twice a second"
_GAZE_ERROR = (
    "F1 0.70, AUC 0.82 on hard photographs nobody had looked at, without calibration; 0.72 and 0.88 on "
    "those it was tuned on (`python -m analysis.evaluate gaze`)"
)
_POSTURE_ERROR = "no labelled seated data exists; checked for plausibility only"

SIGNALS = (
    Signal(
        "eye_contact_camera",
        "Looking at the camera",
        "share",
        "Share of speaking time with the gaze near the lens (calibrated: nearer to it than to the screen).",
        _GAZE,
        _GAZE_ERROR,
        "eye_contact",
    ),
    Signal(
        "eye_contact_down",
        "Looking at the screen or down",
        "share",
        "Share of speaking time with the gaze below the lens (calibrated: or on the screen, wherever it is).",
        _GAZE,
        _GAZE_ERROR,
        "eye_contact",
    ),
    Signal(
        "eye_contact_sideways",
        "Looking sideways",
        "share",
        "Share of speaking time with the gaze more to the side than up or down.",
        _GAZE,
        _GAZE_ERROR,
        "eye_contact",
    ),
    Signal(
        "eye_contact_away",
        "Looking up, far away, or eyes shut",
        "share",
        "Share of speaking time with the gaze above the lens, far aside, or eyes shut for over 0.5 s.",
        _GAZE,
        _GAZE_ERROR,
        "eye_contact",
    ),
    Signal(
        "eye_contact_not_measurable",
        "Gaze not measurable",
        "share",
        "Share of speaking time in which the eyes could not be read.",
        "no face, a face too small or too dark, a silhouette, sunglasses, or no picture",
        "exact by construction",
        "eye_contact",
    ),
    Signal(
        "head_yaw_spread",
        "Head turning",
        "degrees",
        "Standard deviation of the head's left-right angle over speaking time.",
        _HEAD,
        "mean error 3.4 degrees per still (`python -m analysis.evaluate headpose`)",
        "head",
    ),
    Signal(
        "head_pitch_spread",
        "Head nodding",
        "degrees",
        "Standard deviation of the head's up-down angle over speaking time.",
        _HEAD,
        "mean error 2.9 degrees per still (`python -m analysis.evaluate headpose`)",
        "head",
    ),
    Signal(
        "head_roll",
        "Head tilt",
        "degrees",
        "Mean sideways tilt of the head, > 0 with the crown to the person's right (other side if mirrored).",
        _HEAD,
        "mean error 1.1 degrees per still (`python -m analysis.evaluate headpose`)",
        "head",
    ),
    Signal(
        "shoulder_tilt",
        "Shoulder tilt",
        "degrees",
        "Median slope of the shoulder line, > 0 with the left shoulder higher (the right if mirrored).",
        _BODY,
        _POSTURE_ERROR,
        "posture",
    ),
    Signal(
        "slouch",
        "Sitting lower than upright",
        "shoulder widths",
        "Median loss of ear-to-shoulder height since the upright baseline.",
        _BODY,
        _POSTURE_ERROR,
        "posture",
    ),
    Signal(
        "lean",
        "Leaning in or back",
        "share",
        "Median growth of the shoulders in the picture since the baseline, > 0 closer to the camera.",
        _BODY,
        _POSTURE_ERROR,
        "posture",
    ),
    Signal(
        "centring",
        "Off centre",
        "frame widths",
        "Mean distance of the head from the middle of the picture, left or right.",
        "face mesh, else pose nose",
        "under 0.01 when the face is found",
        "centring",
    ),
    Signal(
        "motion",
        "Movement",
        "shoulder widths per second",
        "Mean speed of nose and shoulders.",
        _BODY,
        "a still person reads 0.03 to 0.08 because landmarks tremble",
        "motion",
    ),
)

BY_NAME = {signal.name: signal for signal in SIGNALS}
