"""A face that may be kept: NASA's public-domain portrait from scikit-image, in any frame size.

The camera and signal tests build their clips from it.
"""

from __future__ import annotations

from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray


@cache
def _portrait() -> NDArray[np.uint8]:
    from skimage import data

    return cast("NDArray[np.uint8]", data.astronaut())  # type: ignore[no-untyped-call]


def face_image(width: int = 640, height: int = 480, dx: int = 0, scale: float = 1.0) -> NDArray[np.uint8]:
    """Return an RGB frame (height, width, 3) of one person; `dx` pixels moves them to the right.

    `scale` 1 fills the frame's height with the portrait; smaller puts the person farther away.
    """
    from PIL import Image

    portrait = _portrait()
    side = max(1, round(height * scale))
    small = Image.fromarray(portrait).resize((side, side), Image.Resampling.BILINEAR)
    canvas = Image.new("RGB", (width, height), (96, 104, 112))
    canvas.paste(small, ((width - side) // 2 + dx, height - side))
    return np.asarray(canvas, dtype=np.uint8)


def panned(count: int, width: int = 640, height: int = 480, reach: int = 40) -> list[NDArray[np.uint8]]:
    """Return `count` frames in which the person sways left and right by up to `reach` pixels."""
    phases = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return [face_image(width, height, round(float(reach * np.sin(phase)))) for phase in phases]
