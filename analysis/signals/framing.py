"""Hints for the device check: what to move before recording starts."""

from __future__ import annotations

import numpy as np

from analysis.signals.landmarks import Landmarks
from analysis.signals.lighting import DARKEST
from analysis.signals.views import Points

SMALLEST_FACE_SHARE = 0.1
LARGEST_FACE_SHARE = 0.5
OFF_CENTRE = 0.2
NO_FACE = "No face is in view. Turn the camera towards you."
TOO_DARK = "The picture is too dark. Put a light in front of you."
BACKLIT = (
    "The light is behind you: only your outline shows. Put a lamp in front of you, or turn from the window."
)
DIM = 0.22
"""Mean luma from which more light makes the eyes easier to read."""


def framing(landmarks: Landmarks) -> tuple[str, ...]:
    """Return plain hints, most important first; empty when the picture is fine."""
    nobody = landmarks.face is None and landmarks.pose is None
    if landmarks.light.why_unseen == "backlit" and not nobody:
        return (BACKLIT,)
    if landmarks.face is None:
        return (TOO_DARK if landmarks.light.mean < DARKEST else NO_FACE,)
    return (*_place(landmarks, landmarks.face), *_light(landmarks))


def _place(landmarks: Landmarks, face: Points) -> list[str]:
    points = face[:468, :2]
    middle = (points.min(axis=0) + points.max(axis=0)) / 2 / (landmarks.width, landmarks.height)
    share = float(np.ptp(points[:, 0])) / landmarks.width
    hints = []
    if landmarks.faces > 1:
        hints.append("Several faces are in view. Only yours, the first one found, is measured.")
    if share < SMALLEST_FACE_SHARE:
        hints.append("You are far away. Move closer to the camera.")
    if share > LARGEST_FACE_SHARE:
        hints.append("You are very close. Move back a little.")
    if abs(middle[0] - 0.5) > OFF_CENTRE:
        hints.append("You are off to one side. Move to the middle of the picture.")
    if middle[1] > 0.45 + OFF_CENTRE:
        hints.append("You are low in the picture. Tilt the screen forward, or raise your seat.")
    if middle[1] < 0.45 - OFF_CENTRE:
        hints.append("Your head is near the upper edge. Tilt the screen back a little.")
    return hints


def _light(landmarks: Landmarks) -> list[str]:
    hints = []
    if landmarks.light.mean < DIM:
        hints.append("Your face is dark. Put a light in front of you, not behind.")
    if landmarks.light.covered:
        hints.append("Dark glass covers your eyes. Take sunglasses off to have eye contact measured.")
    return hints
