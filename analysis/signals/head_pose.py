"""Head yaw, pitch and roll of one frame, relative to the line from the face to the camera.

MediaPipe's own matrix assumes a 63 degree lens and the face where the frame shows it, so a crop or
a zoom changes its angles. Here the mesh is laid onto MediaPipe's canonical face without
perspective: the angles then depend on the face alone. Against 3DDFA labels this has slope 1.0 in
yaw and pitch, where the matrix has 1.1-1.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.signals.landmarks import Landmarks, Look
from analysis.signals.views import Points

PITCH_OFFSET_DEGREES = 3.3
"""The canonical face looks this far below level when a 3DDFA face looks level (median of 13 faces)."""

_CANONICAL = np.array(
    [
        (4, 0.000, -0.463, 7.587, 0.0709),
        (6, 0.000, 2.473, 5.789, 0.0321),
        (10, 0.000, 8.262, 4.482, 0.0084),
        (33, -4.446, 2.664, 3.173, 0.0587),
        (54, -6.279, 6.615, 1.426, 0.0077),
        (67, -3.524, 8.006, 3.729, 0.0091),
        (117, -5.259, 0.946, 2.974, 0.0098),
        (119, -3.301, 0.862, 3.873, 0.0146),
        (121, -1.821, 1.468, 4.224, 0.0186),
        (127, -7.743, 2.365, -2.005, 0.0052),
        (129, -1.786, -0.978, 4.850, 0.1206),
        (132, -7.271, -2.891, -2.252, 0.0056),
        (133, -1.856, 2.585, 3.758, 0.0533),
        (136, -5.085, -7.179, 0.715, 0.0669),
        (143, -6.408, 2.236, 1.561, 0.0148),
        (147, -6.235, -1.944, 1.664, 0.0143),
        (198, -1.247, 0.230, 5.681, 0.0255),
        (205, -3.833, -1.537, 4.138, 0.0473),
        (263, 4.446, 2.664, 3.173, 0.0587),
        (284, 6.279, 6.615, 1.426, 0.0077),
        (297, 3.524, 8.006, 3.729, 0.0091),
        (346, 5.259, 0.946, 2.974, 0.0098),
        (348, 3.301, 0.862, 3.873, 0.0146),
        (350, 1.821, 1.468, 4.224, 0.0186),
        (356, 7.743, 2.365, -2.005, 0.0052),
        (358, 1.786, -0.978, 4.850, 0.1206),
        (361, 7.271, -2.891, -2.252, 0.0056),
        (362, 1.856, 2.585, 3.758, 0.0533),
        (365, 5.085, -7.179, 0.715, 0.0669),
        (372, 6.408, 2.236, 1.561, 0.0148),
        (376, 6.235, -1.944, 1.664, 0.0143),
        (420, 1.247, 0.230, 5.681, 0.0255),
        (425, 3.833, -1.537, 4.138, 0.0473),
    ]
)
"""Mesh index, x (person's left), y (up), z (forward) in centimetres, weight: the 33 rigid points of
MediaPipe's canonical face, as its face bundle carries them (Apache-2.0)."""
_INDEX = _CANONICAL[:, 0].astype(int)
_WEIGHT = _CANONICAL[:, 4] / _CANONICAL[:, 4].sum()
_OFFSET = np.radians(-PITCH_OFFSET_DEGREES)
_LEVEL = np.array([(1, 0, 0), (0, np.cos(_OFFSET), np.sin(_OFFSET)), (0, -np.sin(_OFFSET), np.cos(_OFFSET))])
_MODEL = (_CANONICAL[:, 1:4] - _WEIGHT @ _CANONICAL[:, 1:4]) @ _LEVEL.T


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Degrees. Yaw > 0 to the person's left, pitch > 0 up, roll > 0 crown to the person's right."""

    yaw: float
    pitch: float
    roll: float


def head_rotation(face: Points) -> NDArray[np.float64]:
    """Return the 3x3 rotation that turns the canonical face into this one.

    `face` is (478 or 468, 3) in pixels as in `Landmarks`. Columns: where the person's left, up and
    forward point, in image right, image up and towards the camera (weighted Kabsch alignment).
    """
    seen = face[_INDEX] * (1.0, -1.0, -1.0)
    seen = seen - _WEIGHT @ seen
    u, _, vt = np.linalg.svd((_MODEL * _WEIGHT[:, None]).T @ seen)
    flip = np.diag([1.0, 1.0, float(np.sign(np.linalg.det(vt.T @ u.T)))])
    return np.asarray(vt.T @ flip @ u.T)


def rotation_of(landmarks: Landmarks) -> NDArray[np.float64] | None:
    """Return the head's rotation as `head_rotation` does, the mean of all looks; None without a face."""
    if landmarks.face is None:
        return None
    if not landmarks.looks:
        return head_rotation(landmarks.face)
    u, _, vt = np.linalg.svd(np.sum([_in_frame(look) for look in landmarks.looks], axis=0))
    return np.asarray(u @ vt)


def head_pose(landmarks: Landmarks) -> HeadPose | None:
    """Return the head's angles, or None without a face that can be made out."""
    rotation = None if landmarks.light.why_unseen else rotation_of(landmarks)
    return None if rotation is None else pose_of(rotation)


def _in_frame(look: Look) -> NDArray[np.float64]:
    """Return a look's rotation as the frame shows it: not mirrored, not turned upright."""
    rotation = head_rotation(look.points)
    if look.mirrored:
        mirror = np.diag([-1.0, 1.0, 1.0])
        rotation = mirror @ rotation @ mirror
    turn = np.radians(look.turn_degrees)
    back = np.array([(np.cos(turn), -np.sin(turn), 0), (np.sin(turn), np.cos(turn), 0), (0, 0, 1)])
    return np.asarray(back @ rotation)


def pose_of(rotation: NDArray[np.float64]) -> HeadPose:
    """Return the yaw and pitch of where the face points, and the roll the picture shows of its crown."""
    forward, up = rotation[:, 2], rotation[:, 1]
    return HeadPose(
        yaw=float(np.degrees(np.arctan2(forward[0], forward[2]))),
        pitch=float(np.degrees(np.arcsin(np.clip(forward[1], -1, 1)))),
        roll=float(np.degrees(np.arctan2(-up[0], up[1]))),
    )
