"""What the light of one picture lets us see: a face, a silhouette before a window, eyes behind dark glass.

A mesh is found on an unlit face too, and its angles are then guesses: these numbers say when.
Luma is Rec. 601, 0-1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.signals.views import Image, Points

Luma = NDArray[np.float64]

DARKEST = 0.12
"""Mean luma of a face below which the iris cannot be told from the lid."""
FAINTEST = 0.1
"""Contrast of a face below which its features are lost in noise (lit faces have 0.2 and more)."""
BACKLIGHT = 1.3
"""How much lighter than the face the whole picture is when the light comes from behind."""
COVERED = 0.54
"""Light of the eyes below which dark glass is before them: no skin around and no white in them shows."""
INNER_SHARE = 0.7
"""The middle of the face's box: beyond it lie hair and background."""
GRID = 24
"""Samples along the shorter side of what is looked at."""
PATCH_SHARE = 0.02
"""Half the side of the patch around a mesh point, in face widths."""
_WHITE_PERCENTILE = 90
"""The white of an eye is among its lightest tenth."""
_SKIN = [9, 151, 195, 5, 36, 266, 50, 280, 101, 330, 205, 425, 199]
"""Mesh points on forehead, nose, cheeks and chin."""
_AROUND_EYES = ([27, 28, 56, 118, 119, 229, 230, 231], [257, 258, 286, 347, 348, 449, 450, 451])
"""Mesh points above and below each eye, where a lens of glasses covers skin."""
_EYES = (
    [7, 33, 133, 144, 145, 153, 154, 155, 157, 158, 159, 160, 161, 163, 173, 246],
    [249, 263, 362, 373, 374, 380, 381, 382, 384, 385, 386, 387, 388, 390, 398, 466],
)
_HEAD_OF_BODY = 11
"""The first body points are nose, eyes, ears and mouth."""


@dataclass(frozen=True, slots=True)
class Light:
    """`mean` and `contrast` (5th to 95th percentile) of the face, or of the head, or of the frame.

    `frame` is the mean of the whole picture; `eyes` the light of what is around the eyes and in them as a
    share of the skin's: about 1, less in deep shadow, under a half behind sunglasses; None without a face.
    """

    mean: float
    contrast: float
    frame: float
    eyes: float | None = None

    @property
    def why_unseen(self) -> str | None:
        """Why the face cannot be made out: backlit or too_dark; None when it can.

        Where no face was found it may be the hair of somebody who looks down, which is dark but not flat.
        """
        dark, flat = self.mean < DARKEST, self.contrast < FAINTEST
        if not (dark and flat if self.eyes is None else dark or flat):
            return None
        return "backlit" if self.frame > BACKLIGHT * self.mean else "too_dark"

    @property
    def covered(self) -> bool:
        """Whether dark glass hides the eyes."""
        return self.eyes is not None and self.eyes < COVERED


def light_of(rgb: Image, face: Points | None, body: Points | None) -> Light:
    """Return the light on a person whose mesh and body points are given in pixels of `rgb`."""
    frame = _luma(_every_few(rgb))
    seen = _luma(_every_few(_inside(rgb, face, body)))
    low, high = np.percentile(seen, (5, 95))
    return Light(
        mean=float(seen.mean()),
        contrast=float(high - low),
        frame=float(frame.mean()),
        eyes=None if face is None else _eyes(rgb, face),
    )


def _inside(rgb: Image, face: Points | None, body: Points | None) -> Image:
    """Return the middle of the face or head, or the whole picture when neither is in it."""
    points = face[:468, :2] if face is not None else None if body is None else body[:_HEAD_OF_BODY, :2]
    if points is None:
        return rgb
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2, (high - low) / 2 * INNER_SHARE
    left, top = np.maximum(middle - half, 0).astype(int)
    right, bottom = np.maximum(middle + half, 0).astype(int)
    inside = rgb[top : bottom + 1, left : right + 1]
    return inside if inside.size else rgb


def _eyes(rgb: Image, face: Points) -> float:
    """Return the lightest that either eye or what is around it looks, over the skin's median."""
    reach = max(1, int(PATCH_SHARE * float(np.ptp(face[:468, 0]))))
    skin = float(np.median(_patches(rgb, face[_SKIN], reach)))
    around = [float(np.median(_patches(rgb, face[points], reach))) for points in _AROUND_EYES]
    whites = [float(np.percentile(_luma(_box(rgb, face[eye])), _WHITE_PERCENTILE)) for eye in _EYES]
    return max(*around, *whites) / max(skin, 1 / 255)


def _patches(rgb: Image, points: Points, reach: int) -> Luma:
    """Return the median luma of a small square around each point that lies in the picture."""
    steps = np.arange(-reach, reach + 1)
    rows = np.clip(points[:, 1].astype(int)[:, None, None] + steps[:, None], 0, rgb.shape[0] - 1)
    columns = np.clip(points[:, 0].astype(int)[:, None, None] + steps, 0, rgb.shape[1] - 1)
    return np.asarray(np.median(_luma(rgb[rows, columns]), axis=(1, 2)))


def _box(rgb: Image, points: Points) -> Image:
    size = (rgb.shape[1] - 1, rgb.shape[0] - 1)
    left, top = np.clip(points[:, :2].min(axis=0), 0, size).astype(int)
    right, bottom = np.clip(points[:, :2].max(axis=0), 0, size).astype(int)
    return rgb[top : bottom + 1, left : right + 1]


def _every_few(rgb: Image) -> Image:
    step = max(1, min(rgb.shape[:2]) // GRID)
    return rgb[::step, ::step]


def _luma(rgb: Image) -> Luma:
    return np.asarray(rgb @ np.array((0.299, 0.587, 0.114)) / 255)
