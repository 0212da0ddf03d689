"""Pictures cut from a frame to look again: one's own part of it, the head crop, upright views of a still.

A stream averages over time; a single photograph has only itself. The same face, turned and
mirrored a little, gives slightly different landmarks: their mean is nearer the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIDE_PIXELS = 320
SMALLEST_CROP_PIXELS = 24
FACE_SHARE = 0.5
"""The face's share of the view's side."""
THIRD_SHARE = 0.6
"""Side of a third, of the frame's height."""
TURNS_DEGREES = (0.0, -8.0, 8.0)
_EYES = (33, 263)
"""Outer eye corners in MediaPipe's mesh, image left and image right."""

Image = NDArray[np.uint8]
Points = NDArray[np.float64]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True)
class View:
    """One square picture of a face; `turn_degrees` is its roll in the frame, anticlockwise > 0."""

    image: Image
    turn_degrees: float
    mirrored: bool


def upright_views(rgb: Image, face: Points) -> Iterator[View]:
    """Yield views of the face whose mesh (pixels of `rgb`) is given: three turns, each also mirrored."""
    from PIL import Image as Picture

    picture = Picture.fromarray(rgb)
    low, high = face[:468, :2].min(axis=0), face[:468, :2].max(axis=0)
    centre, step = (low + high) / 2, float((high - low).max()) / (FACE_SHARE * SIDE_PIXELS)
    eyes = face[_EYES[1], :2] - face[_EYES[0], :2]
    level = float(np.degrees(np.arctan2(eyes[1], eyes[0])))
    for turn in TURNS_DEGREES:
        angle = np.radians(level + turn)
        across, along = step * np.cos(angle), step * np.sin(angle)
        half = SIDE_PIXELS / 2
        affine = (
            across,
            -along,
            centre[0] - (across - along) * half,
            along,
            across,
            centre[1] - (along + across) * half,
        )
        cut = picture.transform(
            (SIDE_PIXELS, SIDE_PIXELS), Picture.Transform.AFFINE, affine, Picture.Resampling.BICUBIC
        )
        image = np.asarray(cut)
        yield View(image, -(level + turn), mirrored=False)
        yield View(np.ascontiguousarray(image[:, ::-1]), -(level + turn), mirrored=True)


def head_box(pose: Points, width: int, height: int) -> Box | None:
    """Return a square around the head of the body points, or None when it is off-frame."""
    head = pose[:11, :2]
    return square(head.mean(axis=0), 1.6 * float(np.ptp(head, axis=0).max()), width, height)


def square(centre: Points, half: float, width: int, height: int) -> Box | None:
    """Return left, top, right, bottom of a square inside the frame, or None when hardly any is."""
    left, top = max(0, int(centre[0] - half)), max(0, int(centre[1] - half))
    right, bottom = min(width, int(centre[0] + half)), min(height, int(centre[1] + half))
    if right - left < SMALLEST_CROP_PIXELS or bottom - top < SMALLEST_CROP_PIXELS:
        return None
    return left, top, right, bottom


def thirds(width: int, height: int) -> tuple[Box, Box, Box]:
    """Return three overlapping squares over the upper part of a frame, where a head far away is."""
    side = min(round(THIRD_SHARE * height), width)
    return (
        (0, 0, side, side),
        ((width - side) // 2, 0, (width + side) // 2, side),
        (width - side, 0, width, side),
    )


def enlarged(crop: Image) -> Image:
    """Return the crop with its longer side at `SIDE_PIXELS`."""
    from PIL import Image as Picture

    scale = SIDE_PIXELS / max(crop.shape[:2])
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    return np.asarray(Picture.fromarray(crop).resize(size, Picture.Resampling.BICUBIC))


def own_columns(width: int, own: Points | None, other: Points | None) -> tuple[int, int]:
    """Return the columns of the frame that are nearer to the person's face than to the other one's.

    The body model sees one body, and not always the right one. All columns when nobody else is in view.
    """
    if own is None or other is None:
        return 0, width
    border = round(float(own[0] + other[0]) / 2)
    left, right = (0, border) if own[0] < other[0] else (border, width)
    return (left, right) if right - left >= SMALLEST_CROP_PIXELS else (0, width)
