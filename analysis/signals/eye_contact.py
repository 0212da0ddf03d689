"""Where one frame's eyes point, relative to the line from the face to the camera.

Gaze is head rotation plus eye-in-head angle. The eye angle comes from the iris (horizontal) and
from blendshapes (vertical: the lids follow the eye, so the iris offset carries no pitch signal).
Gains were fitted on faces known to look at the camera, where eyes and head must cancel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.signals.head_pose import head_rotation, pose_of
from analysis.signals.landmarks import Landmarks
from analysis.signals.views import Points
from data.domain import Gaze

IRIS_DEGREES_PER_EYE_WIDTH = 220.0
BLENDSHAPE_DEGREES_DOWN_UP = 45.0
PITCH_ZERO_DEGREES = -3.0
"""Gaze pitch measured on faces that look at the lens, without a calibration."""
PITCH_WEIGHT = 0.7
"""Pitch scatters 1.4 times as much as yaw on faces that look at the lens, so it counts less."""
CONTACT_DEGREES = 10.0
"""Gaze within this many degrees of the lens sideways (14 up or down) counts as eye contact."""
EYE_REACH_DEGREES = 50.0
"""An eye turns no farther in its head; an iris found beyond that is not one."""
SIDEWAYS_DEGREES = 60.0
"""A gaze farther to the side than this is away from the whole desk."""
BLINK = 0.5
"""Mean blink blendshape from which the eyes are shut."""
SMALLEST_FACE_PIXELS = 35
"""Face width below which an iris is less than three pixels wide; at 30 a fifth of gazes is 10 degrees off."""

_BLINK = (9, 10)
_DOWN = (11, 12)
_UP = (17, 18)
_RIGHT_EYE = (33, 133, 468)
_LEFT_EYE = (362, 263, 473)
"""Two corners (image left, image right) and the centre of the iris in MediaPipe's mesh."""


@dataclass(frozen=True, slots=True)
class GazeAngles:
    """Degrees off the lens: yaw > 0 to the person's left, pitch > 0 up."""

    yaw: float
    pitch: float


def why_not_measurable(landmarks: Landmarks) -> str | None:
    """Return why the eyes cannot be read in this frame, or None when they can."""
    if not landmarks.face_wanted:
        return "switched_off"
    unseen = landmarks.light.why_unseen
    if landmarks.face is None or landmarks.blendshapes is None:
        return unseen if unseen and landmarks.pose is not None else "no_face"
    if float(np.ptp(landmarks.face[:468, 0])) < SMALLEST_FACE_PIXELS:
        return "too_small"
    if unseen:
        return unseen
    if landmarks.light.covered:
        return "sunglasses"
    if float(landmarks.blendshapes[list(_BLINK)].mean()) > BLINK:
        return "blink"
    return None


def gaze_angles(landmarks: Landmarks) -> GazeAngles | None:
    """Return where the eyes point, or None when `why_not_measurable` has a reason."""
    face, shapes = landmarks.face, landmarks.blendshapes
    if face is None or shapes is None or why_not_measurable(landmarks) is not None:
        return None
    if not landmarks.looks:
        return _gaze(face, shapes)
    looks = [(_gaze(look.points, look.blendshapes), -1 if look.mirrored else 1) for look in landmarks.looks]
    return GazeAngles(
        float(np.mean([side * gaze.yaw for gaze, side in looks])),
        float(np.mean([gaze.pitch for gaze, _ in looks])),
    )


def _gaze(face: Points, shapes: Points) -> GazeAngles:
    head = pose_of(head_rotation(face))
    sideways = float(np.mean([_eye_degrees(face, eye) for eye in (_RIGHT_EYE, _LEFT_EYE)]))
    upwards = BLENDSHAPE_DEGREES_DOWN_UP * float(shapes[list(_UP)].mean() - shapes[list(_DOWN)].mean())
    tilt = np.radians(head.roll)
    return GazeAngles(
        yaw=head.yaw + float(sideways * np.cos(tilt) - upwards * np.sin(tilt)),
        pitch=head.pitch + float(sideways * np.sin(tilt) + upwards * np.cos(tilt)) - PITCH_ZERO_DEGREES,
    )


def _eye_degrees(face: Points, eye: tuple[int, int, int]) -> float:
    """Return how far an eye is turned in its head, towards image right; never farther than an eye can."""
    turned = IRIS_DEGREES_PER_EYE_WIDTH * _iris_offset(face, eye)
    return float(np.clip(turned, -EYE_REACH_DEGREES, EYE_REACH_DEGREES))


def _iris_offset(face: Points, eye: tuple[int, int, int]) -> float:
    """Return the iris centre's distance from the eye's middle, towards image right, in eye widths."""
    corner, other, iris = (face[index, :2] for index in eye)
    axis = other - corner
    return float((iris - (corner + other) / 2) @ axis / (axis @ axis))


def off_lens(gaze: GazeAngles) -> float:
    """Return how far the gaze is off the lens: degrees, pitch at its lower weight."""
    return float(np.hypot(gaze.yaw, PITCH_WEIGHT * gaze.pitch))


def direction(gaze: GazeAngles, radius: float = CONTACT_DEGREES) -> Gaze:
    """Return the direction of a gaze whose zero is the lens; `radius` bounds "camera"."""
    if off_lens(gaze) <= radius:
        return "camera"
    if abs(gaze.yaw) > SIDEWAYS_DEGREES:
        return "away"
    if abs(gaze.yaw) > abs(gaze.pitch):
        return "sideways"
    return "down" if gaze.pitch < 0 else "away"
