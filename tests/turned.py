"""The portrait with its head turned by a known angle: pixels move as the face's own depth says.

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

Image = NDArray[np.uint8]


@cache
def _face(width: int, height: int) -> NDArray[np.float64]:
    with Detector(stream=False, pose=False) as detector:
        found = detector.detect(face_image(width, height), 0.0).face
    assert found is not None
    return found[:468]


@cache
def _depth(width: int, height: int) -> NDArray[np.float64]:
    """How far towards the camera each pixel of the head is, in pixels; 0 away from the head."""
    from scipy.interpolate import griddata

    points = _face(width, height)
    middle, half = points.mean(axis=0), np.ptp(points, axis=0)[:2].max() / 2
    rows, columns = np.mgrid[0:height, 0:width]
    back = float(points[:, 2].max())
    inside = griddata(points[:, :2], back - points[:, 2], (columns, rows), "linear", np.nan)
    away = np.hypot(columns - middle[0], rows - middle[1]) / half
    nearest = griddata(points[:, :2], back - points[:, 2], (columns, rows), "nearest")
    fading = nearest * np.clip((MARGIN - away) / (MARGIN - 1), 0, 1)
    return cast("NDArray[np.float64]", np.where(np.isnan(inside), fading, inside))


def turned(yaw: float, pitch: float, width: int = 640, height: int = 480) -> Image:
    """Return the portrait with the head turned by `yaw` (to the person's left) and `pitch` (up), degrees."""
    from scipy.ndimage import gaussian_filter, map_coordinates

    depth = gaussian_filter(_depth(width, height), height / 120)
    right, down = depth * np.sin(np.radians(yaw)), -depth * np.sin(np.radians(pitch))
    rows, columns = np.mgrid[0:height, 0:width].astype(float)
    image = face_image(width, height)
    moved = [
        map_coordinates(image[..., c], [rows - down, columns - right], order=1, mode="nearest")
        for c in range(3)
    ]
    return np.ascontiguousarray(np.stack(moved, axis=-1))
