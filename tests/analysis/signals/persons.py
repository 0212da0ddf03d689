"""A simulated person: landmarks with known head angles, eye angles and posture."""

from __future__ import annotations

import numpy as np

from analysis.signals.eye_contact import BLENDSHAPE_DEGREES_DOWN_UP, IRIS_DEGREES_PER_EYE_WIDTH
from analysis.signals.head_pose import _CANONICAL, PITCH_OFFSET_DEGREES
from analysis.signals.landmarks import Landmarks
from analysis.signals.lighting import Light

WIDTH, HEIGHT = 640, 480


def person(
    seconds: float = 0.0,
    *,
    yaw: float = 0.0,
    pitch: float = 0.0,
    eye_yaw: float = 0.0,
    eye_pitch: float = 0.0,
    blink: float = 0.0,
    x: float = 320.0,
    scale: float = 8.0,
    brightness: float = 0.5,
    contrast: float = 0.4,
    around: float = 0.5,
    eyes: float = 0.9,
    head_height: float = 90.0,
    shoulders: float = 180.0,
    faces: int = 1,
) -> Landmarks:
    """Build a person whose head and eyes point where asked (degrees), `x` pixels across the frame."""
    a, b = np.radians(yaw), np.radians(-(pitch - PITCH_OFFSET_DEGREES))
    turn = np.array([(np.cos(a), 0, np.sin(a)), (0, 1, 0), (-np.sin(a), 0, np.cos(a))])
    nod = np.array([(1, 0, 0), (0, np.cos(b), -np.sin(b)), (0, np.sin(b), np.cos(b))])
    face = np.tile(np.array([x, 200.0, 0.0]), (478, 1))
    placed = _CANONICAL[:, 1:4] @ (turn @ nod).T * (scale, -scale, -scale) + (x, 200.0, 0.0)
    face[_CANONICAL[:, 0].astype(int)] = placed
    for corner, other, iris in ((33, 133, 468), (362, 263, 473)):
        axis = face[other] - face[corner]
        face[iris] = (face[corner] + face[other]) / 2 + axis * eye_yaw / IRIS_DEGREES_PER_EYE_WIDTH
    shapes = np.zeros(52)
    shapes[[9, 10]] = blink
    up = (eye_pitch - 3.0) / BLENDSHAPE_DEGREES_DOWN_UP
    shapes[[17, 18] if up > 0 else [11, 12]] = abs(up)
    pose = np.zeros((33, 4))
    pose[:11, :2] = (x, 200.0)
    pose[[7, 8], :2] = [(x + 50, 200.0), (x - 50, 200.0)]
    pose[[11, 12], :2] = [(x + shoulders / 2, 200 + head_height), (x - shoulders / 2, 200 + head_height)]
    light = Light(brightness, contrast, around, eyes)
    return Landmarks(seconds, WIDTH, HEIGHT, light, faces=faces, face=face, blendshapes=shapes, pose=pose)


def nobody(seconds: float = 0.0, brightness: float = 0.5) -> Landmarks:
    """Build an empty frame."""
    return Landmarks(seconds, WIDTH, HEIGHT, Light(brightness, 2 * brightness, brightness))
