"""The portrait with head and eyes turned by known angles: pixels move as the face's own depth says.

Good for some fifteen degrees either way; beyond, what the camera never saw would have to be drawn.
"""

from __future__ import annotations

from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from analysis.signals.landmarks import Detector
from tests.media import face_image

MARGIN = 1.9
"""The head ends at this many half face sizes from its middle; up to there the turn fades out."""
EYEBALL_SHARE = 12 / 140
"""Radius of an eyeball, 12 mm, over the width of a face, 14 cm."""
EYES = ((33, 133, 468), (362, 263, 473))
"""Two corners and the iris of each eye in MediaPipe's mesh."""

Image = NDArray[np.uint8]


@cache
def _face(width: int, height: int) -> NDArray[np.float64]:
    with Detector(stream=False, pose=False) as detector:
        found = detector.detect(face_image(width, height), 0.0).face
    assert found is not None
    return found


@cache
def _depth(width: int, height: int) -> NDArray[np.float64]:
    """How far towards the camera each pixel of the head is, in pixels; 0 away from the head."""
    from scipy.interpolate import griddata

    points = _face(width, height)[:468]
    middle, half = points.mean(axis=0), np.ptp(points, axis=0)[:2].max() / 2
    rows, columns = np.mgrid[0:height, 0:width]
    back = float(points[:, 2].max())
    inside = griddata(points[:, :2], back - points[:, 2], (columns, rows), "linear", np.nan)
    away = np.hypot(columns - middle[0], rows - middle[1]) / half
    nearest = griddata(points[:, :2], back - points[:, 2], (columns, rows), "nearest")
    fading = nearest * np.clip((MARGIN - away) / (MARGIN - 1), 0, 1)
    return cast("NDArray[np.float64]", np.where(np.isnan(inside), fading, inside))


@cache
def _eyes(width: int, height: int) -> NDArray[np.float64]:
    """How far each pixel moves with the eyeballs: 1 at an iris, with the lid above it, fading to 0 around."""
    face = _face(width, height)
    rows, columns = np.mgrid[0:height, 0:width].astype(float)
    moved = np.zeros((height, width))
    for corner, other, iris in EYES:
        wide = float(np.hypot(*(face[other, :2] - face[corner, :2])))
        across, down = (columns - face[iris, 0]) / (0.35 * wide), (rows - face[iris, 1]) / (0.3 * wide)
        moved += np.exp(-(across**2) - down**2)
    return moved


def turned(yaw: float, pitch: float, width: int = 640, height: int = 480, eye_pitch: float = 0.0) -> Image:
    """Return the portrait with the head turned by `yaw` (to the person's left) and `pitch` (up), degrees.

    `eye_pitch` turns the eyes in the head, lids with them.
    """
    from scipy.ndimage import gaussian_filter, map_coordinates

    depth = gaussian_filter(_depth(width, height), height / 120)
    eyeball = EYEBALL_SHARE * float(np.ptp(_face(width, height)[:468, 0])) * _eyes(width, height)
    right = depth * np.sin(np.radians(yaw))
    down = -depth * np.sin(np.radians(pitch)) - eyeball * np.sin(np.radians(eye_pitch))
    rows, columns = np.mgrid[0:height, 0:width].astype(float)
    image = face_image(width, height)
    source = (rows - down, columns - right)
    moved = [map_coordinates(image[..., colour], source, order=1, mode="nearest") for colour in range(3)]
    return np.ascontiguousarray(np.stack(moved, axis=-1))
